"""Co-operation of the joined clinics with the insurers: active contracts and the prices agreed in them."""

from datetime import datetime, timedelta

from django.apps import apps
from django.db import connection

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.cli.demo_world import badges
from ols.cli.demo_world.agreements import AREAS_OF
from ols.cli.demo_world.clinics import accept
from ols.cli.demo_world.world import Clinic, Firm, World
from ols.kernel import generated, identifiers
from ols.ledger import services as ledger

_OFFERED_AFTER = timedelta(days=6)
_PRICES_AFTER = timedelta(days=10)
# Clinics agree prices up to a fifth above and below the catalog's; amounts are whole złotys.
_PRICES_PERCENT = (85, 121)
_ZLOTY = 100


def make_contracts(world: World) -> None:
    """Give every clinic a contract with the first insurer, every second one another with the second."""
    services = {area: catalog.services(area_id=area.id) for area in catalog.areas()}
    for place, clinic in enumerate(world.clinics):
        for insurer, codes in list(zip(world.insurers, AREAS_OF, strict=True))[: 1 + (place + 1) % 2]:
            _make_contract(world, clinic, insurer)
            codes_agreed = _chosen(world, codes[:-1])
            agreed = {area: rows for area, rows in services.items() if area.code in codes_agreed}
            _agree_prices(world, clinic, insurer, agreed)
    numbers = world.tables.next_id("network.Contract") - 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('network_contract_number', %s)", [numbers])


def accept_lists() -> None:
    """Accept the lists whose items have been written."""
    lists = apps.get_model("network.PriceList")
    lists._default_manager.update(status="accepted")  # noqa: SLF001 - Django documents it for any model


def _chosen(world: World, codes: tuple[str, ...]) -> list[str]:
    """Choose the areas of one contract: consultations and laboratory always, most of the others."""
    return [code for code in codes if code in {"CONS", "LAB"} or world.chance.random() < 0.7]


def _make_contract(world: World, clinic: Clinic, insurer: Firm) -> None:
    """Add an active contract and the accounts its money runs over."""
    firm, chance = clinic.firm, world.chance
    at = chance.moment(world.founded + _OFFERED_AFTER)
    accept(world, firm, world.texts["general", insurer.id, None], at)
    iban, uuid = generated.make_nrb(chance), chance.uuid()
    bank = identifiers.bank_of(iban)
    owner, decided_at = firm.people[Role.OWNER], at + timedelta(hours=26)
    contract_id = world.tables.next_id("network.Contract")
    world.tables.add(
        "network.Contract",
        id=contract_id,
        uuid=uuid,
        number=f"U/{world.founded.year}/{contract_id:06d}",
        insurer_id=insurer.id,
        provider_id=firm.id,
        status="active",
        starts_on=decided_at.date(),
        iban=iban,
        bank_name=bank.name if bank else "",
        contact_name=owner.name,
        contact_email=owner.email,
        contact_phone=f"+486000000{chance.randrange(10, 100)}",
        created_at=at,
        offered_at=at + timedelta(hours=2),
        answer_due_at=at + timedelta(hours=30),
        decided_at=decided_at,
    )
    clinic.contracts[insurer.id] = contract_id
    clinic.ibans[insurer.id] = iban
    by = firm.actor(Role.OWNER)
    world.record("contract.start", "contract", uuid, by=by, at=at)
    world.record("contract.send_offer", "contract", uuid, by=by, at=at + timedelta(hours=2))
    manager = insurer.actor(Role.NETWORK_MANAGER)
    world.record("contract.accept", "contract", uuid, by=manager, at=decided_at)
    for stage in ("decided", "payable"):
        world.account(ledger.provider_account(insurer_id=insurer.id, provider_id=firm.id, stage=stage))
    for purpose in ("benefit-expense", "clearing", "bank"):
        world.account(ledger.insurer_account(insurer_id=insurer.id, purpose=purpose))


def _agree_prices(
    world: World, clinic: Clinic, insurer: Firm, services: dict[catalog.AreaRow, list[catalog.ServiceRow]]
) -> None:
    """Accept the terms of the areas and have a price list accepted in each, from the first of a month."""
    at = world.chance.moment(world.founded + _PRICES_AFTER)
    agreed = clinic.prices.setdefault(insurer.id, {})
    for area, rows in services.items():
        accept(world, clinic.firm, world.texts["thematic", insurer.id, area.id], at)
        percent = world.chance.randrange(*_PRICES_PERCENT)
        prices = {row.id: max(row.demo_price_gr * percent // 100 // _ZLOTY, 1) * _ZLOTY for row in rows}
        place = world.clinics.index(clinic)
        if place in badges.EXACT and area.code == badges.AREA and insurer is world.insurers[0]:
            prices = badges.exact_prices(place, rows)
        _add_price_list(world, clinic, insurer, area, prices, at)
        agreed.update(prices)


def _add_price_list(
    world: World, clinic: Clinic, insurer: Firm, area: catalog.AreaRow, prices: dict[int, int], at: datetime
) -> None:
    """Add an accepted list with its items, and the prices in force that came of it."""
    uuid, contract_id = world.chance.uuid(), clinic.contracts[insurer.id]
    valid_from = (at + timedelta(days=5)).date()
    sent_at, decided_at = at + timedelta(hours=3), at + timedelta(hours=28)
    list_id = world.tables.add(
        "network.PriceList",
        uuid=uuid,
        contract_id=contract_id,
        area_id=area.id,
        version=1,
        status="sent",  # until its items are there: those of an accepted list never change
        valid_from=valid_from,
        created_at=at + timedelta(hours=1),
        sent_at=sent_at,
        decided_at=decided_at,
    )
    pair = {"insurer_id": insurer.id, "provider_id": clinic.firm.id, "contract_id": contract_id}
    for service_id, price_gr in prices.items():
        world.tables.add(
            "network.PriceListItem", price_list_id=list_id, service_id=service_id, price_gr=price_gr
        )
        world.tables.add(
            "network.ContractedPrice",
            **pair,
            area_id=area.id,
            service_id=service_id,
            price_list_id=list_id,
            price_gr=price_gr,
            valid_from=valid_from,
        )
    data = {"area": area.code, "version": 1}
    owner, manager = clinic.firm.actor(Role.OWNER), insurer.actor(Role.NETWORK_MANAGER)
    world.record("price_list.send", "price_list", uuid, by=owner, at=sent_at, data=data)
    world.record("price_list.accept", "price_list", uuid, by=manager, at=decided_at, data=data)
