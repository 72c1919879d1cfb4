"""Why a claim, or a line of it, is not paid: every reason from the facts of its day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.models import F
from tests.claims.world import AT, DAY, authorize, balance

from ols.catalog import models as catalog
from ols.claims import models
from ols.claims.types import DraftLine
from ols.network import models as network


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"day": date(2025, 12, 31)}, "COVER_NOT_STARTED"),
        ({"day": date(2027, 1, 1), "at": AT.replace(year=2027, month=1, day=2)}, "COVER_ENDED"),
        ({"day": DAY + timedelta(days=1)}, "FUTURE_DATE"),
        ({"day": date(2026, 10, 1)}, "FILED_TOO_LATE"),
        ({"suspended_from": DAY}, "PREMIUM_SUSPENDED"),
        ({"is_active": False}, "NOT_ACTIVE"),
        ({"contract": "suspended"}, "PROVIDER_NOT_ACTIVE"),
        ({"benefit": {"needs_referral": True}}, "REFERRAL_MISSING"),
        ({"benefit": {"is_excluded": True}}, "EXCLUDED"),
        ({"benefit": {"age_from": 50}}, "AGE"),
        ({"benefit": {"age_below": 41}}, "AGE"),
        ({"benefit": {"sex": "M"}}, "SEX"),
        ({"benefit": {"waiting_months": 11}}, "WAITING_PERIOD"),
        ({"benefit": {"needs_authorization": True}}, "AUTH_REQUIRED"),
    ],
)
def test_reasons_against(world, change, reason):
    cover, contract = world.covers[0], world.contracts[0]
    type(cover).objects.filter(pk=cover.pk).update(
        **{name: change[name] for name in ("suspended_from", "is_active") if name in change}, plan=world.plan
    )
    type(contract).objects.filter(pk=contract.pk).update(status=change.get("contract", "active"))
    world.terms.benefits.filter(code="CONS").update(**change.get("benefit", {"sex": ""}))
    answer = authorize(world, world.draft("CONS-1", day=change.get("day", DAY)), at=change.get("at", AT))
    assert (answer.status, answer.insurer_gr, answer.patient_gr) == ("denied", 0, 20000)
    assert answer.lines[0].reasons == (reason,)
    assert balance(world) == 0
    assert models.UsageMovement.objects.count() == 0


def test_a_benefit_without_waiting_is_paid_from_the_first_day_of_cover(world):
    """The day waiting counts from may be later than the cover: after a change to a better plan, say."""
    cover = world.covers[0]
    type(cover).objects.filter(pk=cover.pk).update(waiting_from=DAY + timedelta(days=1))
    world.terms.benefits.filter(code="LAB").update(waiting_days=1)
    answer = authorize(world, world.draft("CONS-1", "LAB-1"))
    assert [line.reasons for line in answer.lines] == [(), ("WAITING_PERIOD",)]


def test_an_interval_counts_from_the_nearest_visit(world):
    world.terms.benefits.filter(code="CONS").update(interval_days=7)
    authorize(world, world.draft("CONS-1", day=DAY - timedelta(days=6)))
    assert authorize(world, world.draft("CONS-1"), key="k2").lines[0].reasons == ("INTERVAL",)
    later = authorize(world, world.draft("CONS-1", day=DAY - timedelta(days=13)), key="k3")
    assert later.outcome == "APPROVED"


def test_referral_date_is_used(world):
    world.terms.benefits.filter(code="CONS").update(needs_referral=True, referral_valid_days=30)
    good = authorize(world, world.draft("CONS-1", referral_date=DAY - timedelta(days=30)))
    late = authorize(world, world.draft("CONS-1", referral_date=DAY - timedelta(days=31)), provider=1)
    assert (good.outcome, late.lines[0].reasons) == ("APPROVED", ("REFERRAL_EXPIRED",))


def test_a_price_that_is_not_agreed(world):
    prices = network.ContractedPrice.objects.filter(service=world.services["LAB-1"])
    prices.update(valid_to=F("valid_from"))  # ended before it began: prices are never deleted
    answer = authorize(world, replace(world.draft(), lines=(DraftLine("LAB-1", 1, 3000),)))
    assert answer.lines[0].reasons == ("NOT_ON_PRICE_LIST",)


def test_terms_that_were_never_accepted(world):
    area, _ = catalog.ServiceArea.objects.get_or_create(code="DENT", defaults={"position": 7, "name_pl": "x"})
    catalog.Service.objects.filter(code="CONS-1").update(area=area)
    answer = authorize(world, world.draft("CONS-1"))
    assert answer.lines[0].reasons == ("TERMS_NOT_ACCEPTED",)
