"""A clinic keeps its business cards („wizytówki”): one an address, the first made with the facility."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel import closures, days, hours
from ols.kernel.actor import Actor
from ols.kernel.closures import Closure
from ols.kernel.sortkey import polish_sort_key, search_key
from ols.registry import geography, models
from ols.registry.selectors import cards as selectors
from ols.registry.selectors.cards import CardData

MOST_CARDS: Final = 200


class CardChanged(Exception):
    """Somebody has saved the card since it was read: what they wrote would be lost."""


class OutsidePoland(Exception):
    """The point given for the address is not in Poland."""


class NotAWebsite(Exception):
    """The website is no address of the web."""


class ClosureWrong(ValueError):
    """A closed day cannot be entered so: the code is one of `ols.kernel.closures.Problem`."""


class TooManyCards(Exception):
    """A clinic has so many addresses only by mistake."""


@dataclass(frozen=True)
class _Where:
    """The point of an address, and whether the clinic gave it itself."""

    latitude: float | None
    longitude: float | None
    is_exact: bool


@within_transaction
def make_card(*, actor: Actor, facility: models.Facility, at: datetime) -> None:
    """Give a facility its card, with the same uuid and what the facility's data say."""
    row = models.BusinessCard(
        uuid=facility.uuid, facility=facility, organization_id=facility.organization_id, revision=0
    )
    entry = facility.entry
    cells = selectors.specialities_of(entry.register_book_no) if entry else ()
    data = replace(_of_facility(facility), specialities=cells, website=entry.website if entry else "")
    _write(row, data, by="", at=at)
    _record(actor, "card.make", row, at)


@within_transaction
def follow_facility(*, actor: Actor, facility: models.Facility, at: datetime) -> None:
    """Let the card say what the facility's data say now, as long as nobody has edited it."""
    row = models.BusinessCard.objects.select_for_update().filter(facility=facility, edited_by="").first()
    if row is not None:
        known = selectors.data_of(row)
        own = _of_facility(facility)
        same = {name: getattr(own, name) for name in _FOLLOWED}
        _write(row, replace(known, **same), by="", at=at)
        _record(actor, "card.follow", row, at)


@use_case
def make_missing_cards(*, actor: Actor, at: datetime) -> int:
    """Give every facility that has none its card; return how many were made."""
    lacking = models.Facility.objects.filter(card=None).select_related("entry").order_by("id")
    for facility in lacking:
        make_card(actor=actor, facility=facility, at=at)
    return len(lacking)


@use_case
def save_card(*, actor: Actor, card_uuid: UUID, data: CardData, revision: int, at: datetime) -> int:
    """Save what the clinic says over the revision it read; return the new revision.

    :raises ols.db.errors.NotFound: the clinic has no such card
    :raises CardChanged: a colleague has saved since
    :raises OutsidePoland: the point is not in Poland
    :raises NotAWebsite: the website could be something else than a page
    :raises ClosureWrong: closed days that are past, end before they begin, overlap or are too many
    """
    row = _locked(actor, card_uuid, revision)
    known, today = selectors.data_of(row), days.local_date(at)
    if replace(known, closures=closures.coming(known.closures, on=today)) == data:
        return row.revision
    _require_right(data.closures, known.closures, today)
    return _save(actor, row, data, "card.save", at)


@use_case
def add_card(*, actor: Actor, data: CardData, at: datetime) -> UUID:
    """Add the card of one more address.

    :raises OutsidePoland: the point is not in Poland
    :raises TooManyCards: there are MOST_CARDS already
    :raises ClosureWrong: as in `save_card`
    """
    actor.require(Permission.FACILITY_EDIT)
    _require_right(data.closures, (), days.local_date(at))
    selectors.lock_cards_of(actor)
    if models.BusinessCard.objects.filter(organization_id=actor.organization()).count() >= MOST_CARDS:
        raise TooManyCards
    row = models.BusinessCard(organization_id=actor.organization(), revision=0)
    _save(actor, row, data, "card.add", at)
    return row.uuid


@use_case
def restore_card(*, actor: Actor, card_uuid: UUID, version: int, revision: int, at: datetime) -> int:
    """Take up again what the card said in an earlier revision; return the new one.

    :raises ols.db.errors.NotFound: the clinic has no such card, or the card no such version
    :raises CardChanged: a colleague has saved since
    """
    row = _locked(actor, card_uuid, revision)
    kept = row.versions.filter(revision=version).first()
    if kept is None:
        raise NotFound
    return _save(actor, row, selectors.data_from(kept.data), "card.restore", at, version=version)


# What an unedited card takes over when the facility's data change.
_FOLLOWED: Final = (
    "name", "street", "postal_code", "city", "voivodeship", "phone", "email", "latitude", "longitude",
)  # fmt: skip


def _of_facility(facility: models.Facility) -> CardData:
    voivodeship = facility.teryt[:2] if facility.teryt[:2] in geography.voivodeships() else ""
    known = geography.located(facility.city, voivodeship)
    return CardData(
        name=facility.name,
        street=facility.street,
        postal_code=facility.postal_code,
        city=facility.city,
        voivodeship=voivodeship or (known.voivodeship if known else ""),
        phone=facility.phone,
        email=facility.email,
    )


def _save(
    actor: Actor, row: models.BusinessCard, data: CardData, event: str, at: datetime, **more: object
) -> int:
    """Write the card as one more version, with its event; closed days that are over are left out."""
    data = replace(data, closures=closures.coming(data.closures, on=days.local_date(at)))
    if data.website and not data.website.startswith(("https://", "http://")):
        raise NotAWebsite
    where = _where(data)
    if where.is_exact and not _is_inside(where):
        raise OutsidePoland
    before = asdict(selectors.data_of(row)) if row.pk else {}
    changed = sorted(name for name, value in asdict(data).items() if before.get(name) != value)
    _write(row, data, by=actor.name, at=at)
    _record(actor, event, row, at, fields=changed, **more)
    return row.revision


def _require_right(found: tuple[Closure, ...], known: tuple[Closure, ...], today: date) -> None:
    wrong = closures.problem(found, known=known, today=today)
    if wrong is not None:
        raise ClosureWrong(wrong.code)


def _write(row: models.BusinessCard, data: CardData, *, by: str, at: datetime) -> None:
    where = _where(data)
    for name in selectors.PLAIN:
        setattr(row, name, getattr(data, name))
    row.latitude, row.longitude, row.is_exact = where.latitude, where.longitude, where.is_exact
    row.specialities, row.languages = list(data.specialities), list(data.languages)
    row.open_from, row.open_to = hours.to_minutes(data.week)
    row.closed_from = [item.first for item in data.closures]
    row.closed_to = [item.last for item in data.closures]
    row.closed_for = [item.reason for item in data.closures]
    row.search_key = search_key(" ".join((data.name, data.city, data.street, *data.specialities)))
    row.sort_key = polish_sort_key(data.name)[:700]
    row.revision += 1
    row.edited_at, row.edited_by = at, by
    row.save()
    models.BusinessCardVersion.objects.create(
        card=row, revision=row.revision, data=selectors.as_json(data), at=at, by=by
    )


def _where(data: CardData) -> _Where:
    """Return the point the clinic gave, else the town's; None where the town is not known."""
    if data.latitude is not None and data.longitude is not None:
        return _Where(data.latitude, data.longitude, is_exact=True)
    town = geography.located(data.city, data.voivodeship)
    if town is None:
        return _Where(None, None, is_exact=False)
    return _Where(town.latitude, town.longitude, is_exact=False)


def _is_inside(where: _Where) -> bool:
    if where.latitude is None or where.longitude is None:
        return False
    return geography.is_in_poland(where.latitude, where.longitude)


def _locked(actor: Actor, uuid: UUID, revision: int) -> models.BusinessCard:
    """Return the card as the actor read it, locked: of two who press at once, the second sees the first."""
    actor.require(Permission.FACILITY_EDIT)
    rows = models.BusinessCard.objects.select_for_update().filter(organization_id=actor.organization())
    row = rows.filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    if row.revision != revision:
        raise CardChanged
    return row


def _record(actor: Actor, event: str, row: models.BusinessCard, at: datetime, **data: Any) -> None:
    audit.record(
        event=event,
        subject_kind="card",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"revision": row.revision, **data},
    )
