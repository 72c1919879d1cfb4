"""The insurer closes an area for new price lists, opens it again, and says what the area is about.

What was agreed stays in force, and what was sent can still be answered. Sending holds the area
(`price_lists/locking.py`) against a closing of the same instant: one of the two comes first.
"""

from collections.abc import Iterable
from datetime import date, datetime

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors.area_lists import contracts_with_unsent
from ols.network.services.letters import AreaLetter, write_about_areas
from ols.network.states import ContractStatus


class AreaDayInPast(Exception):
    """An area is closed and opened again from today on, or later."""


class AreaNotOpened(Exception):
    """The area's first day has not come: that day can still be changed instead."""


class AreaClosedAlready(Exception):
    """The area is closed: the day on which that began does not change any more."""


class AreaStaysOpen(Exception):
    """The area is not closed, and will not be."""


@use_case
def close_area(*, actor: Actor, area_id: int, closes_on: date, at: datetime) -> int:
    """Take no new price lists from a day on; return how many clinics with a draft are told.

    A closing that has not begun can be moved.

    :raises ols.db.errors.NotFound: the actor is no insurer, or does not offer the area
    :raises AreaDayInPast: the day is over
    :raises AreaNotOpened: the area is only announced
    :raises AreaClosedAlready: it is closed
    """
    row, today = _locked(actor, area_id), days.local_date(at)
    if not row.days.has_begun(today):
        raise AreaNotOpened
    if row.days.is_closed(today):
        raise AreaClosedAlready
    if closes_on < today:
        raise AreaDayInPast
    row.closes_on, row.reopens_on = closes_on, None
    row.save(update_fields=["closes_on", "reopens_on"])
    contracts = contracts_with_unsent(insurer_id=row.insurer_id, area_id=area_id)
    _tell(row, contracts, "area_closing", at, day=closes_on, is_closed=closes_on == today)
    _record("area.close", row, actor, at, day=closes_on.isoformat(), clinics=len(contracts))
    return len(contracts)


@use_case
def keep_area_open(*, actor: Actor, area_id: int, at: datetime) -> None:
    """Take back a closing whose day has not come; the clinics that were told of it are told.

    :raises ols.db.errors.NotFound: the actor is no insurer, or does not offer the area
    :raises AreaClosedAlready: it is closed: it can be opened again
    :raises AreaStaysOpen: no closing is planned
    """
    row, today = _locked(actor, area_id), days.local_date(at)
    if row.days.is_closed(today):
        raise AreaClosedAlready
    if not row.days.closes_later(today):
        raise AreaStaysOpen
    row.closes_on = row.reopens_on = None
    row.save(update_fields=["closes_on", "reopens_on"])
    contracts = contracts_with_unsent(insurer_id=row.insurer_id, area_id=area_id)
    _tell(row, contracts, "area_stays_open", at)
    _record("area.keep_open", row, actor, at, clinics=len(contracts))


@use_case
def reopen_area(*, actor: Actor, area_id: int, reopens_on: date, at: datetime) -> int:
    """Take new price lists again from a day on; return how many clinics are told.

    :raises ols.db.errors.NotFound: the actor is no insurer, or does not offer the area
    :raises AreaDayInPast: the day is over
    :raises AreaStaysOpen: the area is not closed
    """
    row, today = _locked(actor, area_id), days.local_date(at)
    if not row.days.is_closed(today):
        raise AreaStaysOpen
    if reopens_on < today:
        raise AreaDayInPast
    row.reopens_on = reopens_on
    row.save(update_fields=["reopens_on"])
    active = models.Contract.objects.filter(insurer_id=row.insurer_id, status=ContractStatus.ACTIVE)
    contracts = active.select_related("insurer", "provider").order_by("id")
    _tell(row, contracts, "area_reopened", at, day=reopens_on)
    _record("area.reopen", row, actor, at, day=reopens_on.isoformat(), clinics=len(contracts))
    return len(contracts)


@use_case
def describe_area(*, actor: Actor, area_id: int, text: str, text_en: str, at: datetime) -> bool:
    """Say what the area is about, in Polish and for those who read English; return whether anything changed.

    :raises ols.db.errors.NotFound: the actor is no insurer, or does not offer the area
    """
    row = _locked(actor, area_id)
    if (row.description, row.description_en) == (text, text_en):
        return False
    row.description, row.description_en = text, text_en
    row.save(update_fields=["description", "description_en"])
    _record("area.describe", row, actor, at)
    return True


def _locked(actor: Actor, area_id: int) -> models.AreaOpening:
    """Lock the area of the actor's insurer."""
    actor.require(Permission.TERMS_PUBLISH)
    if actor.organization_kind != "insurer":
        raise NotFound
    rows = models.AreaOpening.objects.select_for_update()
    row = rows.filter(insurer_id=actor.organization(), area_id=area_id).first()
    if row is None:
        raise NotFound
    return row


def _tell(
    row: models.AreaOpening,
    contracts: Iterable[models.Contract],
    template: str,
    at: datetime,
    *,
    day: date | None = None,
    is_closed: bool = False,
) -> None:
    """Write to those at the clinics who keep price lists."""
    area = _area(row)
    more = {"day": days.format_date(day) if day else "", "is_closed": is_closed}
    letters = [
        AreaLetter(contract, area, template, {"path": f"/panel/contracts/{contract.uuid}/terms/", **more})
        for contract in contracts
    ]
    write_about_areas(letters, at=at)


def _area(row: models.AreaOpening) -> catalog.AreaRow:
    return next(area for area in catalog.areas() if area.id == row.area_id)


def _record(event: str, row: models.AreaOpening, actor: Actor, at: datetime, **data: object) -> None:
    audit.record(
        event=event,
        subject_kind="area_opening",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"area": _area(row).code, **data},
    )
