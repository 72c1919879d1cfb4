"""One person's covers under one policy never share a day: each has its own limits, so two would pay twice."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ols.coverage import models
from ols.coverage.services.policy_file import PolicyLine, RefusedLine
from ols.db import crypto

# First and last day in force by first day of cover, as they will stand after the import.
_Spans = dict[date, tuple[date, date]]
_Key = tuple[str, bytes]


def without_overlaps(
    insurer_id: int, lines: Sequence[PolicyLine]
) -> tuple[list[PolicyLine], list[RefusedLine]]:
    """Separate lines whose cover would overlap another of the person's covers under the policy.

    A cover that is suspended from its first day on is never in force: so a wrong first day is mended.
    """
    keys = {line.line: (line.policy_number, _index(line.pesel)) for line in lines}
    before = _stored(insurer_id, {line.policy_number for line in lines})
    after = {key: dict(spans) for key, spans in before.items()}
    for line in lines:
        after.setdefault(keys[line.line], {})[line.cover_from] = _span(line)
    refused: dict[int, RefusedLine] = {}
    # Of two lines that exclude each other the earlier one in the file counts.
    for line in reversed(lines):
        key = keys[line.line]
        spans = after[key]
        others = (span for first, span in spans.items() if first != line.cover_from)
        if _meets(_span(line), others):
            refused[line.line] = RefusedLine(line.line, "cover_from", "OVERLAPS")
            _undo(spans, before.get(key, {}), line.cover_from)
    return [line for line in lines if line.line not in refused], sorted(
        refused.values(), key=lambda one: one.line
    )


def _stored(insurer_id: int, policy_numbers: set[str]) -> dict[_Key, _Spans]:
    """Return the covers in force under the policies as they are now."""
    spans: dict[_Key, _Spans] = {}
    rows = models.Coverage.objects.filter(
        insurer_id=insurer_id, policy__number__in=policy_numbers, is_active=True
    )
    columns = ("policy__number", "person__pesel_index", "cover_from", "cover_to", "suspended_from")
    for number, index, cover_from, cover_to, suspended_from in rows.values_list(*columns):
        last = _last_day(cover_to, suspended_from)
        spans.setdefault((number, bytes(index)), {})[cover_from] = (cover_from, last)
    return spans


def _undo(spans: _Spans, before: _Spans, cover_from: date) -> None:
    if cover_from in before:
        spans[cover_from] = before[cover_from]
    else:
        del spans[cover_from]


def _meets(span: tuple[date, date], others: Iterable[tuple[date, date]]) -> bool:
    first, last = span
    return first <= last and any(begin <= end and begin <= last and first <= end for begin, end in others)


def _span(line: PolicyLine) -> tuple[date, date]:
    return line.cover_from, _last_day(line.cover_to, line.suspended_from)


def _last_day(cover_to: date, suspended_from: date | None) -> date:
    return cover_to if suspended_from is None else min(cover_to, suspended_from - timedelta(days=1))


def _index(pesel: str) -> bytes:
    return crypto.blind_index(pesel, purpose="pesel")
