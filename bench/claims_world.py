"""The world of the claims bench: one insurer, its plan, 20 providers, 2,000 insured people. All invented."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from ols.accounts import models as accounts
from ols.accounts import services as accounts_services
from ols.accounts.permissions import Role
from ols.api import tokens
from ols.catalog import models as catalog
from ols.claims import services as claims
from ols.coverage import models as coverage
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.ledger import services as ledger
from ols.network import models as network
from ols.plans import models as plans

PEOPLE = 2000
PROVIDERS = 20
BENEFITS = 5
SERVICES_OF_BENEFIT = 8
SYSTEM = Actor.system("bench")


@dataclass(frozen=True)
class World:
    """What the drivers need to know of the seeded rows."""

    insurer_id: int
    provider_ids: list[int]
    tokens: list[str]
    codes: list[str]
    today: date
    service_ids: list[int]
    first_contract_id: int
    first_person_id: int
    first_coverage_id: int


def coverage_uuid(number: int) -> UUID:
    """Return the identity of the number-th cover (from 1); pgbench computes the same."""
    return UUID(f"00000000-0000-7000-8000-{number:012x}")


def seed() -> World:
    """Fill an empty, migrated database."""
    world = _seed()
    claims.open_usage_years(actor=SYSTEM, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world


@use_case
def _seed() -> World:
    now = timezone.now()
    today = timezone.localdate(now)
    insurer = accounts_services.create_organization(
        actor=SYSTEM, kind="insurer", name="Towarzystwo Ubezpieczeń (demo)", nip="5260001246", at=now
    )
    area = catalog.ServiceArea.objects.get(code="CONS")
    services = [
        catalog.Service.objects.create(
            code=f"B-{number:03d}", area=area, name=f"Usługa {number} (demo)", search_key=f"usluga {number}"
        )
        for number in range(BENEFITS * SERVICES_OF_BENEFIT)
    ]
    plan = _plan(insurer, services, today)
    providers = [_provider(number, insurer, area, services, today) for number in range(PROVIDERS)]
    covers = _covers(insurer, plan, today)
    return World(
        insurer_id=insurer.pk,
        provider_ids=[row.provider_id for row in providers],
        tokens=[_token(row.provider_id, number) for number, row in enumerate(providers)],
        codes=[service.code for service in services],
        today=today,
        service_ids=[service.pk for service in services],
        first_contract_id=providers[0].pk,
        first_person_id=covers[0].person_id,
        first_coverage_id=covers[0].pk,
    )


def _plan(
    insurer: accounts.Organization, services: list[catalog.Service], today: date
) -> plans.InsurancePlan:
    """Make a plan whose limits are real, but are not reached within the bench."""
    plan = plans.InsurancePlan.objects.create(insurer=insurer, code="B", name="Plan (demo)")
    terms = plans.PlanTerms.objects.create(
        plan=plan, valid_from=today - timedelta(days=400), published_at=timezone.now(),
        deductible_gr=100_00, sum_insured_gr=10**11, filing_limit_days=60,
    )  # fmt: skip
    for number in range(BENEFITS):
        benefit = plans.Benefit.objects.create(
            terms=terms, code=f"B{number}", name=f"Świadczenie {number}", count_limit=10**6,
            amount_limit_gr=10**10, copay_gr=500, coinsurance_bp=1000,
        )  # fmt: skip
        for service in services[number * SERVICES_OF_BENEFIT :][:SERVICES_OF_BENEFIT]:
            plans.BenefitService.objects.create(terms=terms, benefit=benefit, service=service)
            plans.PriceLimit.objects.create(
                insurer=insurer, service=service, valid_from=terms.valid_from, limit_gr=190_00
            )
    return plan


def _provider(
    number: int,
    insurer: accounts.Organization,
    area: catalog.ServiceArea,
    services: list[catalog.Service],
    today: date,
) -> network.Contract:
    now, since = timezone.now(), today - timedelta(days=400)
    provider = accounts_services.create_organization(
        actor=SYSTEM, kind="provider", name=f"Przychodnia {number} (demo)", nip=f"{number:010d}", at=now
    )
    contract = network.Contract.objects.create(
        number=f"B/{number}",
        insurer=insurer,
        provider=provider,
        status="active",
        starts_on=since,
        created_at=now,
    )
    terms, _ = network.TermsVersion.objects.get_or_create(
        kind="thematic", insurer=insurer, area=area, version="1",
        defaults={"valid_from": since, "title": "-", "body": "-", "sha256": "0" * 64, "published_at": now},
    )  # fmt: skip
    network.TermsAcceptance.objects.create(
        terms=terms, organization=provider, user_id=1, user_name="-", at=now, sha256="0" * 64
    )
    prices = network.PriceList.objects.create(
        contract=contract, area=area, version=1, status="accepted", valid_from=since, created_at=now
    )
    network.ContractedPrice.objects.bulk_create(
        [
            network.ContractedPrice(
                contract=contract, insurer_id=insurer.pk, provider_id=provider.pk, area=area, service=service,
                price_list=prices, price_gr=200_00, valid_from=since,
            )
            for service in services
        ]
    )  # fmt: skip
    ledger.open_accounts(
        [
            ledger.insurer_account(insurer_id=insurer.pk, purpose="benefit-expense"),
            ledger.provider_account(insurer_id=insurer.pk, provider_id=provider.pk, stage="decided"),
        ]
    )
    return contract


def _token(provider_id: int, number: int) -> str:
    user = accounts_services.add_member(
        actor=SYSTEM, organization_id=provider_id, email=f"desk{number}@example.org",
        name="Rejestracja (demo)", roles=[Role.RECEPTIONIST], at=timezone.now(),
    )  # fmt: skip
    return tokens.issue(
        user_id=user.pk, organization_id=provider_id, expires_at=timezone.now() + timedelta(hours=6)
    )


def _covers(
    insurer: accounts.Organization, plan: plans.InsurancePlan, today: date
) -> list[coverage.Coverage]:
    policy = coverage.Policy.objects.create(
        insurer=insurer, plan=plan, number="B-1", holder_name="Firma (demo)"
    )
    people = coverage.InsuredPerson.objects.bulk_create(
        [
            coverage.InsuredPerson(
                insurer=insurer, pesel_encrypted=b"", pesel_index=number.to_bytes(32, "big"),
                first_name="Anna", last_name="(demo)", birth_date=date(1985, 7, 15), sex="F",
            )
            for number in range(1, PEOPLE + 1)
        ]
    )  # fmt: skip
    since = today - timedelta(days=300)
    return coverage.Coverage.objects.bulk_create(
        [
            coverage.Coverage(
                uuid=coverage_uuid(number), insurer=insurer, policy=policy, person=person, plan=plan,
                card_number=f"B{number}", cover_from=since,
                cover_to=since + timedelta(days=364), waiting_from=since,
            )
            for number, person in enumerate(people, start=1)
        ]
    )  # fmt: skip
