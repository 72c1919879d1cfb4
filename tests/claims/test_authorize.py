"""Deciding a claim: amounts, reservation, idempotency, tenancy; every row it writes."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.claims.world import AT, DAY, authorize, balance, uuid_of

from ols.adjudication import types as core
from ols.adjudication import waterfall
from ols.audit import models as audit
from ols.claims import models, selectors
from ols.claims import services as claims
from ols.claims.types import DraftLine
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.ledger import models as ledger_models
from ols.notifications import models as notifications


def usage(world, code, cover=0):
    return models.Usage.objects.get(holder_id=world.covers[cover].pk, benefit_code=code)


def test_an_approved_claim_is_written_whole(world):
    answer = authorize(world, world.draft("CONS-1", "LAB-1"))

    assert (answer.status, answer.outcome) == ("authorized", "APPROVED")
    assert (answer.submitted_gr, answer.insurer_gr, answer.patient_gr, answer.write_off_gr) == (
        23000,
        22500,
        500,
        0,
    )
    assert answer.valid_until == AT + timedelta(hours=24)
    assert [(row.code, row.units_left) for row in answer.left] == [("CONS", 2), ("LAB", None)]
    row = models.Claim.objects.get(uuid=uuid_of(answer))
    assert answer.number == row.number == f"W/2026/{row.pk:07d}"
    assert (row.status, row.insurer_gr, row.patient_gr, row.user_id) == ("authorized", 22500, 500, 7)
    lines = list(row.lines.order_by("position"))
    assert [(line.service_code, line.insurer_gr, line.patient_gr) for line in lines] == [
        ("CONS-1", 20000, 0),
        ("LAB-1", 2500, 500),
    ]
    assert (usage(world, "CONS").used_units, usage(world, "CONS").used_gr) == (1, 20000)
    assert (usage(world, "").used_gr, usage(world, "").moves) == (22500, 1)
    moved = models.UsageMovement.objects.filter(claim_id=row.pk)
    assert sorted(moved.values_list("units", "amount_gr", "deductible_gr")) == [
        (1, 2500, 0),
        (1, 20000, 0),
        (2, 22500, 0),
    ]
    assert balance(world) == 22500
    event = audit.Event.objects.get(subject_uuid=row.uuid)
    assert (event.event, event.actor_user_id, event.organization_id) == (
        "claim.authorize",
        7,
        world.providers[0].pk,
    )
    assert event.data == {"outcome": "APPROVED", "insurer_gr": 22500, "patient_gr": 500}
    message = notifications.OutboxMessage.objects.get(kind="claim.decided")
    assert message.payload == {"claim": str(row.uuid), "status": "authorized"}


def test_a_stored_line_replays_to_the_same_decision(world):
    authorize(world, world.draft("REHAB-1", "CONS-1"))
    lines = list(models.ClaimLine.objects.order_by("position"))
    assert len(lines) == 2
    for line in lines:
        cut, end = len(core.Line._fields), len(core.Line._fields) + len(core.Terms._fields)
        facts = core.Line(*line.facts[:cut]), core.Terms(*line.facts[cut:end]), core.Usage(*line.facts[end:])
        assert list(waterfall.adjudicate_line(*facts)[0]) == line.decision


def test_limits_run_out_exactly(world):
    outcomes = []
    for number in range(5):
        day = DAY - timedelta(days=number)
        outcomes.append(authorize(world, world.draft("CONS-1", day=day), key=f"k{number}"))
    assert [row.outcome for row in outcomes] == ["APPROVED"] * 3 + ["DENIED"] * 2
    assert outcomes[3].lines[0].reasons == ("LIMIT_COUNT",)
    assert outcomes[3].patient_gr == 20000
    assert usage(world, "CONS").used_units == 3
    assert balance(world) == 60000


def test_an_amount_limit_cuts_the_last_line(world):
    draft = replace(world.draft(), lines=(DraftLine("REHAB-1", quantity=8),))
    answer = authorize(world, draft)
    assert (answer.outcome, answer.insurer_gr, answer.patient_gr) == ("APPROVED_PARTIALLY", 50000, 6000)
    assert answer.lines[0].reasons == ("LIMIT_AMOUNT",)
    assert (answer.left[0].units_left, answer.left[0].amount_left_gr) == (2, 0)


def test_an_estimate_says_the_same_and_writes_nothing(world):
    draft = world.draft("CONS-1", "REHAB-1", "DENT-1")
    estimate = claims.check_claim(actor=world.actor(), draft=draft, at=AT)
    assert (estimate.claim_uuid, estimate.number, estimate.status) == (None, "", "")
    assert (
        models.Claim.objects.count()
        == models.Usage.objects.count()
        == models.UsageMovement.objects.count()
        == 0
    )
    answer = authorize(world, draft)
    assert (estimate.outcome, estimate.lines, estimate.left) == (answer.outcome, answer.lines, answer.left)
    assert answer.lines[2].reasons == ("NOT_COVERED",)


def test_the_same_key_gives_the_first_answer(world):
    draft = world.draft("CONS-1")
    first = authorize(world, draft)
    again = authorize(world, draft, at=AT + timedelta(minutes=1))
    assert again == replace(first, left=(), is_repeated=True)
    assert models.Claim.objects.count() == 1
    assert usage(world, "CONS").used_units == 1


def test_the_same_key_for_another_claim_is_refused(world):
    authorize(world, world.draft("CONS-1"))
    with pytest.raises(claims.IdempotencyConflict):
        authorize(world, world.draft("LAB-1"))
    assert models.Claim.objects.count() == 1


def test_a_key_belongs_to_one_provider(world):
    first = authorize(world, world.draft("LAB-1"))
    other = authorize(world, world.draft("LAB-1"), provider=1)
    assert first.claim_uuid != other.claim_uuid


def test_the_same_service_again_waits_for_a_person(world):
    authorize(world, world.draft("LAB-1"))
    second = authorize(world, world.draft("LAB-1"), key="k2")
    assert (second.status, second.outcome) == ("pended", "PENDED_MANUAL")
    assert second.lines[0].reasons == ("DUPLICATE",)
    assert balance(world) == 2500
    assert usage(world, "LAB").used_units == 2
    elsewhere = authorize(world, world.draft("LAB-1"), key="k3", provider=1)
    assert elsewhere.outcome == "APPROVED"


def test_the_same_service_twice_in_a_claim_waits_for_a_person(world):
    answer = authorize(world, world.draft("LAB-1", "LAB-1"))
    assert [line.outcome for line in answer.lines] == ["APPROVED", "PENDED"]


def test_what_is_billed_above_the_price_list_is_written_off(world):
    answer = authorize(world, replace(world.draft(), lines=(DraftLine("CONS-1", 1, 22000),)))
    assert (answer.insurer_gr, answer.patient_gr, answer.write_off_gr) == (20000, 0, 2000)
    assert answer.lines[0].reasons == ("PRICE_ABOVE_CONTRACT",)


def test_a_family_shares_what_is_shared(world):
    world.terms.benefits.filter(code="CONS").update(is_family_shared=True)
    family = world.family()
    parent = authorize(world, world.draft("CONS-1"))
    child = authorize(world, replace(world.draft(cover=1), lines=(DraftLine("CONS-1", 3),)), key="k2")
    assert (parent.left[0].units_left, parent.left[0].is_shared) == (2, True)
    assert (child.outcome, child.lines[0].reasons) == ("APPROVED_PARTIALLY", ("LIMIT_COUNT",))
    counter = models.Usage.objects.get(benefit_code="CONS")
    assert (counter.holder_id, counter.used_units) == (-family.pk, 3)


def test_a_family_keeps_what_it_used_when_its_first_member_leaves(world):
    world.terms.benefits.filter(code="CONS").update(is_family_shared=True)
    world.family()
    authorize(world, replace(world.draft(), lines=(DraftLine("CONS-1", 2),)))
    type(world.covers[0]).objects.filter(pk=world.covers[0].pk).update(family=None)
    stayed = authorize(world, replace(world.draft(cover=1), lines=(DraftLine("CONS-1", 3),)), key="k2")
    assert (stayed.insurer_gr, stayed.lines[0].reasons) == (20000, ("LIMIT_COUNT",))
    left = replace(world.draft(day=DAY - timedelta(days=1)), lines=(DraftLine("CONS-1", 3),))
    assert authorize(world, left, key="k3").insurer_gr == 60000


def test_a_deductible_is_taken_once_a_year(world):
    type(world.terms).objects.update(deductible_gr=10000)
    first = authorize(world, world.draft("LAB-1"))
    second = authorize(world, world.draft("CONS-1"), key="k2")
    assert (first.insurer_gr, first.patient_gr) == (0, 3000)
    assert (second.insurer_gr, second.patient_gr) == (13000, 7000)
    assert usage(world, "").used_deductible_gr == 10000


def test_a_changed_limit_counts_at_once_and_never_below_what_is_used(world):
    authorize(world, replace(world.draft(), lines=(DraftLine("CONS-1", 2),)))
    world.terms.benefits.filter(code="CONS").update(count_limit=1)
    denied = authorize(world, world.draft("CONS-1", day=DAY - timedelta(days=1)), key="k2")
    assert (denied.outcome, usage(world, "CONS").allowed_units) == ("DENIED", 2)
    world.terms.benefits.filter(code="CONS").update(count_limit=-1)
    paid = authorize(world, world.draft("CONS-1", day=DAY - timedelta(days=2)), key="k3")
    assert (paid.outcome, usage(world, "CONS").allowed_units) == ("APPROVED", None)


def test_what_cannot_be_asked(world):
    for lines, field, code in (
        ((), "lines", "EMPTY"),
        ((DraftLine(""),), "lines[0].service_code", "EMPTY"),
        ((DraftLine("CONS-1", 0),), "lines[0].quantity", "RANGE"),
        ((DraftLine("CONS-1", 1, -1),), "lines[0].billed_gr", "RANGE"),
        ((DraftLine("CONS\0-1"),), "lines[0].service_code", "CHARACTERS"),
        (tuple(DraftLine("CONS-1") for _ in range(51)), "lines", "TOO_MANY"),
    ):
        with pytest.raises(claims.DraftInvalid) as caught:
            authorize(world, replace(world.draft(), lines=lines))
        assert (caught.value.field, caught.value.code) == (field, code)
    with pytest.raises(claims.UnknownService, match="NO-SUCH"):
        authorize(world, world.draft("CONS-1", "NO-SUCH"))
    for key in ("", "x" * 81, "a\0b"):
        with pytest.raises(claims.KeyInvalid):
            authorize(world, world.draft("CONS-1"), key=key)
    assert models.Claim.objects.count() == 0


def test_foreign_covers_and_people_without_permission(world):
    with pytest.raises(claims.CoverageNotFound):
        authorize(world, replace(world.draft("CONS-1"), coverage_uuid=uuid4()))
    stranger = replace(world.actor(), organization_id=world.providers[1].pk + 1000)
    with pytest.raises(claims.CoverageNotFound):
        claims.authorize_claim(actor=stranger, draft=world.draft("CONS-1"), idempotency_key="x", at=AT)
    nobody = replace(world.actor(), permissions=frozenset())
    for service in (claims.authorize_claim, claims.check_claim):
        extra = {"idempotency_key": "x"} if service is claims.authorize_claim else {}
        with pytest.raises(NotPermitted):
            service(actor=nobody, draft=world.draft("CONS-1"), at=AT, **extra)
    assert models.Claim.objects.count() == 0


def test_a_claim_is_seen_by_its_two_sides_only(world):
    claim_uuid = uuid_of(authorize(world, world.draft("CONS-1")))
    for actor in (world.actor(), world.handler()):
        detail = selectors.claim_detail(actor=actor, claim_uuid=claim_uuid)
        assert (detail.patient, detail.insurer_gr, len(detail.lines)) == ("Anna K.", 20000, 1)
    with pytest.raises(NotFound):
        selectors.claim_detail(actor=world.actor(1), claim_uuid=claim_uuid)
    other_insurer = replace(world.handler(), organization_id=world.insurer.pk + 1000)
    with pytest.raises(NotFound):
        selectors.claim_detail(actor=other_insurer, claim_uuid=claim_uuid)


def test_missing_accounts_are_opened(world):
    ledger_models.Account.objects.all().delete()
    assert authorize(world, world.draft("CONS-1")).outcome == "APPROVED"
    assert balance(world) == 20000
