"""Row ids taken from a table's own sequence in blocks, so that an insert need not wait for its id."""

import threading
from collections import defaultdict

from ols.db.pipeline import Pipeline, Statement

_BLOCK = 100
_NEXT = Statement("sequence_block", "SELECT nextval($1::text::regclass) FROM generate_series(1, $2::int)")

_lock = threading.Lock()
_taken: dict[str, list[int]] = defaultdict(list)


def take_id(pipeline: Pipeline, sequence: str) -> int:
    """Return an id nobody else has; every hundredth call asks the database. Unused ids leave gaps."""
    with _lock:
        if _taken[sequence]:
            return _taken[sequence].pop()
    block = [int(value or b"") for (value,) in pipeline.fetch(_NEXT, sequence, _BLOCK)]
    block.reverse()
    with _lock:
        _taken[sequence][:0] = block[:-1]
    return block[-1]


def forget_ids() -> None:
    """Give up what was taken: the sequences were set back under us (a rebuilt database)."""
    with _lock:
        _taken.clear()
