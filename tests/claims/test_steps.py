"""After the decision: confirm, cancel, reverse, expire, and what a person decides of a held claim."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from tests.claims.world import AT, DAY, uuid_of

from ols.audit import selectors as audit
from ols.claims import models, selectors, states
from ols.claims import services as claims
from ols.claims.types import ClaimFilters
from ols.db.errors import NotFound
from ols.kernel.actor import Actor, NotPermitted
from ols.ledger import selectors as ledger
from ols.workflow.machine import TransitionRefused

SYSTEM = Actor.system("job")
SOON = AT + timedelta(hours=1)


def authorized(world, code="CONS-1", key="k1", **draft):
    answer = claims.authorize_claim(
        actor=world.actor(), draft=world.draft(code, **draft), idempotency_key=key, at=AT
    )
    return uuid_of(answer)


def held(world):
    authorized(world)
    return authorized(world, key="k2")


def state(world):
    """Return the counters and the balance: what every step moves or must leave alone."""
    usage = models.Usage.objects.order_by("benefit_code")
    account = f"insurer:{world.insurer.pk}:provider:{world.providers[0].pk}:decided"
    used = {row.benefit_code: (row.used_units, row.used_gr) for row in usage}
    return used["CONS"], used[""], ledger.balance(code=account)


def status(claim_uuid):
    return models.Claim.objects.get(uuid=claim_uuid).status


def test_confirm_makes_a_claim_settleable(world):
    claim_uuid = authorized(world)
    claims.confirm_claim(actor=world.actor(), claim_uuid=claim_uuid, at=SOON)
    row = models.Claim.objects.get(uuid=claim_uuid)
    assert (row.status, row.confirmed_at) == ("confirmed", SOON)
    assert state(world) == ((1, 20000), (1, 20000), 20000)
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, insurer_gr, service_codes FROM claims_pub_settlement")
        assert cursor.fetchall() == [("confirmed", 20000, "CONS-1")]
    with pytest.raises(TransitionRefused):
        claims.confirm_claim(actor=world.actor(), claim_uuid=claim_uuid, at=SOON)


def test_an_expired_decision_cannot_be_confirmed(world):
    claim_uuid = authorized(world)
    with pytest.raises(claims.AuthorizationExpired):
        claims.confirm_claim(actor=world.actor(), claim_uuid=claim_uuid, at=AT + timedelta(hours=25))
    assert status(claim_uuid) == "authorized"


def test_cancel_gives_everything_back(world):
    claim_uuid = authorized(world)
    claims.cancel_claim(actor=world.actor(), claim_uuid=claim_uuid, at=SOON)
    assert (status(claim_uuid), *state(world)) == ("cancelled", (0, 0), (0, 0), 0)
    again = claims.check_claim(actor=world.actor(), draft=world.draft("CONS-1"), at=SOON)
    assert (again.outcome, again.left[0].units_left) == ("APPROVED", 2)


def test_reverse_gives_everything_back_and_needs_a_reason(world):
    claim_uuid = authorized(world)
    claims.confirm_claim(actor=world.actor(), claim_uuid=claim_uuid, at=SOON)
    with pytest.raises(claims.RemarkMissing):
        claims.reverse_claim(actor=world.actor(), claim_uuid=claim_uuid, at=SOON, remark=" ")
    assert state(world) == ((1, 20000), (1, 20000), 20000)
    claims.reverse_claim(actor=world.actor(), claim_uuid=claim_uuid, at=SOON, remark="Pomyłka")
    assert (status(claim_uuid), *state(world)) == ("reversed", (0, 0), (0, 0), 0)
    events = [row.event for row in audit.history(subject_uuid=claim_uuid)]
    assert events == ["claim.authorize", "claim.confirm", "claim.reverse"]


def test_expiry_closes_what_is_over_and_nothing_else(world):
    old = authorized(world)
    confirmed = authorized(world, key="k2", day=DAY - timedelta(days=1))
    claims.confirm_claim(actor=world.actor(), claim_uuid=confirmed, at=SOON)
    assert claims.expire_claims(actor=SYSTEM, at=AT + timedelta(hours=23)) == 0
    assert claims.expire_claims(actor=SYSTEM, at=AT + timedelta(hours=25)) == 1
    assert (status(old), status(confirmed)) == ("expired", "confirmed")
    assert state(world) == ((1, 20000), (1, 20000), 20000)


def test_a_held_claim_keeps_its_place_and_owes_nothing(world):
    claim_uuid = held(world)
    assert (status(claim_uuid), *state(world)) == ("pended", (2, 40000), (2, 40000), 20000)
    assert [row.uuid for row in selectors.pended_claims(actor=world.handler())] == [claim_uuid]


def test_a_released_claim_is_owed(world):
    claim_uuid = held(world)
    claims.approve_claim(actor=world.handler(), claim_uuid=claim_uuid, at=SOON)
    row = models.Claim.objects.get(uuid=claim_uuid)
    assert (row.status, row.outcome, row.valid_until) == (
        "authorized",
        "APPROVED",
        SOON + timedelta(hours=24),
    )
    assert [line.outcome for line in row.lines.all()] == ["APPROVED"]
    assert state(world) == ((2, 40000), (2, 40000), 40000)


def test_a_refused_claim_gives_its_place_back(world):
    claim_uuid = held(world)
    with pytest.raises(claims.RemarkMissing):
        claims.deny_claim(actor=world.handler(), claim_uuid=claim_uuid, at=SOON, remark="")
    claims.deny_claim(actor=world.handler(), claim_uuid=claim_uuid, at=SOON, remark="To samo badanie")
    detail = selectors.claim_detail(actor=world.actor(), claim_uuid=claim_uuid)
    assert (detail.status, detail.outcome, detail.insurer_gr, detail.patient_gr) == (
        "denied",
        "DENIED",
        0,
        20000,
    )
    line = detail.lines[0]
    assert (line.outcome, line.insurer_gr, line.patient_gr, line.reasons) == (
        "DENIED",
        0,
        20000,
        ("MANUAL_REVIEW",),
    )
    assert state(world) == ((1, 20000), (1, 20000), 20000)


def test_a_line_the_rules_refused_keeps_their_reason_when_a_person_refuses_the_claim(world):
    authorized(world)
    draft = world.draft("CONS-1", "DENT-1")
    answer = claims.authorize_claim(actor=world.actor(), draft=draft, idempotency_key="two", at=AT)
    claims.deny_claim(actor=world.handler(), claim_uuid=uuid_of(answer), at=SOON, remark="To samo badanie")
    detail = selectors.claim_detail(actor=world.actor(), claim_uuid=uuid_of(answer))
    assert [line.reasons for line in detail.lines] == [("MANUAL_REVIEW",), ("NOT_COVERED",)]
    assert (detail.insurer_gr, detail.patient_gr) == (0, 35000)
    assert sum(line.patient_gr for line in detail.lines) == detail.patient_gr


def test_a_held_claim_can_be_cancelled(world):
    claim_uuid = held(world)
    claims.cancel_claim(actor=world.actor(), claim_uuid=claim_uuid, at=SOON)
    assert state(world) == ((1, 20000), (1, 20000), 20000)


STEPS = {
    "confirm": (claims.confirm_claim, {}),
    "cancel": (claims.cancel_claim, {}),
    "reverse": (claims.reverse_claim, {"remark": "x"}),
    "approve": (claims.approve_claim, {}),
    "deny": (claims.deny_claim, {"remark": "x"}),
}


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize("begins", sorted(states.CLAIM.statuses))
def test_every_status_with_every_step(world, action, begins):
    claim_uuid = held(world) if action in {"approve", "deny"} else authorized(world)
    models.Claim.objects.filter(uuid=claim_uuid).update(status=begins)
    service, extra = STEPS[action]
    actor = world.handler() if action in {"approve", "deny"} else world.actor()
    transition = states.CLAIM.transitions[action]
    if begins in transition.sources:
        service(actor=actor, claim_uuid=claim_uuid, at=SOON, **extra)
        assert status(claim_uuid) == transition.target
    else:
        before = state(world)
        with pytest.raises(TransitionRefused):
            service(actor=actor, claim_uuid=claim_uuid, at=SOON, **extra)
        assert (status(claim_uuid), state(world)) == (begins, before)


@pytest.mark.parametrize("action", STEPS)
def test_strangers_and_colleagues_without_the_role(world, action):
    claim_uuid = held(world)
    service, extra = STEPS[action]
    own = world.handler() if action in {"approve", "deny"} else world.actor()
    before = (status(claim_uuid), state(world))
    strangers = Actor(9, own.organization_id + 1000, own.organization_kind, own.permissions, "web")
    with pytest.raises(NotFound):
        service(actor=strangers, claim_uuid=claim_uuid, at=SOON, **extra)
    with pytest.raises(NotFound):
        service(actor=own, claim_uuid=uuid4(), at=SOON, **extra)
    colleague = Actor(9, own.organization_id, own.organization_kind, frozenset(), "web")
    with pytest.raises(NotPermitted):
        service(actor=colleague, claim_uuid=claim_uuid, at=SOON, **extra)
    assert (status(claim_uuid), state(world)) == before


def test_counters_are_opened_ahead_and_once(world):
    assert claims.open_usage_years(actor=SYSTEM, at=AT) == 8
    assert claims.open_usage_years(actor=SYSTEM, at=AT) == 0
    world.terms.benefits.filter(code="CONS").update(count_limit=5)
    assert claims.open_usage_years(actor=SYSTEM, at=AT, insurer_id=world.insurer.pk) == 2
    assert claims.open_usage_years(actor=SYSTEM, at=AT, insurer_id=world.insurer.pk + 1) == 0
    rows = models.Usage.objects.filter(benefit_code="CONS")
    assert set(rows.values_list("allowed_units", "period_from", "period_to")) == {
        (5, world.covers[0].cover_from, world.covers[0].cover_to)
    }


def test_lists_filter_and_add_up(world):
    authorized(world)
    authorized(world, "LAB-1", "k2", day=DAY - timedelta(days=1))
    actor = world.actor()
    rows = selectors.claims(actor=actor, filters=ClaimFilters())
    assert [(row.service_codes, row.patient, row.counterpart) for row in rows] == [
        ("LAB-1", "Anna K.", world.insurer.name),
        ("CONS-1", "Anna K.", world.insurer.name),
    ]
    for filters, codes in (
        (ClaimFilters(query="morf"), ["LAB-1"]),
        (ClaimFilters(query="%"), []),
        (ClaimFilters(query=rows[1].number), ["CONS-1"]),
        (ClaimFilters(status="confirmed"), []),
        (ClaimFilters(service_from=DAY), ["CONS-1"]),
        (ClaimFilters(service_to=DAY - timedelta(days=1)), ["LAB-1"]),
    ):
        found = selectors.claims(actor=actor, filters=filters)
        assert [row.service_codes for row in found] == codes
        assert selectors.claim_totals(actor=actor, filters=filters).count == len(codes)
    totals = selectors.claim_totals(actor=actor, filters=ClaimFilters())
    assert (totals.count, totals.submitted_gr, totals.insurer_gr, totals.patient_gr) == (2, 23000, 22500, 500)
    assert [
        row.service_codes for row in selectors.claims(actor=actor, filters=ClaimFilters(), offset=1, limit=1)
    ] == ["CONS-1"]
    assert selectors.claims(actor=world.actor(1), filters=ClaimFilters()) == []
    assert len(selectors.claims(actor=world.handler(), filters=ClaimFilters())) == 2
    with pytest.raises(NotPermitted):
        selectors.claims(actor=SYSTEM, filters=ClaimFilters())
