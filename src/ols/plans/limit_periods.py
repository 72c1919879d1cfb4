"""The limits of one service over time: pure arithmetic on half-open periods, in the order of their days."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, order=True)
class Period:
    """A limit in grosze that counts `start <= day < end`; without `end` it counts on."""

    start: date
    end: date | None
    limit_gr: int

    def covers(self, day: date) -> bool:
        """Say whether the limit counts on the day."""
        return self.start <= day and (self.end is None or day < self.end)


def limit_on(periods: Iterable[Period], day: date) -> int | None:
    """Return the limit that counts on the day, None without one."""
    return next((one.limit_gr for one in periods if one.covers(day)), None)


def with_change(periods: Iterable[Period], *, start: date, limit_gr: int | None) -> list[Period]:
    """Let a limit (None: no limit any more) count from a day up to the next change planned after it.

    What counts before the day stays as it is; a change planned for the same day is replaced.
    """
    rows = sorted(periods)
    end = min(_edges(rows, start), default=None)
    before = [replace(one, end=start) if one.covers(start) else one for one in rows if one.start < start]
    new = [] if limit_gr is None else [Period(start, end, limit_gr)]
    return _joined([*before, *new, *(one for one in rows if one.start > start)])


def without_change(periods: Iterable[Period], *, day: date) -> list[Period]:
    """Take back what was planned for the day: the limit before it counts on until the next change."""
    rows = sorted(periods)
    end = min(_edges(rows, day), default=None)
    kept = [one for one in rows if one.start != day]
    return _joined([replace(one, end=end) if one.end == day else one for one in kept])


def changes_after(periods: Iterable[Period], day: date) -> list[tuple[date, int | None]]:
    """Return the changes planned for later days, each with the limit from then on (None: no limit)."""
    rows = list(periods)
    return [(edge, limit_on(rows, edge)) for edge in sorted(_edges(rows, day))]


def _edges(rows: Iterable[Period], day: date) -> set[date]:
    """Return the days after this one on which something begins or ends."""
    return {edge for one in rows for edge in (one.start, one.end) if edge is not None and edge > day}


def _joined(rows: Iterable[Period]) -> list[Period]:
    """Join neighbours with the same limit: a change to what counts anyway is none."""
    joined: list[Period] = []
    for one in sorted(rows):
        if joined and joined[-1].end == one.start and joined[-1].limit_gr == one.limit_gr:
            joined[-1] = replace(joined[-1], end=one.end)
        else:
            joined.append(one)
    return joined
