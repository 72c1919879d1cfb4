"""A small world in which a claim can be made: an insurer, its plan, providers with prices, people."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from ols.accounts import models as accounts
from ols.catalog import models as catalog
from ols.claims import services as claims
from ols.claims.types import ClaimDraft, DraftLine
from ols.coverage import models as coverage
from ols.db import crypto
from ols.kernel.actor import Actor
from ols.ledger import models as ledger
from ols.ledger import selectors as book
from ols.network import models as network
from ols.plans import models as plans

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = date(2026, 11, 20)
START = date(2026, 1, 1)
PRICED_FROM = date(2025, 1, 1)
PESELS = ("85071512324", "00210100141", "08222905574")
SUBMIT = frozenset({"claim:submit"})
REVIEW = frozenset({"claim:review"})


@dataclass
class World:
    """What tests refer to; every id is a row's."""

    insurer: accounts.Organization
    providers: list[accounts.Organization]
    contracts: list[network.Contract]
    plan: plans.InsurancePlan
    terms: plans.PlanTerms
    covers: list[coverage.Coverage]
    services: dict[str, catalog.Service]

    def actor(self, number: int = 0) -> Actor:
        """Return the receptionist of a provider."""
        return Actor(7, self.providers[number].pk, "provider", SUBMIT, "web", name="Rejestracja (demo)")

    def handler(self) -> Actor:
        """Return the insurer's claims handler."""
        return Actor(8, self.insurer.pk, "insurer", REVIEW, "web", name="Likwidator (demo)")

    def family(self) -> coverage.Family:
        """Make everybody insured one family."""
        row = coverage.Family.objects.create(policy=self.covers[0].policy, key="F1", year_from=START)
        coverage.Coverage.objects.update(family=row)
        return row

    def draft(self, *codes: str, cover: int = 0, day: date = DAY, **fields) -> ClaimDraft:
        """Return a draft of one unit of each service at the accepted price."""
        lines = tuple(DraftLine(code) for code in codes)
        return ClaimDraft(self.covers[cover].uuid, day, lines, **fields)


def make(*, providers: int = 2, people: int = 2, deductible_gr: int = 0) -> World:
    """Build it: CONS-1 is limited to 3 visits, REHAB-1 to 10 units and 500 zł, LAB-1 has no limit."""
    insurer = _organization("insurer", "Towarzystwo Ubezpieczeń (demo)", "5260001246")
    clinics = [
        _organization("provider", f"Przychodnia {n} (demo)", f"123456{n:04d}") for n in range(providers)
    ]
    area, services = _catalog()
    plan = plans.InsurancePlan.objects.create(insurer=insurer, code="P1", name="Plan podstawowy (demo)")
    terms = plans.PlanTerms.objects.create(
        plan=plan, valid_from=START, deductible_gr=deductible_gr, published_at=AT
    )
    for code, limits in {
        "CONS": {"count_limit": 3},
        "REHAB": {"count_limit": 10, "amount_limit_gr": 50000},
        "LAB": {"copay_gr": 500},
    }.items():
        benefit(terms, code, services[f"{code}-1"], **limits)
    contracts = [_contract(insurer, clinic, area, services) for clinic in clinics]
    covers = _covers(insurer, plan, people)
    return World(insurer, clinics, contracts, plan, terms, covers, services)


def benefit(terms, code: str, service, **fields) -> plans.Benefit:
    """Add a benefit with one service."""
    row = plans.Benefit.objects.create(terms=terms, code=code, name=f"Świadczenie {code}", **fields)
    plans.BenefitService.objects.create(terms=terms, benefit=row, service=service)
    return row


def _organization(kind: str, name: str, nip: str) -> accounts.Organization:
    return accounts.Organization.objects.create(kind=kind, name=name, nip=nip, created_at=AT)


def _catalog() -> tuple[catalog.ServiceArea, dict[str, catalog.Service]]:
    area, _ = catalog.ServiceArea.objects.get_or_create(
        code="CONS", defaults={"position": 1, "name_pl": "konsultacje", "name_en": "x"}
    )
    names = {"CONS-1": "Konsultacja", "REHAB-1": "Ćwiczenia", "LAB-1": "Morfologia", "DENT-1": "Skaling"}
    return area, {
        code: catalog.Service.objects.create(code=code, area=area, name=name, search_key=name.lower())
        for code, name in names.items()
    }


def _contract(insurer, clinic, area, services) -> network.Contract:
    row = network.Contract.objects.create(
        number=f"U/{clinic.pk}",
        insurer=insurer,
        provider=clinic,
        status="active",
        starts_on=PRICED_FROM,
        created_at=AT,
    )
    text, _ = network.TermsVersion.objects.get_or_create(
        kind="thematic", insurer=insurer, area=area, version="1",
        defaults={
            "valid_from": START, "title": "Regulamin", "body": "x", "sha256": "0" * 64, "published_at": AT,
        },
    )  # fmt: skip
    network.TermsAcceptance.objects.create(
        terms=text, organization=clinic, user_id=1, user_name="x", at=AT, sha256="0" * 64
    )
    prices = network.PriceList.objects.create(
        contract=row, area=area, version=1, status="accepted", valid_from=START, created_at=AT
    )
    for service, price_gr in zip(services.values(), (20000, 7000, 3000, 15000), strict=True):
        network.ContractedPrice.objects.create(
            contract=row, insurer_id=insurer.pk, provider_id=clinic.pk, area=area, service=service,
            price_list=prices, price_gr=price_gr, valid_from=PRICED_FROM,
        )  # fmt: skip
    for code in (
        f"insurer:{insurer.pk}:benefit-expense",
        f"insurer:{insurer.pk}:provider:{clinic.pk}:decided",
    ):
        ledger.Account.objects.get_or_create(code=code)
    return row


def _covers(insurer, plan, people: int) -> list[coverage.Coverage]:
    policy = coverage.Policy.objects.create(
        insurer=insurer, plan=plan, number="POL-1", holder_name="Firma (demo)"
    )
    made = []
    for number in range(people):
        person = coverage.InsuredPerson.objects.create(
            insurer=insurer,
            pesel_encrypted=b"",
            pesel_index=crypto.blind_index(PESELS[number], purpose="pesel"),
            first_name="Anna",
            last_name="Kowalska (demo)",
            birth_date=date(1985, 7, 15),
            sex="F",
        )
        made.append(
            coverage.Coverage.objects.create(
                insurer=insurer,
                policy=policy,
                person=person,
                plan=plan,
                card_number=f"K{number}",
                cover_from=START,
                cover_to=date(2026, 12, 31),
                waiting_from=START,
            )
        )
    return made


def uuid_of(answer) -> UUID:
    """Return the claim's uuid; an estimate has none."""
    assert answer.claim_uuid is not None
    return answer.claim_uuid


def authorize(world, draft, key="k1", provider=0, at=AT):
    """Decide a claim as the receptionist of a clinic sends it."""
    return claims.authorize_claim(actor=world.actor(provider), draft=draft, idempotency_key=key, at=at)


def balance(world, provider=0):
    """Return the grosze decided for a clinic and not reported yet."""
    pair = f"insurer:{world.insurer.pk}:provider:{world.providers[provider].pk}"
    return book.balance(code=f"{pair}:decided")
