"""Who looks at an offer or a price list: said to colleagues for minutes, to nobody else."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from tests import cast, scenes
from tests.cast import AT, Firm

from ols.accounts.permissions import Role
from ols.audit.models import Event
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.network import models
from ols.network.selectors.presence import LASTS, Looking, colleagues
from ols.network.services.presence import forget_presence, note_presence

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def insurer() -> Firm:
    made = cast.insurer()
    scenes.prepare_insurer(made)
    made.hire(Role.OFFER_REVIEWER)
    return made


@pytest.fixture
def offer(insurer: Firm) -> UUID:
    clinic = cast.provider()
    scenes.finish_stage_two(cast.operator(), clinic)
    return UUID(scenes.offered(clinic, insurer))


def seen_by(firm: Firm, role: str, offer: UUID, at: datetime = AT) -> list[Looking]:
    return colleagues(firm.actor(role), subjects=[offer], at=at).get(offer, [])


def test_a_colleague_sees_who_looks_and_since_when(insurer: Firm, offer: UUID) -> None:
    manager = insurer.actor(Role.NETWORK_MANAGER)
    for minutes in (0, 10, 20):
        note_presence(actor=manager, subject=offer, at=AT + minutes * MINUTE)
    later = AT + 30 * MINUTE
    assert seen_by(insurer, Role.OFFER_REVIEWER, offer, later) == [Looking(manager.name, AT)]
    assert seen_by(insurer, Role.NETWORK_MANAGER, offer, later) == []  # nobody is told of themselves


def test_it_ends_by_itself_and_begins_anew(insurer: Firm, offer: UUID) -> None:
    manager = insurer.actor(Role.NETWORK_MANAGER)
    note_presence(actor=manager, subject=offer, at=AT)
    assert seen_by(insurer, Role.OFFER_REVIEWER, offer, AT + LASTS)
    later = AT + LASTS + MINUTE
    assert seen_by(insurer, Role.OFFER_REVIEWER, offer, later) == []
    note_presence(actor=manager, subject=offer, at=later)
    assert [row.since for row in seen_by(insurer, Role.OFFER_REVIEWER, offer, later)] == [later]
    assert models.Presence.objects.count() == 1  # what was old is gone


def test_whoever_has_answered_is_forgotten_others_stay(insurer: Firm, offer: UUID) -> None:
    manager, reviewer = insurer.actor(Role.NETWORK_MANAGER), insurer.actor(Role.OFFER_REVIEWER)
    for actor in (manager, reviewer):
        note_presence(actor=actor, subject=offer, at=AT)
    forget_presence(actor=manager, subject=offer)
    assert seen_by(insurer, Role.OFFER_REVIEWER, offer) == []
    assert [row.name for row in seen_by(insurer, Role.NETWORK_MANAGER, offer)] == [reviewer.name]


def test_nobody_else_learns_of_it_and_it_is_no_history(insurer: Firm, offer: UUID) -> None:
    before = Event.objects.count()
    note_presence(actor=insurer.actor(Role.NETWORK_MANAGER), subject=offer, at=AT)
    assert Event.objects.count() == before
    stranger, clinic = cast.insurer(2), cast.provider(3)
    assert seen_by(stranger, Role.NETWORK_MANAGER, offer) == []
    assert seen_by(clinic, Role.OWNER, offer) == []
    with pytest.raises(NotFound):
        note_presence(actor=stranger.actor(Role.NETWORK_MANAGER), subject=offer, at=AT)
    with pytest.raises(NotFound):
        note_presence(actor=insurer.actor(Role.NETWORK_MANAGER), subject=uuid4(), at=AT)
    for firm, role in ((insurer, Role.PLAN_MANAGER), (clinic, Role.OWNER)):
        with pytest.raises(NotPermitted):
            note_presence(actor=firm.actor(role), subject=offer, at=AT)
    assert models.Presence.objects.count() == 1
