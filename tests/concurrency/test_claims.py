"""Many clinics in the same instant: real threads, real transactions, claims counted one by one."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections
from tests.claims import world as worlds
from tests.claims.world import AT, DAY

from ols.claims import facts, models
from ols.claims import services as claims
from ols.claims.services import together
from ols.claims.types import DraftLine
from ols.db.joiner import Joiner

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
THREADS = 16


def at_once(job: Callable[[int], object], times: int) -> list[object]:
    """Run the job many times in parallel threads, each with its own connection."""
    ready = threading.Barrier(THREADS)
    results: list[object] = [None] * times

    def work(first: int) -> None:
        try:
            connections["default"].ensure_connection()
            ready.wait(timeout=20)
            for number in range(first, times, THREADS):
                results[number] = job(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(work, first) for first in range(THREADS)]:
            done.result()
    return results


def overruns(world: worlds.World) -> int:
    """Return by how many visits the claims that are paid exceed the limit of 3; the counter is not asked."""
    paid = models.ClaimLine.objects.filter(
        service_code="CONS-1", outcome__in=["APPROVED", "PARTIAL"], claim__status="authorized"
    )
    return max(sum(line.decision[1] for line in paid) - 3, 0)


def last_visit(world: worlds.World) -> None:
    """Use two of the three visits."""
    draft = replace(world.draft(day=DAY - timedelta(days=2)), lines=(DraftLine("CONS-1", 2),))
    claims.authorize_claim(actor=world.actor(), draft=draft, idempotency_key="first", at=AT)


def test_the_last_visit_is_given_once() -> None:
    world = worlds.make(providers=16)
    last_visit(world)

    def claim(number: int) -> str:
        actor = world.actor(number % 16)
        draft = world.draft("CONS-1", day=DAY - timedelta(days=number // 16))
        return claims.authorize_claim(actor=actor, draft=draft, idempotency_key=f"k{number}", at=AT).outcome

    outcomes = at_once(claim, 200)
    assert sorted(set(outcomes)) == ["APPROVED", "DENIED"]
    assert outcomes.count("APPROVED") == 1
    assert overruns(world) == 0
    assert models.Usage.objects.get(holder_id=world.covers[0].pk, benefit_code="CONS").used_units == 3
    assert models.Claim.objects.count() == 201


def test_the_checker_catches_a_claim_path_without_a_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: read without the lock and without the last guard, and the visits overrun."""
    world = worlds.make(providers=16)
    last_visit(world)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_usage DROP CONSTRAINT claims_usage_within_limits")
    at_the_same_time = threading.Barrier(THREADS)

    def naive(pipeline, wanted):
        found = [facts.load_estimate_facts(pipeline, one) for one in wanted]
        at_the_same_time.wait(timeout=20)
        return found

    monkeypatch.setattr(together, "_joiner", Joiner(lanes=THREADS, most=1))
    monkeypatch.setattr(together, "load_claim_facts", naive)

    def claim(number: int) -> str:
        draft = world.draft("CONS-1")
        actor = world.actor(number)
        return claims.authorize_claim(actor=actor, draft=draft, idempotency_key=f"k{number}", at=AT).outcome

    try:
        outcomes = at_once(claim, THREADS)
        assert outcomes.count("APPROVED") > 1
        assert overruns(world) > 0
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE claims_usage")
            check = next(c for c in models.Usage._meta.constraints if c.name == "claims_usage_within_limits")
        with connection.schema_editor() as editor:
            editor.add_constraint(models.Usage, check)


def test_the_last_guard_alone_keeps_the_counter_but_not_the_claims_apart() -> None:
    """The CHECK refuses a counter above its limit whatever the program does."""
    world = worlds.make()
    claims.open_usage_years(actor=worlds.World.actor(world), at=AT)
    with pytest.raises(IntegrityError, match="claims_usage_within_limits"):
        models.Usage.objects.filter(benefit_code="CONS").update(used_units=4)


def test_one_key_makes_one_claim() -> None:
    world = worlds.make()

    def claim(_: int) -> object:
        draft = world.draft("LAB-1")
        return claims.authorize_claim(actor=world.actor(), draft=draft, idempotency_key="same", at=AT)

    answers = at_once(claim, 50)
    assert len({answer.claim_uuid for answer in answers}) == 1
    assert len({(answer.number, answer.insurer_gr) for answer in answers}) == 1
    assert [answer.is_repeated for answer in answers].count(False) == 1
    assert models.Claim.objects.count() == 1
    assert models.Usage.objects.get(holder_id=world.covers[0].pk, benefit_code="LAB").used_units == 1


def test_the_same_service_in_the_same_instant_is_paid_once() -> None:
    """Twenty keys for one service, person and day: one is approved, the others wait for a person."""
    world = worlds.make()
    claims.open_usage_years(actor=world.actor(), at=AT)

    def claim(number: int) -> str:
        draft = world.draft("LAB-1")
        return claims.authorize_claim(
            actor=world.actor(), draft=draft, idempotency_key=f"k{number}", at=AT
        ).outcome

    outcomes = at_once(claim, 20)
    assert sorted(outcomes) == ["APPROVED"] + ["PENDED_MANUAL"] * 19


def test_families_and_cancellations_do_not_deadlock() -> None:
    world = worlds.make(people=3)
    world.terms.benefits.filter(code="REHAB").update(is_family_shared=True)
    family = world.family()

    def claim(number: int) -> int:
        draft = world.draft("REHAB-1", "LAB-1", cover=number % 3, day=DAY - timedelta(days=number // 3))
        actor = world.actor(number % 2)
        answer = claims.authorize_claim(actor=actor, draft=draft, idempotency_key=f"k{number}", at=AT)
        if number % 4 == 0 and answer.status == "authorized":
            claims.cancel_claim(actor=actor, claim_uuid=answer.claim_uuid, at=AT)
        return number

    assert at_once(claim, 60) == list(range(60))
    moved = models.UsageMovement.objects.values_list("usage_id", "units", "amount_gr")
    for usage in models.Usage.objects.all():
        own = [(units, amount) for usage_id, units, amount in moved if usage_id == usage.pk]
        assert usage.used_units == sum(units for units, _ in own)
        assert usage.used_gr == sum(amount for _, amount in own)
    shared = models.Usage.objects.get(benefit_code="REHAB", holder_id=-family.pk)
    assert (shared.used_units, shared.used_gr) <= (10, 50000)


def test_a_lost_connection_is_repeated_by_itself() -> None:
    """The server ends our session: the claim is decided once, on a new connection."""
    world = worlds.make()
    claims.authorize_claim(actor=world.actor(), draft=world.draft("CONS-1"), idempotency_key="k1", at=AT)
    other = connection.copy()
    with connection.cursor() as cursor, other.cursor() as killer:
        cursor.execute("SELECT pg_backend_pid()")
        killer.execute("SELECT pg_terminate_backend(%s, 5000)", [cursor.fetchone()[0]])
    other.close()
    answer = claims.authorize_claim(
        actor=world.actor(), draft=world.draft("LAB-1"), idempotency_key="k2", at=AT
    )
    assert (answer.outcome, answer.is_repeated) == ("APPROVED", False)
    assert models.Claim.objects.count() == 2
