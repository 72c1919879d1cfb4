"""Claims of days after a missed deadline of new terms are refused, and paid again once those are accepted."""

from datetime import timedelta

import pytest
from tests.claims.world import AT, DAY

from ols.claims import facts
from ols.claims import services as claims
from ols.network import models as network

SCOPES = ("platform", "insurance-service", "general", "thematic")


@pytest.fixture(autouse=True)
def _terms_of_every_kind(world):
    """Let both clinics accept the first version of the texts that the world lacks."""
    for kind in SCOPES[:3]:
        first = version(world, kind, "1", DAY - timedelta(days=300))
        for clinic in world.providers:
            accept(clinic, first)


def version(world, kind, number, valid_from, accept_by=None):
    area = network.TermsVersion.objects.get(kind="thematic", version="1").area if kind == "thematic" else None
    return network.TermsVersion.objects.create(
        kind=kind, insurer=world.insurer if kind in {"general", "thematic"} else None, area=area,
        version=number, valid_from=valid_from, accept_by=accept_by, title="Regulamin", body="x",
        sha256="0" * 64, published_at=AT - timedelta(days=60),
    )  # fmt: skip


def accept(clinic, terms):
    network.TermsAcceptance.objects.create(
        terms=terms, organization=clinic, user_id=1, user_name="x", at=AT, sha256="0" * 64
    )


def missed(world, kind, accept_by):
    """Publish a second version whose deadline is the day."""
    return version(world, kind, "2", DAY - timedelta(days=40), accept_by)


def reasons(world, key, day=DAY, provider=0):
    answer = claims.authorize_claim(
        actor=world.actor(provider), draft=world.draft("LAB-1", day=day), idempotency_key=key, at=AT
    )
    return answer.outcome, answer.lines[0].reasons


REFUSED = ("DENIED", ("TERMS_NOT_ACCEPTED",))


@pytest.mark.parametrize("kind", SCOPES)
def test_only_days_after_the_deadline_are_refused_and_acceptance_brings_them_back(world, kind):
    before = DAY - timedelta(days=1)
    new = missed(world, kind, accept_by=before)
    assert reasons(world, "on the last day", day=before)[0] == "APPROVED"
    assert reasons(world, "after it") == REFUSED
    estimate = claims.check_claim(actor=world.actor(), draft=world.draft("LAB-1"), at=AT)
    assert estimate.outcome == "DENIED"
    accept(world.providers[0], new)
    assert reasons(world, "accepted")[0] == "APPROVED"
    assert reasons(world, "the other clinic", provider=1) == REFUSED


@pytest.mark.parametrize("kind", SCOPES)
def test_until_the_deadline_the_accepted_version_is_enough(world, kind):
    missed(world, kind, accept_by=DAY)
    assert reasons(world, "last day")[0] == "APPROVED"


def test_a_newer_acceptance_covers_a_deadline_between(world):
    missed(world, "general", accept_by=DAY - timedelta(days=5))
    third = version(world, "general", "3", DAY - timedelta(days=1), DAY + timedelta(days=10))
    assert reasons(world, "before") == REFUSED
    accept(world.providers[0], third)
    assert reasons(world, "after")[0] == "APPROVED"


def test_another_insurers_deadline_suspends_nothing_here(world):
    other = world.providers[1]  # any other organization will do
    for kind in ("general", "thematic"):
        area = network.TermsVersion.objects.get(kind="thematic", version="1").area
        for number, day, accept_by in (("1", 300, None), ("2", 40, DAY - timedelta(days=9))):
            row = network.TermsVersion.objects.create(
                kind=kind, insurer=other, area=area if kind == "thematic" else None, version=number,
                valid_from=DAY - timedelta(days=day), accept_by=accept_by, title="x", body="x",
                sha256="0" * 64, published_at=AT,
            )  # fmt: skip
            if number == "1":
                accept(world.providers[0], row)
    assert reasons(world, "k")[0] == "APPROVED"


def test_the_check_notices_facts_that_forget_the_deadline(world, monkeypatch):
    """Negative control: with the conditions cut out of the statement, the same look finds a paid claim."""
    for kind, condition, instead in (
        ("general", "AND NOT EXISTS (SELECT FROM accepted a WHERE a.area_id IS NULL AND NOT a.holds)", ""),
        ("thematic", "a.area_id = s.area_id AND a.holds", "a.area_id = s.area_id"),
    ):
        assert condition in facts._FACTS
        blind = facts._FACTS.replace(condition, instead)
        missed(world, kind, accept_by=DAY - timedelta(days=1))
        with monkeypatch.context() as planted:
            statement = facts.Statement(f"blind_{kind}", blind.format(lock="FOR UPDATE OF u"))
            planted.setattr(facts, "_LOCKING", statement)
            assert "TERMS_NOT_ACCEPTED" not in reasons(world, f"blind {kind}")[1]
        assert "TERMS_NOT_ACCEPTED" in reasons(world, f"seeing {kind}")[1]
        accept(world.providers[0], network.TermsVersion.objects.get(kind=kind, version="2"))
