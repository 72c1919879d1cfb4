"""Tells clinics of their badge: that it came or went, and 14 days ahead that it will go. Each once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q

from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db import locks
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days, money
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.models import HighlightNotice
from ols.network.selectors import badges
from ols.network.selectors.badge_reasons import Loss, badge_reasons
from ols.network.selectors.badges import ChangedPrice
from ols.network.services.letters import AreaLetter, write_about_areas
from ols.network.states import ContractStatus

DAYS_AHEAD: Final = 14
# So many clinics are told in one transaction: who changes a limit meanwhile waits for no more.
_AT_ONCE: Final = 500


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


@dataclass(frozen=True)
class _News:
    """One thing to tell of one contract's area: `event`, about a day."""

    known: _Known
    event: str
    day: date

    @property
    def loss(self) -> Loss | None:
        """Return the loss whose reasons are told with it."""
        if self.event not in {"highlight.lost", "highlight.ahead"}:
            return None
        return (self.known.contract.pk, self.known.area.id, self.day)


@dataclass
class _Batch:
    """What is to be written in the end, with few statements however many clinics there are."""

    today: date
    at: datetime
    news: list[_News] = field(default_factory=list)
    notices: list[HighlightNotice] = field(default_factory=list)
    withdrawn: list[HighlightNotice] = field(default_factory=list)


def tell_network(*, actor: Actor, insurer_id: int, at: datetime) -> int:
    """Tell every clinic of an insurer what is news to it; return how many things were told.

    Some at a time, each time in a transaction of its own: run twice at once, or cut short and run again, it
    tells everything once.
    """
    active = models.Contract.objects.filter(insurer_id=insurer_id, status=ContractStatus.ACTIVE)
    keys = list(active.order_by("pk").values_list("pk", flat=True))
    return sum(
        _tell_some(actor=actor, insurer_id=insurer_id, contract_ids=keys[start : start + _AT_ONCE], at=at)
        for start in range(0, len(keys), _AT_ONCE)
    )


@use_case
def _tell_some(*, actor: Actor, insurer_id: int, contract_ids: Collection[int], at: datetime) -> int:
    lock_badges(insurer_id)
    return tell(Q(contract_id__in=list(contract_ids)), actor=actor, at=at)


@within_transaction
def lock_badges(insurer_id: int) -> None:
    """Let the badges of an insurer be made by one at a time, each seeing what the last one committed."""
    locks.hold("network.badges", insurer_id)


@within_transaction
def tell(scope: Q, *, actor: Actor, at: datetime) -> int:
    """Compare what is stored with what each clinic was told, and tell the rest; the badges are locked.

    Only active co-operation: whoever is suspended was told of that, and of the badge when it goes on.
    """
    batch = _Batch(days.local_date(at), at)
    for known in _known(scope & Q(contract__status=ContractStatus.ACTIVE), batch.today):
        _tell_today(known, batch)
        _tell_ahead(known, batch)
    _write(batch, actor)
    return len(batch.news)


def _known(scope: Q, today: date) -> list[_Known]:
    """Read everything at once, however many clinics there are."""
    areas = {area.id: area for area in catalog.areas()}
    found: dict[tuple[int, int], _Known] = {}
    current = models.Highlight.objects.filter(scope, Q(valid_to=None) | Q(valid_to__gt=today))
    notices = HighlightNotice.objects.filter(scope).order_by("id")
    of_contract = ("contract__insurer", "contract__provider")
    for row in current.select_related(*of_contract).order_by("valid_from"):
        found.setdefault(
            (row.contract_id, row.area_id), _Known(row.contract, areas[row.area_id])
        ).rows.append(row)
    for notice in notices.select_related(*of_contract):
        found.setdefault(
            (notice.contract_id, notice.area_id), _Known(notice.contract, areas[notice.area_id])
        ).notices.append(notice)
    return [found[key] for key in sorted(found)]


def _tell_today(known: _Known, batch: _Batch) -> None:
    """Tell that the badge came or went, when that is news."""
    has_badge = badges.is_highlighted(known.rows, batch.today)
    if has_badge == known.had_badge():
        return
    _note(known, "highlight.gained" if has_badge else "highlight.lost", batch.today, batch)


def _tell_ahead(known: _Known, batch: _Batch) -> None:
    """Warn of a loss that is near; take back warnings whose reason went away."""
    loss, today = _coming_loss(known, batch.today), batch.today
    for warning in known.warnings():
        if warning.day > today and warning.day != loss:
            _withdraw(known, warning, batch)
    if loss is None or loss > today + timedelta(days=DAYS_AHEAD):
        return
    if all(warning.day != loss for warning in known.warnings()):
        _note(known, "highlight.ahead", loss, batch)


def _coming_loss(known: _Known, today: date) -> date | None:
    """Return the next day from which a badge held today is gone."""
    if not badges.is_highlighted(known.rows, today):
        return None
    return badges.next_edge(known.rows, now=True, on=today)


def _note(known: _Known, event: str, day: date, batch: _Batch) -> None:
    """Keep that it is told, and tell it."""
    notice = HighlightNotice(
        contract=known.contract,
        area_id=known.area.id,
        kind=event.removeprefix("highlight."),
        day=day,
        at=batch.at,
    )
    known.notices.append(notice)
    batch.notices.append(notice)
    batch.news.append(_News(known, event, day))


def _withdraw(known: _Known, warning: HighlightNotice, batch: _Batch) -> None:
    """Take a warning back; whoever still has the badge is told that it stays."""
    warning.withdrawn_at = batch.at
    batch.withdrawn.append(warning)
    if badges.is_highlighted(known.rows, batch.today):
        batch.news.append(_News(known, "highlight.stays", warning.day))


def _write(batch: _Batch, actor: Actor) -> None:
    """Keep what is told, record it on the contracts and promise the e-mails."""
    HighlightNotice.objects.bulk_update(batch.withdrawn, ["withdrawn_at"])
    HighlightNotice.objects.bulk_create(batch.notices)
    audit.record_each(
        (
            (one.event, one.known.contract.uuid, {"area": one.known.area.code, "day": one.day.isoformat()})
            for one in batch.news
        ),
        subject_kind="contract",
        actor=actor,
        at=batch.at,
    )
    reasons = badge_reasons({one.loss for one in batch.news if one.loss is not None})
    write_about_areas(
        [_letter(one, reasons.get(one.loss, ()) if one.loss else ()) for one in batch.news], at=batch.at
    )


def _letter(one: _News, reasons: tuple[ChangedPrice, ...]) -> AreaLetter:
    """Return the letter with the prices over their limit on the day."""
    lines = [
        {
            "service": f"{row.price.code} {row.price.name}",
            "price": money.format_amount(row.price.price_gr),
            "before": "" if row.limit_before_gr is None else money.format_amount(row.limit_before_gr),
            "limit": money.format_amount(row.price.limit_gr or 0),
            "over": money.format_amount(row.price.over_gr or 0),
        }
        for row in reasons
    ]
    template = one.event.replace(".", "_")
    return AreaLetter(
        one.known.contract, one.known.area, template, {"day": days.format_date(one.day), "lines": lines}
    )
