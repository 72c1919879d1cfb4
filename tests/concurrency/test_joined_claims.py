"""Claims joined into one transaction: each is decided as if it were alone, and none spoils another."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connections
from tests.claims import world as worlds
from tests.claims.world import AT

from ols.claims import models
from ols.claims import services as claims
from ols.claims.facts import ClaimFacts
from ols.claims.services import together
from ols.claims.types import DraftLine
from ols.db.joiner import Joiner
from ols.ledger import models as ledger

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def joined(world, requests, monkeypatch):
    """Send the requests so that all but the first are in one transaction; return answers or errors."""
    monkeypatch.setattr(together, "_joiner", Joiner(most=len(requests)))
    first_is_in, others_wait = threading.Event(), threading.Event()
    sizes = []
    real = together._decided

    def watched(asked, hand_on=None):
        if not sizes:
            first_is_in.set()
            assert others_wait.wait(timeout=20)
        sizes.append(len(asked))
        return real(asked, hand_on)

    monkeypatch.setattr(together, "_decided", watched)

    def send(number):
        actor, draft, key = requests[number]
        try:
            return claims.authorize_claim(actor=actor, draft=draft, idempotency_key=key, at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(requests)) as pool:
        leader = pool.submit(send, 0)
        assert first_is_in.wait(timeout=20)
        others = [pool.submit(send, number) for number in range(1, len(requests))]
        waiting = together._joiner._waiting
        for _ in range(2000):
            if len(waiting) == len(requests) - 1:
                break
            threading.Event().wait(0.01)
        others_wait.set()
        answers = [one.exception() or one.result() for one in (leader, *others)]
    return answers, sizes


@pytest.fixture
def world():
    made = worlds.make(providers=2, people=3)
    claims.open_usage_years(actor=made.actor(), at=AT)
    return made


def test_claims_of_different_people_share_a_transaction(world, monkeypatch):
    requests = [(world.actor(n % 2), world.draft("CONS-1", cover=n), f"k{n}") for n in range(3)]
    answers, sizes = joined(world, requests, monkeypatch)
    assert sizes == [1, 2]
    assert [(answer.outcome, answer.insurer_gr) for answer in answers] == [("APPROVED", 20000)] * 3
    assert len({answer.claim_uuid for answer in answers}) == models.Claim.objects.count() == 3
    assert sum(row.amount_gr for row in ledger.Posting.objects.filter(amount_gr__gt=0)) == 60000


def of_one_person(world):
    """Return a claim of another person, and three that ask for two of the person's three visits each."""
    twice = replace(world.draft(cover=1), lines=(DraftLine("CONS-1", 2),))
    return [(world.actor(), world.draft("LAB-1"), "k0")] + [
        (world.actor(n % 2), replace(twice, service_date=worlds.DAY.replace(day=n + 1)), f"k{n}")
        for n in range(1, 4)
    ]


def visits_given(answers):
    return sum(answer.insurer_gr for answer in answers[1:]) // 20000


def test_a_claim_that_depends_on_another_waits_for_it(world, monkeypatch):
    answers, sizes = joined(world, of_one_person(world), monkeypatch)
    assert sizes[:2] == [1, 3]
    assert visits_given(answers) == 3
    assert models.Usage.objects.get(holder_id=world.covers[1].pk, benefit_code="CONS").used_units == 3


def test_the_checker_catches_joining_what_depends_on_each_other(world, monkeypatch):
    """Negative control: with nothing taken as touched, a transaction gives the same visits twice.

    The database's guard then refuses the transaction; taken away as well, the visits overrun.
    """
    monkeypatch.setattr(ClaimFacts, "touched", property(lambda facts: set()))
    models.Usage.objects.update(allowed_units=None)
    monkeypatch.setattr(ClaimFacts, "lack_counters_on", lambda facts, day: False)
    answers, _ = joined(world, of_one_person(world), monkeypatch)
    assert visits_given(answers) == 6


def test_a_refusal_stays_with_who_asked_for_it(world, monkeypatch):
    requests = [
        (world.actor(), world.draft("CONS-1"), "k0"),
        (world.actor(), world.draft("NONE-1", cover=1), "k1"),
        (world.actor(), replace(world.draft("CONS-1"), coverage_uuid=uuid4()), "k2"),
        (world.actor(1), world.draft("CONS-1", cover=2), "k3"),
    ]
    answers, sizes = joined(world, requests, monkeypatch)
    assert sizes == [1, 3]
    assert [type(answer).__name__ for answer in answers] == [
        "Answer", "UnknownService", "CoverageNotFound", "Answer",
    ]  # fmt: skip
    assert models.Claim.objects.count() == 2


def test_what_breaks_a_transaction_breaks_one_claim(world, monkeypatch):
    """A text the database cannot keep fails one claim of the group; the others are asked again, alone."""
    spoiled = replace(world.draft("CONS-1", cover=1), diagnosis="\0")
    monkeypatch.setattr("ols.claims.services.authorize.require_valid", lambda draft: None)
    requests = [
        (world.actor(), world.draft("CONS-1"), "k0"),
        (world.actor(), spoiled, "k1"),
        (world.actor(1), world.draft("CONS-1", cover=2), "k2"),
    ]
    answers, sizes = joined(world, requests, monkeypatch)
    assert sizes == [1, 2, 1, 1]
    assert [type(answer).__name__ for answer in answers] == ["Answer", "ValueError", "Answer"]
    assert models.Claim.objects.count() == 2
    assert models.ClaimLine.objects.count() == 2
