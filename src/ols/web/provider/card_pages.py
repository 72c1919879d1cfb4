"""What the pages of business cards show, as plain values."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network.selectors.public_clinic import ConsentRow
from ols.network.selectors.public_network import NetworkRow
from ols.network.states import ContractStatus
from ols.registry import geography, selectors
from ols.registry.selectors import CardData, CardRow, VersionRow
from ols.web.components import card_words, clinic_card
from ols.web.components.shapes import Tag

CHANGED: Final = _("Somebody else has saved this card meanwhile. Open it again and repeat your change.")
_NEW: Final = CardData(name="", street="", postal_code="", city="", voivodeship="")


@dataclass(frozen=True, slots=True)
class Row:
    """One card of the list: whether it is shown and what it lacks."""

    card: CardRow
    standing: Tag
    voivodeship: str
    lacks_hours: bool
    lacks_point: bool
    is_edited: bool


@dataclass(frozen=True, slots=True)
class Consent:
    """One co-operation: where the clinic is shown, and whether its prices are."""

    row: ConsentRow
    slug: str
    is_active: bool
    standing: Tag


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version in the list of them."""

    row: VersionRow
    hours: str
    is_current: bool


def row(card: CardRow) -> Row:
    """Translate a card for the list."""
    shown = Tag(_("shown"), "ok", "eye")
    hidden = Tag(_("not shown"), "plain", "lock")
    return Row(
        card=card,
        standing=shown if card.data.is_shown else hidden,
        voivodeship=geography.voivodeships().get(card.data.voivodeship, ""),
        lacks_hours=not any(card.data.week),
        lacks_point=card.latitude is None,
        is_edited=card.edited_at is not None,
    )


def consents(rows: list[ConsentRow], networks: list[NetworkRow], *, today: date) -> list[Consent]:
    """Translate the co-operations; without a slug the insurer shows no network."""
    slugs = {network.insurer_id: network.slug for network in networks}
    return [
        Consent(
            row=item,
            slug=slugs.get(item.insurer_id, ""),
            is_active=item.status == ContractStatus.ACTIVE,
            standing=_standing(item, today),
        )
        for item in rows
    ]


def preview(card: CardRow, *, at: datetime) -> clinic_card.Card:
    """Return the card as the public page shows it."""
    data = card.data
    said = clinic_card.Said(
        phones=(data.phone, data.second_phone),
        email=data.email,
        website=data.website,
        week=data.week,
        closed_on_holidays=data.closed_on_holidays,
        closures=data.closures,
        hours_note=data.hours_note,
        specialities=data.specialities,
        languages=data.languages,
        wheelchair=data.wheelchair,
        access_note=data.access_note,
        description=data.description,
    )
    return clinic_card.card(said, at=at)


def versions(rows: list[VersionRow]) -> list[Version]:
    """Translate the versions, the newest of which is in force."""
    return [
        Version(item, card_words.week(item.data.week), is_current=not number)
        for number, item in enumerate(rows)
    ]


def begun(actor: Actor, address: str) -> CardData:
    """Return what a new card begins with: the clinic's contact, and the address chosen from the register."""
    known = selectors.own_cards(actor)
    first = replace(_NEW, phone=known[0].data.phone, email=known[0].data.email) if known else _NEW
    found = selectors.addresses_without_card(actor)
    if not (address.isascii() and address.isdigit() and int(address[:6]) < len(found)):
        return first
    chosen = found[int(address[:6])]
    town = geography.located(chosen.city, "")
    return replace(
        first,
        name=chosen.name,
        street=chosen.street,
        postal_code=chosen.postal_code,
        city=chosen.city,
        voivodeship=town.voivodeship if town else "",
    )


def _standing(item: ConsentRow, today: date) -> Tag:
    if item.status != ContractStatus.ACTIVE:
        return Tag(_("suspended: not shown now"), "warn", "ban")
    if item.starts_on is not None and item.starts_on > today:
        words = _("shown from %(day)s") % {"day": days.format_date(item.starts_on)}
        return Tag(words, "info", "hourglass")
    return Tag(_("shown once prices are in force"), "ok", "eye")
