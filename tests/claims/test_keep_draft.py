"""What is typed into a claim is kept for its author alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.claims.world import AT, DAY, SUBMIT, uuid_of

from ols.claims import selectors
from ols.claims import services as claims
from ols.db.errors import NotFound
from ols.kernel.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)


def begun(world, number=0):
    return claims.open_draft(actor=world.actor(number), coverage_uuid=world.covers[0].uuid, at=AT)


def test_a_draft_is_kept_as_typed_and_listed_last_saved_first(world):
    actor = world.actor()
    first, second = begun(world), begun(world)
    claims.save_draft(actor=actor, draft_uuid=first, content={"quantity": "x"}, at=AT + timedelta(minutes=1))
    assert [(row.uuid, row.content) for row in selectors.kept_drafts(actor=actor)] == [
        (first, {"quantity": "x"}),
        (second, {}),
    ]
    claims.discard_draft(actor=actor, draft_uuid=second)
    assert [row.uuid for row in selectors.kept_drafts(actor=actor)] == [first]


def test_a_sent_draft_leads_to_its_claim_and_changes_no_more(world):
    actor, draft_uuid = world.actor(), begun(world)
    answer = claims.authorize_claim(
        actor=actor, draft=world.draft("CONS-1"), idempotency_key=str(draft_uuid), at=AT
    )
    claims.close_draft(actor=actor, draft_uuid=draft_uuid, claim_uuid=uuid_of(answer))
    claims.save_draft(actor=actor, draft_uuid=draft_uuid, content={"a": "b"}, at=AT)
    claims.discard_draft(actor=actor, draft_uuid=draft_uuid)
    kept = selectors.kept_draft(actor=actor, draft_uuid=draft_uuid)
    assert (kept.claim_uuid, kept.content) == (answer.claim_uuid, {})
    assert selectors.kept_drafts(actor=actor) == []


def test_nobody_else_reaches_a_draft(world):
    draft_uuid = begun(world)
    colleague = Actor(9, world.providers[0].pk, "provider", SUBMIT, "web")
    elsewhere = world.actor(1)
    for stranger in (colleague, elsewhere):
        with pytest.raises(NotFound):
            selectors.kept_draft(actor=stranger, draft_uuid=draft_uuid)
        with pytest.raises(NotFound):
            claims.save_draft(actor=stranger, draft_uuid=draft_uuid, content={}, at=AT)
        with pytest.raises(NotFound):
            claims.close_draft(actor=stranger, draft_uuid=draft_uuid, claim_uuid=uuid4())
        with pytest.raises(NotFound):
            claims.discard_draft(actor=stranger, draft_uuid=draft_uuid)
    assert selectors.kept_draft(actor=world.actor(), draft_uuid=draft_uuid).uuid == draft_uuid


def test_drafts_older_than_a_week_go_with_the_next_one(world):
    old = begun(world)
    later = AT + timedelta(days=7, seconds=1)
    new = claims.open_draft(actor=world.actor(), coverage_uuid=world.covers[0].uuid, at=later)
    assert [row.uuid for row in selectors.kept_drafts(actor=world.actor())] == [new]
    with pytest.raises(NotFound):
        selectors.kept_draft(actor=world.actor(), draft_uuid=old)


def test_a_cover_of_an_insurer_without_a_contract_is_unknown(world):
    assert (
        selectors.cover(actor=world.actor(), coverage_uuid=world.covers[0].uuid, on=DAY).first_name == "Anna"
    )
    world.contracts[1].status = "ended"
    world.contracts[1].save()
    with pytest.raises(NotFound):
        selectors.cover(actor=world.actor(1), coverage_uuid=world.covers[0].uuid, on=DAY)
    with pytest.raises(NotFound):
        begun(world, 1)
