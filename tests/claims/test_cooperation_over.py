"""A suspended or ended co-operation takes no new claims; those authorized before are settled."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.claims.world import AT, DAY, uuid_of

from ols.claims import services as claims
from ols.network import models as network

OVER = (
    {"status": "suspended", "suspended_at": AT},
    {"status": "ended", "ends_on": DAY, "notice_side": "insurer"},
    # Its day has come; the job that changes the status runs within the hour.
    {"status": "active", "ends_on": DAY, "notice_side": "provider"},
)


def outcome(world, key, **draft):
    return claims.authorize_claim(
        actor=world.actor(), draft=world.draft("CONS-1", **draft), idempotency_key=key, at=AT
    )


@pytest.mark.parametrize("values", OVER, ids=["suspended", "ended", "its-day-came"])
def test_no_new_claim_but_the_one_before_is_settled(world, values):
    before = uuid_of(outcome(world, "before"))
    network.Contract.objects.filter(provider_id=world.providers[0].pk).update(**values)
    refused = outcome(world, "after", day=DAY)
    assert refused.insurer_gr == 0
    claims.confirm_claim(actor=world.actor(), claim_uuid=before, at=AT + timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, insurer_gr FROM claims_pub_settlement WHERE status = 'confirmed'")
        assert cursor.fetchall() == [("confirmed", 20000)]


def test_until_the_announced_day_claims_are_taken(world):
    network.Contract.objects.update(ends_on=DAY + timedelta(days=1), notice_side="provider")
    assert outcome(world, "last-day").insurer_gr == 20000
