"""One person opens an offer in four windows in the same instant: one note, and no page that breaks."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError
from tests import scenes
from tests.cast import AT, Firm
from tests.together import many_at_once

from ols.accounts.permissions import Role
from ols.network import models
from ols.network.selectors.presence import LASTS
from ols.network.services.presence import note_presence

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
WINDOWS = 4


@pytest.fixture
def insurer() -> Firm:
    return scenes.ready_insurer()


@pytest.fixture
def offer(insurer: Firm) -> UUID:
    return UUID(scenes.offered(scenes.ready_clinic(), insurer))


def opened_at_once(insurer: Firm, offer: UUID) -> list[object]:
    """Come back after the first note has become old; return the errors."""
    manager = insurer.actor(Role.NETWORK_MANAGER)
    note_presence(actor=manager, subject=offer, at=AT)

    def look(number: int) -> None:
        note_presence(actor=manager, subject=offer, at=AT + LASTS + timedelta(minutes=number + 1))

    return [answer for answer in many_at_once(WINDOWS, look) if answer is not None]


def test_windows_at_once_leave_one_note(insurer: Firm, offer: UUID) -> None:
    assert opened_at_once(insurer, offer) == []
    assert models.Presence.objects.count() == 1


def test_a_note_that_is_merely_inserted_breaks_pages(insurer: Firm, offer: UUID, monkeypatch) -> None:
    """Negative control: without the update of the row that is there, the same windows meet an error."""
    notes = models.Presence.objects
    insert = notes.bulk_create
    monkeypatch.setattr(notes, "bulk_create", lambda rows, **_how: insert(rows))
    errors = opened_at_once(insurer, offer)
    assert errors
    assert all(isinstance(error, IntegrityError) for error in errors)
