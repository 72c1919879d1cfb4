"""Races: what starts in the same instant, each in a thread with a database connection of its own."""

import threading
from collections.abc import Callable

from django.db import connections

PATIENCE = 60


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run the works together; return what each answered, or the error it raised, in their order."""
    start = threading.Barrier(len(works))
    results: list[object] = [None] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        try:
            connections["default"].ensure_connection()
            start.wait(timeout=PATIENCE)
            results[number] = work()
        except Exception as error:  # noqa: BLE001 - the test looks at them
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item, daemon=True) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return results


def many_at_once(times: int, work: Callable[[int], object]) -> list[object]:
    """Run the work so many times together, each with its number; return as `at_once` does."""
    return at_once(*[lambda number=number: work(number) for number in range(times)])
