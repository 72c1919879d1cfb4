"""What the desk of an insurer with a big network looks at: offers, price lists, documents, terms, limits."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from bench import network_world as world
from django.db import connection, transaction
from django.utils import timezone

from ols.accounts import services as accounts
from ols.accounts.models import Membership, Organization, User
from ols.accounts.permissions import Role
from ols.catalog import models as catalog_models
from ols.catalog import selectors as catalog
from ols.catalog import services as catalog_services
from ols.documents.models import Document
from ols.network import models
from ols.network import services as network
from ols.plans.models import PriceLimit
from ols.registry.models import Facility

OWN_NIP, OTHER_NIP = "5260001246", "5260300291"
# What the second insurer's rows are called by: not one may show.
FOREIGN: Final = "OBCY"
_OFFERS, _LISTS, _LONG = 400, 300, 500
_PER_AREA, _MOST = 45, 31
# The badges that are there already were told of.
_TOLD: Final = """
INSERT INTO network_highlight_notice (contract_id, area_id, kind, day, at)
SELECT contract_id, area_id, 'gained', current_date - 20, now() - interval '20 days'
FROM network_price_list WHERE status = 'accepted'
"""
_ACCEPTANCES: Final = """
INSERT INTO network_terms_acceptance (uuid, terms_id, organization_id, user_id, user_name, at, sha256)
SELECT gen_random_uuid(), t.id, c.provider_id, 1, 'Anna (demo)', now() - interval '30 days', t.sha256
FROM network_terms t JOIN network_contract c ON c.insurer_id = t.insurer_id
WHERE c.status = 'active' AND (t.area_id IS NULL OR EXISTS (
    SELECT FROM network_price_list l WHERE l.contract_id = c.id AND l.area_id = t.area_id))
"""


def fill(clinics: int) -> None:
    """Fill an empty database."""
    with transaction.atomic():
        catalog_services.load_starter_catalog()
        insurer = world.add_insurer("TU (demo)", OWN_NIP)
        other = world.add_insurer(f"TU {FOREIGN} (demo)", OTHER_NIP)
        _add_services(insurer.pk)
        accounts.add_member(
            actor=world.SYSTEM,
            organization_id=insurer.pk,
            email="desk@example.org",
            name="Anna (demo)",
            roles=[Role.NETWORK_MANAGER, Role.PLAN_MANAGER, Role.TERMS_EDITOR],
            at=timezone.now(),
        )
        every = world.add_clinics(clinics + _OFFERS)
        _add_people(every)
        working, offering = every[:clinics], every[clinics:]
        contracts = world.add_contracts(insurer.pk, working)
        world.add_lists(contracts)
        foreign = world.add_contracts(other.pk, every[: clinics // 10], prefix=FOREIGN)
        world.add_lists(foreign)
        _add_limits(insurer, other)
        _add_offers(insurer.pk, offering)
        _add_waiting_lists(contracts)
        _add_documents(insurer, contracts)
        _add_terms(insurer, other)
    for one in (insurer, other):
        with transaction.atomic():
            world.add_prices(one.pk, most=_MOST)
    world.vacuum()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_TOLD)
        for one in (insurer, other):
            network.refresh_highlights(actor=world.SYSTEM, insurer_id=one.pk, at=timezone.now())
    world.vacuum()


def insurer() -> Organization:
    """Return the insurer with the big network."""
    return Organization.objects.get(kind="insurer", nip=OWN_NIP)


def long_list() -> models.PriceList:
    """Return the list of several hundred lines that waits for the insurer."""
    return models.PriceList.objects.filter(status="sent", contract__insurer=insurer()).order_by("id")[0]


def _add_services(insurer_id: int) -> None:
    """Let every area have some 45 services, the laboratory several hundred."""
    for area in catalog.areas():
        wanted = _LONG if area.code == "LAB" else _PER_AREA
        common = catalog_models.Service.objects.filter(area_id=area.id).count()
        catalog_models.Service.objects.bulk_create(
            catalog_models.Service(
                code=f"{area.code}-W{number:03d}",
                insurer_id=insurer_id,
                area_id=area.id,
                name=f"Usługa własna {number} (demo)",
                search_key=f"{area.code.lower()}-w{number:03d} usluga wlasna {number} (demo)",
                unit="szt.",
            )
            for number in range(wanted - common)
        )


def _add_people(clinics: Sequence[Organization]) -> None:
    """Give every clinic an owner and a facility."""
    now = timezone.now()
    people = User.objects.bulk_create(
        [
            User(email=f"owner{one.pk}@example.org", name="Jan (demo)", password="!", created_at=now)
            for one in clinics
        ],
        batch_size=1000,
    )
    Membership.objects.bulk_create(
        [
            Membership(user=user, organization=one, roles=[Role.OWNER])
            for user, one in zip(people, clinics, strict=True)
        ],
        batch_size=1000,
    )
    Facility.objects.bulk_create(
        [
            Facility(
                organization=one,
                name=one.name,
                street="ul. Lipowa 1",
                postal_code="00-001",
                city=one.city,
                teryt=f"{number % 16 * 2 + 2:02d}61011",
            )
            for number, one in enumerate(clinics)
        ],
        batch_size=1000,
    )


def _add_limits(*insurers: Organization) -> None:
    """Limit every service at 120 zł: every clinic has its badges."""
    since = timezone.localdate() - timedelta(days=400)
    PriceLimit.objects.bulk_create(
        PriceLimit(insurer=one, service=service, valid_from=since, limit_gr=120_00)
        for one in insurers
        for service in catalog_models.Service.objects.filter(insurer_id=None)
        | catalog_models.Service.objects.filter(insurer_id=one.pk)
    )


def _add_offers(insurer_id: int, clinics: Sequence[Organization]) -> None:
    """Let offers wait: some late, some due today, most later."""
    rng, now = random.Random(1), timezone.now()
    rows = world.add_contracts(insurer_id, clinics, prefix="O", status="offered", contact_name="Jan (demo)")
    for row in rows:
        row.offered_at = now - timedelta(hours=rng.randrange(1, 40))
        row.answer_due_at = now + timedelta(hours=rng.randrange(-10, 60))
    models.Contract.objects.bulk_update(rows, ["offered_at", "answer_due_at"], batch_size=500)


def _add_waiting_lists(contracts: Sequence[models.Contract]) -> None:
    """Let price lists wait for the insurer; the first one has every service of the laboratory."""
    now, areas = timezone.now(), {area.code: area for area in catalog.areas()}
    for number, contract in enumerate(contracts[:_LISTS]):
        area = areas["LAB" if number == 0 else "CONS"]
        last = models.PriceList.objects.filter(contract=contract, area_id=area.id).count()
        row = models.PriceList.objects.create(
            contract=contract,
            area_id=area.id,
            version=last + 1,
            status="sent",
            valid_from=timezone.localdate() + timedelta(days=10),
            created_at=now,
            sent_at=now - timedelta(minutes=number),
        )
        services = catalog.services(area_id=area.id, insurer_id=contract.insurer_id)
        models.PriceListItem.objects.bulk_create(
            models.PriceListItem(price_list=row, service_id=one.id, price_gr=95_00 + one.id % 30 * 100)
            for one in (services if number == 0 else services[:_MOST])
        )


def _add_documents(insurer: Organization, contracts: Sequence[models.Contract]) -> None:
    """Let every clinic have given a liability policy; they end in the course of a year."""
    now, today = timezone.now(), timezone.localdate()
    kind = models.DocumentRequirement.objects.create(
        insurer=insurer, code="oc", name="Polisa OC (demo)", has_end=True
    )
    files = Document.objects.bulk_create(
        [
            Document(
                organization_id=one.provider_id,
                kind="pdf",
                original_name="polisa.pdf",
                sha256="0" * 64,
                size=1,
                storage_name=f"bench-{one.pk}",
                created_at=now,
            )
            for one in contracts
        ],
        batch_size=1000,
    )
    models.ContractDocument.objects.bulk_create(
        [
            models.ContractDocument(
                contract=one,
                requirement=kind,
                document=file,
                status="given",
                ends_on=today + timedelta(days=number % 365),
                added_at=now,
                sent_at=now,
            )
            for number, (one, file) in enumerate(zip(contracts, files, strict=True))
        ],
        batch_size=1000,
    )


def _add_terms(*insurers: Organization) -> None:
    """Let every clinic have accepted the general terms and those of its areas."""
    for one in insurers:
        add_version(one, "1", begins=-30)
        for area in catalog.areas():
            add_version(one, "1", begins=-30, area_id=area.id)
    with connection.cursor() as cursor:
        cursor.execute(_ACCEPTANCES)


def add_version(insurer: Organization, version: str, *, begins: int, **more: Any) -> models.TermsVersion:
    """Publish terms that begin so many days from today."""
    return models.TermsVersion.objects.create(
        kind="thematic" if "area_id" in more else "general",
        insurer=insurer,
        version=version,
        valid_from=timezone.localdate() + timedelta(days=begins),
        title="Regulamin (demo)",
        body="§ 1. Treść.",
        sha256="0" * 64,
        published_at=timezone.now(),
        **more,
    )
