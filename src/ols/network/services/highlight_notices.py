"""Tells clinics of their badge: that it came or went, and 14 days ahead that it will go. Each once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q

from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.kernel import days, money
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.models import HighlightNotice
from ols.network.selectors import badges
from ols.network.services.letters import write_about_area
from ols.network.states import ContractStatus

DAYS_AHEAD: Final = 14


@dataclass
class _Known:
    """What is stored and what was told of one contract's area."""

    contract: models.Contract
    area: catalog.AreaRow
    rows: list[models.Highlight] = field(default_factory=list)
    notices: list[HighlightNotice] = field(default_factory=list)

    def had_badge(self) -> bool:
        """Say what the clinic was told last."""
        told = [one for one in self.notices if one.kind != HighlightNotice.AHEAD]
        return bool(told) and told[-1].kind == HighlightNotice.GAINED

    def warnings(self) -> list[HighlightNotice]:
        """Return the warnings that stand."""
        return [one for one in self.notices if one.kind == HighlightNotice.AHEAD and one.withdrawn_at is None]


def tell(
    *,
    actor: Actor,
    insurer_id: int,
    at: datetime,
    provider_id: int | None = None,
    area_ids: Collection[int] | None = None,
) -> None:
    """Compare what is stored with what each clinic was told, and tell the rest.

    Only active co-operation: whoever is suspended was told of that, and of the badge when it goes on.
    """
    scope = Q(contract__insurer_id=insurer_id, contract__status=ContractStatus.ACTIVE)
    if provider_id is not None:
        scope &= Q(contract__provider_id=provider_id)
    if area_ids is not None:
        scope &= Q(area_id__in=list(area_ids))
    today = days.local_date(at)
    for known in _known(scope, today):
        _tell_today(known, actor, today, at)
        _tell_ahead(known, actor, today, at)


def _known(scope: Q, today: date) -> list[_Known]:
    """Read everything at once, however many clinics there are."""
    areas = {area.id: area for area in catalog.areas()}
    found: dict[tuple[int, int], _Known] = {}
    current = models.Highlight.objects.filter(scope, Q(valid_to=None) | Q(valid_to__gt=today))
    for row in current.select_related("contract").order_by("valid_from"):
        found.setdefault(
            (row.contract_id, row.area_id), _Known(row.contract, areas[row.area_id])
        ).rows.append(row)
    for notice in HighlightNotice.objects.filter(scope).select_related("contract").order_by("id"):
        found.setdefault(
            (notice.contract_id, notice.area_id), _Known(notice.contract, areas[notice.area_id])
        ).notices.append(notice)
    return [found[key] for key in sorted(found)]


def _tell_today(known: _Known, actor: Actor, today: date, at: datetime) -> None:
    """Tell that the badge came or went, when that is news."""
    has_badge = badges.is_highlighted(known.rows, today)
    if has_badge == known.had_badge():
        return
    _note(known, "highlight.gained" if has_badge else "highlight.lost", today, actor, at)


def _tell_ahead(known: _Known, actor: Actor, today: date, at: datetime) -> None:
    """Warn of a loss that is near; take back warnings whose reason went away."""
    loss = _coming_loss(known, today)
    for warning in known.warnings():
        if warning.day > today and warning.day != loss:
            _withdraw(known, warning, actor, at, has_badge=badges.is_highlighted(known.rows, today))
    if loss is None or loss > today + timedelta(days=DAYS_AHEAD):
        return
    if all(warning.day != loss for warning in known.warnings()):
        _note(known, "highlight.ahead", loss, actor, at)


def _coming_loss(known: _Known, today: date) -> date | None:
    """Return the next day from which a badge held today is gone."""
    if not badges.is_highlighted(known.rows, today):
        return None
    return badges.next_edge(known.rows, now=True, on=today)


def _note(known: _Known, event: str, day: date, actor: Actor, at: datetime) -> None:
    """Keep that it was told, and tell it."""
    kind = event.removeprefix("highlight.")
    notice = HighlightNotice.objects.create(
        contract=known.contract, area_id=known.area.id, kind=kind, day=day, at=at
    )
    known.notices.append(notice)
    lines = [] if kind == HighlightNotice.GAINED else _lines(known, day)
    _send(known, event, day, actor, at, lines)


def _withdraw(
    known: _Known, warning: HighlightNotice, actor: Actor, at: datetime, *, has_badge: bool
) -> None:
    """Take a warning back; whoever still has the badge is told that it stays."""
    warning.withdrawn_at = at
    warning.save(update_fields=["withdrawn_at"])
    if has_badge:
        _send(known, "highlight.stays", warning.day, actor, at, [])


def _send(
    known: _Known, event: str, day: date, actor: Actor, at: datetime, lines: list[dict[str, str]]
) -> None:
    """Record it on the contract and promise the e-mail."""
    audit.record(
        event=event,
        subject_kind="contract",
        subject_uuid=known.contract.uuid,
        actor=actor,
        at=at,
        data={"area": known.area.code, "day": day.isoformat()},
    )
    template = event.replace(".", "_")
    write_about_area(known.contract, known.area, template, at=at, day=days.format_date(day), lines=lines)


def _lines(known: _Known, day: date) -> list[dict[str, str]]:
    """Return the prices over their limit on the day, as the letter lists them."""
    change = badges.badge_change(known.contract, known.area.id, day=day, gained=False)
    return [
        {
            "service": f"{row.price.code} {row.price.name}",
            "price": money.format_amount(row.price.price_gr),
            "before": "" if row.limit_before_gr is None else money.format_amount(row.limit_before_gr),
            "limit": money.format_amount(row.price.limit_gr or 0),
            "over": money.format_amount(row.price.over_gr or 0),
        }
        for row in change.reasons
    ]
