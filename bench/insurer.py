"""How fast an insurer's desk is: `script/bench insurer [--clinics 10000] [--rounds 20] [--keep]`.

One insurer works with so many clinics, each with 150 to 200 prices in six areas of seven; 400 offers and
300 price lists wait, one of 500 lines; another insurer works with a tenth of the clinics, and its rows must
never show. Every page is asked as a whole (middleware, session, template) with the number of its statements,
beside floors of the same run: one contract by its key, and a page without such data. Then exports, a change
of limits that takes thousands of badges, answers to the long list, and the jobs. Works in a test database of
its own; `--keep` leaves it for the next run (whose jobs then have less to do). Exit status 1 when a page
needs more than 200 ms at the 95th percentile, an export more than 5 s, a change of limits more than 2 s.
"""

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import timing

PAGE_MS, EXPORT_MS, CHANGE_MS = 200, 5000, 2000
NETWORK = "/insurer/contracts/"
PAGES = {
    "dashboard": "/insurer/",
    "network: first page": f"{NETWORK}?sort=name",
    "network: area and voivodeship": f"{NETWORK}?area=LAB&voivodeship=14&status=active",
    "network: highlighted": f"{NETWORK}?highlighted=1&area=LAB",
    "network: page 350": f"{NETWORK}?page=350",
    "network: words": f"{NETWORK}?text=przychodnia+4711",
    "network: nothing found": f"{NETWORK}?text=weterynaria",
    "queue: offers": "/insurer/offers/?show=offers",
    "queue: late ones": "/insurer/offers/?only=overdue",
    "queue: words": "/insurer/offers/?text=warszawa",
    "queue: price lists": "/insurer/offers/?show=lists",
    "documents that end": "/insurer/documents/",
    "limits: areas": "/insurer/price-limits/",
    "limits: an area of 500": "/insurer/price-limits/lab/",
    "needs": "/insurer/settings/needs/",
}
EXPORTS = [f"{NETWORK}network.xlsx", f"{NETWORK}network.csv", "/insurer/documents/ending.xlsx"]
JOBS = ("refresh_network", "tell_about_terms", "tell_of_endings", "alarm_insurers", "end_contracts")


def main() -> None:
    """Fill a network and ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clinics", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--keep", action="store_true", help="keep the database for the next run")
    parser.add_argument("--only", default="", help="measure one part: pages, exports, lists, limits or jobs")
    options = parser.parse_args()
    with timing.own_database(keep=options.keep):
        from bench import insurer_world as world

        from ols.accounts.models import Organization
        from ols.network.models import Contract

        if not Organization.objects.exists():
            started = time.perf_counter()
            world.fill(options.clinics)
            print(f"filled in {time.perf_counter() - started:.0f} s")
        parts: dict[str, Callable[[int], bool]] = {
            "pages": _pages, "exports": _exports, "lists": _lists, "limits": _limits, "jobs": _jobs,
        }  # fmt: skip
        timing.no_limits()
        print(f"{Contract.objects.count()} contracts, {timing.load()}")
        print("milliseconds: p50, p95, longest; CPU: app, database; statements, kB")

        kept = [part(options.rounds) for name, part in parts.items() if options.only in ("", name)]
    sys.exit(0 if all(kept) else 1)


def _desk() -> Any:
    """Return the browser of a person at the insurer's desk."""
    from bench import insurer_world as world
    from django.test import Client
    from django.utils import timezone

    from ols.accounts import proof
    from ols.accounts.models import User

    assert world.insurer()
    client = Client(headers={"accept-language": "pl"})
    client.force_login(User.objects.get(email="desk@example.org"))
    session = client.session
    proof.note(session, factor=True, at=timezone.now())
    session.save()
    return client


def _asked(client: Any, url: str) -> tuple[int, int]:
    """Ask once: how many statements, how many bytes; it must work, and show nobody else's rows."""
    from bench import insurer_world as world
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        answer = client.get(url)
        content = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200, f"{url}: {answer.status_code}"
    assert world.FOREIGN.encode() not in content, f"{url} shows another insurer's rows"
    return len(caught), len(content)


def _whole(client: Any, url: str) -> None:
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer)


def _pages(rounds: int) -> bool:
    from bench import insurer_world as world

    from ols.network.models import Contract

    client, own = _desk(), Contract.objects.filter(insurer=world.insurer())
    first, offer = own[0].pk, own.filter(status="offered")[0]
    pages = {
        "floor: a page": "/insurer/settings/documents/new/",
        **PAGES,
        "an offer": f"{NETWORK}{offer.uuid}/",
        "a contract": f"{NETWORK}{own.filter(status='active')[0].uuid}/",
    }
    asked = {"floor: one contract": lambda: Contract.objects.get(pk=first)}
    return _told(client, pages, PAGE_MS, rounds, asked)


def _exports(rounds: int) -> bool:
    client = _desk()
    for url in EXPORTS:
        tracemalloc.start()
        _whole(client, url)
        print(f"{url}: at most {tracemalloc.get_traced_memory()[1] // 1_000_000} MB")
        tracemalloc.stop()
    return _told(client, {url: url for url in EXPORTS}, EXPORT_MS, min(rounds, 3))


def _told(
    client: Any,
    urls: dict[str, str],
    most: int,
    rounds: int,
    asked: dict[str, Callable[[], object]] | None = None,
) -> bool:
    """Ask the pages in turns, print a line for each; return whether none was late."""
    sizes = {label: _asked(client, url) for label, url in urls.items()}
    asked = (asked or {}) | {label: partial(_whole, client, url) for label, url in urls.items()}
    kept = True
    for label, took in timing.in_turns(asked, rounds).items():
        app, database = timing.percentile(took.app, 50), timing.percentile(took.database, 50)
        statements, size = sizes.get(label, (1, 0))
        figures = f"{app:7.1f} {database:7.1f} {statements:5} {size // 1000:6}"
        is_late = timing.line(label, took.waited, figures) > most
        kept = kept and not is_late
    return kept


def _lists(rounds: int) -> bool:
    """The review of 500 lines, as read and as answered; what is answered is taken back."""
    from bench import insurer_world as world

    client, uuid = _desk(), world.long_list().uuid
    url = f"/insurer/price-lists/{uuid}/"
    pages = {"review of 500 lines": url, "the same: above the limit": f"{url}?only=over"}
    kept = _told(client, pages, PAGE_MS, rounds)
    for label, ask in (
        ("accept all 500", partial(client.post, f"{url}accept/")),
        ("decisions of 500 lines kept", partial(client.post, f"{url}lines/", _decisions())),
    ):
        with _taken_back():
            kept = _timed(label, ask) <= CHANGE_MS and kept
    with _taken_back():
        client.post(f"{url}lines/", _decisions())
        kept = (
            _timed("the whole answer, looked at", partial(client.get, f"{url}check/")) <= CHANGE_MS and kept
        )
        sent = {"seen": world.long_list().answer_version}
        kept = _timed("the answer sent", partial(client.post, f"{url}check/", sent)) <= CHANGE_MS and kept
        assert world.long_list().uuid != uuid, "the answer was not taken"
    return kept


def _decisions() -> dict[str, str]:
    """Return what a person decides of the long list: a counter-offer to every second line."""
    from bench import insurer_world as world

    row = world.long_list()
    typed = {"seen": str(row.answer_version)}
    for number, service in enumerate(row.items.order_by("service_id").values_list("service_id", flat=True)):
        typed[f"kind-{service}"] = "countered" if number % 2 else "accepted"
        typed[f"price-{service}"] = "90,00" if number % 2 else ""
        typed[f"remark-{service}"] = "Proponujemy cenę sieci (demo)." if number % 2 else ""
    return typed


@contextmanager
def _taken_back() -> Iterator[None]:
    """Take back what is done inside, also by use cases that would commit."""
    from django.db import transaction

    block = transaction.atomic()
    block._from_testcase = True  # noqa: SLF001 - a test's own way to be let around what commits
    with block:
        yield
        transaction.set_rollback(True)


def _limits(rounds: int) -> bool:
    """What a person waits for who lowers limits: of one service, and of an area (nearly all badges go)."""
    del rounds
    from bench import insurer_world as world
    from django.utils import timezone

    from ols.accounts import selectors as accounts
    from ols.accounts.models import User
    from ols.catalog import selectors as catalog
    from ols.network import selectors as network_selectors
    from ols.network import services as network
    from ols.network.models import Highlight

    insurer, today = world.insurer(), timezone.localdate()
    person = User.objects.get(email="desk@example.org")
    actor = accounts.actor(user=person, organization_id=insurer.pk, channel="web", ip="127.0.0.1")
    assert actor is not None
    area = catalog.area(code="CONS")
    services = [one.id for one in catalog.services(area_id=area.id, insurer_id=insurer.pk)]
    kept = True
    for label, chosen in (("one service", services[:1]), ("an area", services)):
        limits = dict.fromkeys(chosen, 119_00)
        ask = partial(
            network_selectors.limit_preview, actor, area_id=area.id, limits=limits, valid_from=today
        )
        kept = _timed(f"preview: {label}", ask) <= CHANGE_MS and kept
        before = Highlight.objects.filter(is_highlighted=True, area_id=area.id, valid_to=None).count()
        change = partial(
            network.set_price_limits,
            actor=actor, limits=limits, valid_from=today, at=timezone.now(),
        )  # fmt: skip
        with _taken_back():
            taken = _timed(f"change: {label}", change)
            after = Highlight.objects.filter(is_highlighted=True, area_id=area.id, valid_to=None).count()
            print(f"    badges of the area: {before} before, {after} after")
        kept = kept and taken <= CHANGE_MS
    return kept


def _jobs(rounds: int) -> bool:
    """The jobs with what has gathered to do, with nothing to do, and after a new version of terms."""
    del rounds
    from bench import insurer_world as world
    from django.utils import timezone

    from ols.kernel.actor import Actor
    from ols.network import services as network

    def run(name: str) -> int:
        return getattr(network, name)(actor=Actor.system("job"), at=timezone.now())

    with _taken_back():
        for job in JOBS:
            for when in ("first", "again"):
                _timed(f"{job} ({when})", partial(run, job))
        world.add_version(world.insurer(), "2", begins=3, accept_by=timezone.localdate())
        _timed("new terms", partial(run, "tell_about_terms"))
    return True


def _timed(label: str, ask: Callable[[], Any]) -> float:
    """Do it once: print how long it took, and with how many statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found, took = [], timing.Took()
    with CaptureQueriesContext(connection) as caught:
        timing.spent(lambda: found.append(ask()), took)
    what = found[0] if isinstance(found[0], int) else getattr(found[0], "status_code", "")
    figures = f"{took.waited[0]:8.0f} {took.app[0]:26.0f} {took.database[0]:7.0f} {len(caught):5}"
    print(f"{label:42} {figures}  {what}", flush=True)
    return took.waited[0]


if __name__ == "__main__":
    main()
