"""A big invented network of one insurer, set by set: a million prices would take an hour one by one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.db import connection
from django.utils import timezone

from ols.accounts import services as accounts
from ols.accounts.models import Organization
from ols.catalog import selectors as catalog
from ols.kernel import hours
from ols.kernel.actor import Actor
from ols.kernel.sortkey import polish_sort_key, search_key
from ols.network.models import Contract, Highlight, PriceList
from ols.registry import geography
from ols.registry.models import BusinessCard

SYSTEM: Final = Actor.system("bench")
# How long ago everything began.
SINCE: Final = timedelta(days=30)
# At most so many services of each area a clinic prices: others each time, prices between 80 and 120 zł.
_PRICES: Final = """
INSERT INTO network_contracted_price (contract_id, insurer_id, provider_id, area_id, service_id,
    price_list_id, price_gr, valid_from)
SELECT l.contract_id, c.insurer_id, c.provider_id, l.area_id, s.id, l.id,
    8000 + (l.contract_id * 31 + s.id * 17) %% 41 * 100, current_date - 20
FROM network_price_list l JOIN network_contract c ON c.id = l.contract_id
    JOIN (
        SELECT id, area_id, row_number() OVER (PARTITION BY area_id ORDER BY id) AS rank,
            count(*) OVER (PARTITION BY area_id) AS size
        FROM catalog_service WHERE insurer_id IS NULL OR insurer_id = %(insurer)s
    ) AS s ON s.area_id = l.area_id AND (s.rank + l.contract_id * 7) %% s.size < %(most)s
WHERE c.insurer_id = %(insurer)s AND l.status = 'accepted'
"""


def add_insurer(name: str, nip: str) -> Organization:
    """Make an insurer."""
    return accounts.create_organization(
        actor=SYSTEM, kind="insurer", name=name, nip=nip, at=timezone.now(), email="tu@example.org"
    )


def add_clinics(count: int) -> list[Organization]:
    """Make clinics, numbered from 0, in the bigger towns."""
    now, towns = timezone.now(), geography.places()[:900]
    return Organization.objects.bulk_create(
        [
            Organization(
                kind="provider",
                name=f"Przychodnia {n} (demo)",
                sort_key=f"{n:06d}",
                nip=f"{n:010d}",
                city=towns[n % len(towns)].name,
                created_at=now,
            )
            for n in range(count)
        ],
        batch_size=1000,
    )


def add_contracts(
    insurer_id: int, clinics: Sequence[Organization], *, prefix: str = "B", **values: object
) -> list[Contract]:
    """Let the clinics work with the insurer, unless `values` say how else the contracts stand."""
    now = timezone.now()
    common = {"status": "active", "starts_on": timezone.localdate() - SINCE, "created_at": now, **values}
    return Contract.objects.bulk_create(
        [
            Contract(number=f"{prefix}/{clinic.pk}", insurer_id=insurer_id, provider_id=clinic.pk, **common)
            for clinic in clinics
        ],
        batch_size=1000,
    )


def add_lists(contracts: Sequence[Contract]) -> list[PriceList]:
    """Let every clinic have an accepted list in six areas of seven."""
    now, areas = timezone.now(), catalog.areas()
    worked = [(c, a) for c in contracts for a in areas if (c.pk + a.position) % 7]
    return PriceList.objects.bulk_create(
        [
            PriceList(
                contract=c,
                area_id=a.id,
                version=1,
                status="accepted",
                valid_from=timezone.localdate() - SINCE,
                created_at=now,
            )
            for c, a in worked
        ],
        batch_size=1000,
    )


def add_highlights(lists: Sequence[PriceList]) -> None:
    """Highlight every second clinic in its areas."""
    since = timezone.localdate() - SINCE
    Highlight.objects.bulk_create(
        [
            Highlight(
                contract=one.contract,
                insurer_id=one.contract.insurer_id,
                provider_id=one.contract.provider_id,
                area_id=one.area_id,
                valid_from=since,
                is_highlighted=True,
                compared=10,
                over=0,
                worst_gr=0,
            )
            for one in lists
            if one.contract_id % 2
        ],
        batch_size=1000,
    )


def add_prices(insurer_id: int, *, most: int = 1000) -> None:
    """Put prices into the accepted lists of the insurer's network, at most so many in an area."""
    with connection.cursor() as cursor:
        cursor.execute(_PRICES, {"insurer": insurer_id, "most": most})


def add_cards() -> None:
    """Give every clinic a card in one of the bigger towns, with hours."""
    towns = geography.places()[:900]
    week = hours.to_minutes((hours.parse_day("8-13, 14-18"),) * 5 + (hours.parse_day("9-14"), ()))
    rows = []
    for number, clinic in enumerate(Organization.objects.filter(kind="provider").order_by("id")):
        town = towns[number % len(towns)]
        rows.append(
            BusinessCard(
                organization_id=clinic.pk,
                name=clinic.name,
                street=f"ul. Lipowa {number}",
                postal_code="00-001",
                city=town.name,
                voivodeship=town.voivodeship,
                latitude=town.latitude + number % 7 * 0.01,
                longitude=town.longitude + number % 5 * 0.01,
                phone="+48600000011",
                open_from=week[0],
                open_to=week[1],
                specialities=["kardiologia", "ortopedia"],
                search_key=search_key(f"{clinic.name} {town.name} kardiologia ortopedia"),
                sort_key=polish_sort_key(clinic.name),
            )
        )
    BusinessCard.objects.bulk_create(rows, batch_size=1000)


def vacuum() -> None:
    """Let the database know what it holds, as its own worker does in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
