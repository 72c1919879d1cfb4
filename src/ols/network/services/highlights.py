"""Keeps the badges right: called by whatever changes a price or a limit, and every night."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q

from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors.highlight_timeline import Span, timeline
from ols.network.services.highlight_notices import lock_badges, tell, tell_network
from ols.notifications import services as notifications

_BATCH = 1000
_Dated = TypeVar("_Dated", models.Highlight, Span)


@within_transaction
def refresh_highlights(
    *,
    actor: Actor,
    insurer_id: int,
    at: datetime,
    provider_id: int | None = None,
    area_ids: Collection[int] | None = None,
) -> int:
    """Make the stored days follow the prices and limits as they are now; return how many rows changed.

    Days before today stay: they say what was shown. Badges are right when this transaction commits. One
    clinic is told in it, too; a whole network by the worker, after it: there may be thousands of letters.
    """
    lock_badges(insurer_id)
    today = days.local_date(at)
    fresh = timeline(insurer_id=insurer_id, day=today, provider_id=provider_id, area_ids=area_ids)
    stored = models.Highlight.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today), insurer_id=insurer_id)
    if provider_id is not None:
        stored = stored.filter(provider_id=provider_id)
    if area_ids is not None:
        stored = stored.filter(area_id__in=list(area_ids))
    changed = _store(list(stored.order_by("valid_from")), fresh, insurer_id, today)
    if provider_id is not None:
        scope = Q(contract__insurer_id=insurer_id, contract__provider_id=provider_id)
        tell(scope & Q(area_id__in=list(area_ids)) if area_ids is not None else scope, actor=actor, at=at)
    elif changed:
        notifications.enqueue(kind="badges.changed", payload={"insurer_id": insurer_id}, at=at)
    return changed


def refresh_network(*, actor: Actor, at: datetime) -> int:
    """Make the badges of every insurer follow prices and limits, and tell the clinics; return what was told.

    Each insurer's badges are a transaction of their own.
    """
    insurers = models.Contract.objects.order_by("insurer_id").values_list("insurer_id", flat=True).distinct()
    told = 0
    for insurer_id in list(insurers):
        _refresh_all(actor=actor, insurer_id=insurer_id, at=at)
        told += tell_network(actor=actor, insurer_id=insurer_id, at=at)
    return told


@use_case
def _refresh_all(*, actor: Actor, insurer_id: int, at: datetime) -> None:
    refresh_highlights(actor=actor, insurer_id=insurer_id, at=at)


def _store(stored: Iterable[models.Highlight], fresh: Iterable[Span], insurer_id: int, today: date) -> int:
    """Write what differs: rows that go, rows that end otherwise, rows that come."""
    kept, wanted = _by_key(stored), _by_key(fresh)
    gone: list[int] = []
    ended: list[models.Highlight] = []
    come: list[models.Highlight] = []
    for key in sorted(kept.keys() | wanted.keys()):
        rows, spans = kept.get(key, []), wanted.get(key, [])
        if [_values(row, today) for row in rows] == [_span_values(span) for span in spans]:
            continue
        for row in rows:
            if row.valid_from >= today:
                gone.append(row.pk)
            else:
                spans = _continued(row, spans, today)
                ended.append(row)
        come += [_row(span, insurer_id) for span in spans]
    models.Highlight.objects.filter(pk__in=gone).delete()
    models.Highlight.objects.bulk_update(ended, ["valid_to"], batch_size=_BATCH)
    models.Highlight.objects.bulk_create(come, batch_size=_BATCH)
    return len(gone) + len(ended) + len(come)


def _continued(row: models.Highlight, spans: list[Span], today: date) -> list[Span]:
    """Let a row go on that is the same today, else end it; return the other spans."""
    if spans and spans[0].start == today and _span_values(spans[0])[2:] == _values(row, today)[2:]:
        row.valid_to = spans[0].end
        return spans[1:]
    row.valid_to = today
    return spans


def _by_key(rows: Iterable[_Dated]) -> dict[tuple[int, int], list[_Dated]]:
    """Sort out what belongs to which contract and area, in the order given."""
    found: dict[tuple[int, int], list[_Dated]] = {}
    for row in rows:
        found.setdefault((row.contract_id, row.area_id), []).append(row)
    return found


def _row(span: Span, insurer_id: int) -> models.Highlight:
    return models.Highlight(
        contract_id=span.contract_id,
        insurer_id=insurer_id,
        provider_id=span.provider_id,
        area_id=span.area_id,
        valid_from=span.start,
        valid_to=span.end,
        is_highlighted=span.standing.is_highlighted,
        **span.standing._asdict(),
    )


def _values(row: models.Highlight, today: date) -> tuple[object, ...]:
    """Return what a row says from today on."""
    return (max(row.valid_from, today), row.valid_to, row.compared, row.over, row.worst_gr)


def _span_values(span: Span) -> tuple[object, ...]:
    return (span.start, span.end, *span.standing)
