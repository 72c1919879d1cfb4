"""What the demo clinics tell the public: hours, points on the map, access; some show their prices."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from ols.accounts.permissions import Role
from ols.cli.demo_world.chance import at_hour
from ols.cli.demo_world.world import Clinic, World
from ols.kernel import days, hours
from ols.kernel.actor import Actor
from ols.kernel.closures import Closure
from ols.network.selectors import public_clinic
from ols.network.services import public_network
from ols.registry import selectors as registry
from ols.registry import services

_MADE_AFTER, _EDITED_AFTER = timedelta(days=5), timedelta(days=20)
# Some of these weeks end on Friday, one has a break, one is open on Saturdays and Sundays.
_WEEKS = (
    (hours.parse_day("8-18"),) * 5 + ((), ()),
    (hours.parse_day("7:30-20"),) * 5 + (hours.parse_day("8-13"), ()),
    (hours.parse_day("8-12, 14-18"),) * 4 + (hours.parse_day("8-14"), (), ()),
    (hours.parse_day("7-21"),) * 5 + (hours.parse_day("8-18"), hours.parse_day("9-15")),
)
_LANGUAGES = ((), ("en",), ("en", "uk"), ("en", "de"))
_ACCESS = (("yes", ""), ("yes", "Winda, toaleta dla osób na wózku."), ("partly", "Dzwonek przy wejściu."))
_TEXT = "Placówka pokazowa (demo). Przyjmujemy dorosłych i dzieci. Na wizytę zapisujemy przez telefon."
# Every so many clinics has a second address, every so many lets its prices be seen.
_SECOND_ADDRESS, _SHOWS_PRICES, _CLOSES_SOON = 6, 3, 4


def make_cards(world: World) -> None:
    """Let every clinic edit its business card; three in four give their exact point."""
    services.make_missing_cards(actor=Actor.system("command"), at=at_hour(world.founded, 6) + _MADE_AFTER)
    for place, clinic in enumerate(world.clinics):
        _edit(world, clinic, place)
        if place % _SHOWS_PRICES == 0:
            _show_prices(world, clinic)


def _edit(world: World, clinic: Clinic, place: int) -> None:
    owner, chance = clinic.firm.actor(Role.OWNER), world.chance
    at = chance.moment(world.founded + _EDITED_AFTER)
    card = registry.own_cards(owner)[0]
    wheelchair, note = _ACCESS[place % len(_ACCESS)]
    data = replace(
        card.data,
        week=_WEEKS[place % len(_WEEKS)],
        languages=_LANGUAGES[place % len(_LANGUAGES)],
        wheelchair=wheelchair,
        access_note=note,
        description=_TEXT,
        website="https://www.example.org/",
        closures=_closures(world, place),
    )
    if card.latitude is not None and card.longitude is not None and place % 4:
        off = (chance.random() - 0.5) * 0.03, (chance.random() - 0.5) * 0.05
        data = replace(
            data, latitude=round(card.latitude + off[0], 5), longitude=round(card.longitude + off[1], 5)
        )
    services.save_card(actor=owner, card_uuid=card.uuid, data=data, revision=card.revision, at=at)
    if place % _SECOND_ADDRESS == 0:
        second = replace(
            data, name=f"{data.name}, filia", street="ul. Ogrodowa 3", latitude=None, longitude=None
        )
        services.add_card(actor=owner, data=second, at=at + timedelta(hours=1))


def _closures(world: World, place: int) -> tuple[Closure, ...]:
    """Close some clinics for a few days soon, and for Christmas."""
    today = days.local_date(world.at)
    soon = Closure(today + timedelta(days=3), today + timedelta(days=5), "Szkolenie zespołu (demo)")
    eve = date(today.year + (today > date(today.year, 12, 20)), 12, 24)
    christmas = Closure(eve, eve + timedelta(days=2), "Święta")
    if place % _CLOSES_SOON == 0:
        return (soon, christmas) if soon.last < christmas.first else (christmas,)
    return () if place % 2 else (christmas,)


def _show_prices(world: World, clinic: Clinic) -> None:
    """Give the owner's word to the first insurer's page only."""
    owner = clinic.firm.actor(Role.OWNER)
    for row in public_clinic.own_consents(owner):
        if row.insurer_id == world.insurers[0].id:
            public_network.give_price_consent(
                actor=owner, contract_uuid=UUID(str(row.contract_uuid)), at=world.at - timedelta(days=30)
            )
