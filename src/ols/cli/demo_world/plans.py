"""Three plans with the rules that Polish outpatient products have, and the insurers' price limits."""

from dataclasses import dataclass
from typing import Any

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.cli.demo_world.chance import at_hour
from ols.cli.demo_world.world import World
from ols.kernel import money
from ols.network import services as network
from ols.plans import services as plans


@dataclass(frozen=True)
class Promise:
    """One benefit: an area's services, or only some of them, and the limits and conditions."""

    code: str
    name: str
    area: str
    rules: dict[str, Any]
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A plan of an insurer (by its place), the share of all insured it has, its amounts in grosze."""

    insurer: int
    code: str
    name: str
    share: float
    benefits: tuple[Promise, ...]
    deductible_gr: int = 0
    sum_insured_gr: int = -1
    is_family: bool = False


_CHECKUPS = ("CONS-011", "CONS-012", "CONS-013")
_SCANS = ("IMG-008", "IMG-009")
_REFERRED = {"needs_referral": True, "referral_valid_days": 90}

PLANS = (
    Plan(
        0,
        "LIPA-START",
        "Lipa Start (demo)",
        0.4,
        (
            Promise("KONSULTACJE", "Konsultacje lekarskie", "CONS", {"count_limit": 8, "copay_gr": 20_00}),
            Promise("PIELEGNIARKA", "Zabiegi pielęgniarskie", "NURS", {"count_limit": 12}),
            Promise(
                "LABORATORIUM", "Badania laboratoryjne", "LAB", {"count_limit": 25, "amount_limit_gr": 600_00}
            ),
            Promise(
                "OBRAZOWE", "Badania obrazowe", "IMG", {"count_limit": 3, "coinsurance_bp": 2000, **_REFERRED}
            ),
            Promise(
                "REHABILITACJA",
                "Rehabilitacja",
                "REHAB",
                {"count_limit": 10, "waiting_days": 90, **_REFERRED},
            ),
            Promise("STOMATOLOGIA", "Stomatologia", "DENT", {"is_excluded": True}),
        ),
    ),
    Plan(
        0,
        "LIPA-KOMFORT",
        "Lipa Komfort (demo)",
        0.3,
        (
            Promise("KONSULTACJE", "Konsultacje i zabiegi ambulatoryjne", "CONS", {}),
            Promise("PIELEGNIARKA", "Zabiegi pielęgniarskie", "NURS", {}),
            Promise("WIZYTY", "Wizyty domowe", "HOME", {"count_limit": 4, "copay_gr": 50_00}),
            Promise("LABORATORIUM", "Badania laboratoryjne", "LAB", {"amount_limit_gr": 2000_00}),
            Promise(
                "TK-MR",
                "Tomografia i rezonans",
                "IMG",
                {"count_limit": 2, "waiting_months": 3, **_REFERRED},
                _SCANS,
            ),
            Promise("OBRAZOWE", "Badania obrazowe", "IMG", {"count_limit": 8}),
            Promise(
                "REHABILITACJA",
                "Rehabilitacja",
                "REHAB",
                {"count_limit": 30, "amount_limit_gr": 2500_00, "waiting_days": 60, "coinsurance_bp": 1000},
            ),
            Promise(
                "STOMATOLOGIA",
                "Stomatologia",
                "DENT",
                {"amount_limit_gr": 1200_00, "waiting_months": 3, "coinsurance_bp": 3000},
            ),
        ),
    ),
    Plan(
        1,
        "BURSZTYN-RODZINA",
        "Bursztyn Rodzina (demo)",
        0.3,
        (
            Promise(
                "KONSULTACJE", "Konsultacje lekarskie", "CONS", {"count_limit": 30, "is_family_shared": True}
            ),
            Promise("DIAGNOSTYKA", "EKG, Holter, spirometria", "CONS", {"interval_days": 30}, _CHECKUPS),
            Promise(
                "LABORATORIUM",
                "Badania laboratoryjne",
                "LAB",
                {"amount_limit_gr": 2000_00, "is_family_shared": True},
            ),
            Promise("OBRAZOWE", "Badania obrazowe", "IMG", {"coinsurance_bp": 1500, "waiting_days": 30}),
            Promise(
                "REHABILITACJA",
                "Rehabilitacja",
                "REHAB",
                {"count_limit": 40, "is_family_shared": True, "copay_gr": 10_00, **_REFERRED},
            ),
            Promise("STOMATOLOGIA", "Stomatologia", "DENT", {"franchise_gr": 100_00, "coinsurance_bp": 5000}),
        ),
        deductible_gr=100_00,
        sum_insured_gr=15_000_00,
        is_family=True,
    ),
)
_FILING_DAYS = 30
# The most an insurer covers, beside the catalog's price; services without a limit are paid as agreed.
_LIMIT_RATES_BP = (10_000, 9_500)
_LIMITED = ("CONS", "IMG", "DENT")


def publish_plans(world: World) -> None:
    """Create and publish the plans, and set the price limits."""
    services = {area.code: catalog.services(area_id=area.id) for area in catalog.areas()}
    for plan in PLANS:
        _publish_plan(world, plan, services)
    for insurer, rate_bp in zip(world.insurers, _LIMIT_RATES_BP, strict=True):
        limits = {
            row.id: money.share(row.demo_price_gr, rate_bp)
            for code in _LIMITED
            for row in services[code][::2]
        }
        network.set_price_limits(
            actor=insurer.actor(Role.PLAN_MANAGER),
            limits=limits,
            valid_from=world.founded,
            at=at_hour(world.founded, 9),
        )


def _publish_plan(world: World, plan: Plan, services: dict[str, list[catalog.ServiceRow]]) -> None:
    at = at_hour(world.founded, 8)
    actor = world.insurers[plan.insurer].actor(Role.PLAN_MANAGER)
    plan_uuid = plans.create_plan(actor=actor, code=plan.code, name=plan.name, at=at)
    terms_uuid = plans.draft_terms(
        actor=actor,
        plan_uuid=plan_uuid,
        valid_from=world.founded,
        deductible_gr=plan.deductible_gr,
        sum_insured_gr=plan.sum_insured_gr,
        filing_limit_days=_FILING_DAYS,
        at=at,
    )
    singled_out = {code for promise in plan.benefits for code in promise.only}
    for promise in plan.benefits:
        service_ids = tuple(
            row.id
            for row in services[promise.area]
            if (row.code in promise.only if promise.only else row.code not in singled_out)
        )
        draft = plans.BenefitDraft(promise.code, promise.name, service_ids, **promise.rules)
        plans.save_benefit(actor=actor, terms_uuid=terms_uuid, draft=draft, at=at)
    plans.publish_terms(actor=actor, terms_uuid=terms_uuid, at=at)
