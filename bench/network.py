"""How fast the public search of a network is: `script/bench network [--facilities 5000] [--rounds 40]`.

One insurer's network of so many facilities, each with some 150 prices in five or six areas, half of them
highlighted. Every filter is asked through the selector and as the whole page (middleware, limits, map,
20 rows), beside floors of the same run: one card by its primary key, and a page without a search. Works in a
test database of its own, which is removed afterwards. Exit status 1 when a page takes longer than the
promised 100 ms at the 95th percentile.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from functools import partial

import django

PROMISED_MS = 100
HERE = "/network/siec/"
PAGES = {
    "everything": "",
    "page 200": "?page=200",
    "service by code": "?q=cons-001",
    "service: a common word": "?q=badanie",
    "clinic by name": "?q=przychodnia+4711",
    "area": "?area=LAB",
    "voivodeship": "?voivodeship=14",
    "place, any distance": "?place=Warszawa",
    "place, 25 km": "?place=Warszawa&km=25",
    "open on Saturday": "?open=5",
    "open now": "?open=now",
    "only highlighted": "?marked=on",
    "all at once": "?q=usg&area=IMG&voivodeship=14&place=Warszawa&km=50&open=0&marked=on",
    "nothing found": "?q=weterynaria",
}
# A million prices: set-based, or it would take an hour.
PRICES = """
INSERT INTO network_contracted_price (contract_id, insurer_id, provider_id, area_id, service_id,
    price_list_id, price_gr, valid_from)
SELECT l.contract_id, c.insurer_id, c.provider_id, l.area_id, s.id, l.id, 10000, current_date - 20
FROM network_price_list l JOIN network_contract c ON c.id = l.contract_id
    JOIN catalog_service s ON s.area_id = l.area_id
"""


def main() -> None:
    """Fill a network and ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facilities", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ols.config.settings")
    django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        insurer_id = _fill(options.facilities)
        kept = _measure(insurer_id, options.facilities, options.rounds)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    sys.exit(0 if kept else 1)


def _fill(facilities: int) -> int:
    from django.db import connection, transaction
    from django.utils import timezone

    from ols.accounts import services as accounts
    from ols.catalog import services as catalog
    from ols.kernel.actor import Actor
    from ols.network.models import PublicNetwork

    with transaction.atomic():
        catalog.load_starter_catalog()
        insurer = accounts.create_organization(
            actor=Actor.system("command"),
            kind="insurer",
            name="TU (demo)",
            nip="5260001246",
            at=timezone.now(),
        )
        PublicNetwork.objects.create(insurer_id=insurer.pk, slug="siec")
        _add_clinics(insurer.pk, facilities)
        _add_cards()
        with connection.cursor() as cursor:
            cursor.execute(PRICES)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return insurer.pk


def _add_clinics(insurer_id: int, facilities: int) -> None:
    """Let every clinic work in six areas of seven, every second one highlighted in them."""
    from datetime import timedelta

    from django.utils import timezone

    from ols.accounts.models import Organization
    from ols.catalog import selectors as catalog
    from ols.network.models import Contract, Highlight, PriceList

    now = timezone.now()
    since = timezone.localdate() - timedelta(days=30)
    clinics = Organization.objects.bulk_create(
        Organization(
            kind="provider",
            name=f"Przychodnia {n} (demo)",
            sort_key=f"{n:06d}",
            nip=f"{n:010d}",
            created_at=now,
        )
        for n in range(facilities)
    )
    contracts = Contract.objects.bulk_create(
        Contract(
            number=f"B/{clinic.pk}",
            insurer_id=insurer_id,
            provider_id=clinic.pk,
            status="active",
            starts_on=since,
            created_at=now,
        )
        for clinic in clinics
    )
    areas = catalog.areas()
    worked = [(c, a) for c in contracts for a in areas if (c.pk + a.position) % 7]
    PriceList.objects.bulk_create(
        PriceList(contract=c, area_id=a.id, version=1, status="accepted", created_at=now) for c, a in worked
    )
    Highlight.objects.bulk_create(
        Highlight(
            contract=c,
            insurer_id=insurer_id,
            provider_id=c.provider_id,
            area_id=a.id,
            valid_from=since,
            is_highlighted=True,
            compared=10,
            over=0,
            worst_gr=0,
        )
        for c, a in worked
        if c.pk % 2
    )


def _add_cards() -> None:
    """Give every clinic a card in one of the bigger towns, with hours."""
    from ols.accounts.models import Organization
    from ols.kernel import hours
    from ols.kernel.sortkey import polish_sort_key, search_key
    from ols.registry import geography
    from ols.registry.models import BusinessCard

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


def _measure(insurer_id: int, facilities: int, rounds: int) -> bool:
    from django.conf import settings
    from django.test import Client

    from ols.network.models import ContractedPrice
    from ols.network.selectors import public_places
    from ols.registry.models import BusinessCard
    from ols.web.public import limits

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # The bench asks faster than any visitor may; what counting costs is still paid.
    for limit in limits.ALL:
        object.__setattr__(limit, "most", 1_000_000_000)
    prices = ContractedPrice.objects.count()
    print(
        f"{facilities} facilities, {prices} prices, {rounds} rounds; milliseconds: p50, p95, longest; bytes"
    )
    card = BusinessCard.objects.values_list("pk", flat=True)[0]
    client = Client(headers={"accept-language": "pl"})
    _print("floor: one card", _times(lambda: BusinessCard.objects.get(pk=card), rounds), 0)
    _print("floor: a page", _times(lambda: client.get("/medicine/"), rounds), 0)
    day = _today()
    search = _times(
        lambda: public_places.find_places(insurer_id=insurer_id, wanted=public_places.Wanted(day=day)), rounds
    )
    _print("selector: everything", search, 0)
    kept = True
    for label, query in PAGES.items():
        size = len(client.get(HERE + query).content)
        times = _times(partial(client.get, HERE + query), rounds)
        _print(label, times, size)
        kept = kept and _percentile(times, 95) < PROMISED_MS
    return kept


def _today() -> "object":
    from django.utils import timezone

    return timezone.localdate()


def _times(ask: Callable[[], object], rounds: int) -> list[float]:
    """Return how many milliseconds each took; the first three only warm up."""
    for _ in range(3):
        ask()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    return times


def _percentile(times: list[float], percent: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]


def _print(label: str, times: list[float], size: int) -> None:
    p50, p95 = _percentile(times, 50), _percentile(times, 95)
    print(f"{label:26} {p50:7.1f} {p95:7.1f} {max(times):7.1f}  {size or ''}", flush=True)


if __name__ == "__main__":
    main()
