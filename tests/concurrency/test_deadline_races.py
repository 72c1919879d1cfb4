"""A deadline is told once, and whoever accepts in that moment is never left suspended in the history."""

import threading
from datetime import timedelta

import pytest
from tests import cast, scenes
from tests.cast import AT, SYSTEM
from tests.together import at_once, many_at_once

from ols.accounts.permissions import Role
from ols.audit.models import Event
from ols.network import models, services
from ols.network.models import TermsKind
from ols.network.selectors import notices
from ols.network.services import deadlines

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
LATE = AT + timedelta(days=15)
LAPSED, RESTORED = "contract.terms_lapsed", "contract.terms_restored"


@pytest.fixture
def missed() -> tuple[cast.Firm, str]:
    """Return a clinic that let a deadline pass, and the version it has opened but not accepted."""
    operator, insurer, clinic = cast.operator(), cast.insurer(), cast.provider()
    scenes.finish_stage_two(operator, clinic)
    scenes.prepare_insurer(insurer)
    scenes.active(clinic, insurer)
    new = scenes.publish(insurer, TermsKind.GENERAL, version="2.0")
    services.open_terms(actor=clinic.actor(Role.OWNER), terms_uuid=new, at=LATE)
    return clinic, new


def tell() -> int:
    return services.tell_about_terms(actor=SYSTEM, at=LATE)


def told_and_accepted(clinic: cast.Firm, new: str) -> list[str]:
    """Let the job tell while the owner accepts; return what the history says of it, in its order."""
    owner = clinic.actor(Role.OWNER)
    results = at_once(tell, lambda: services.accept_terms(actor=owner, terms_uuid=new, at=LATE))
    assert not [result for result in results if isinstance(result, Exception)]
    assert models.TermsAcceptance.objects.filter(terms__uuid=new).count() == 1
    events = Event.objects.filter(event__in=[LAPSED, RESTORED]).order_by("id")
    return list(events.values_list("event", flat=True))


def test_workers_that_start_together_tell_once(missed: tuple[cast.Firm, str]) -> None:
    assert sum(many_at_once(4, lambda _number: tell())) == 1
    assert models.TermsNotice.objects.count() == 1


def test_who_accepts_while_the_job_tells_is_not_left_suspended(missed: tuple[cast.Firm, str]) -> None:
    assert told_and_accepted(*missed) in ([], [LAPSED, RESTORED])


def test_the_history_shows_what_goes_wrong_without_the_lock(
    missed: tuple[cast.Firm, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: both look before either has written."""
    looked = threading.Barrier(2)
    due, was_told = notices.letters_due, notices.was_told_of_lapse

    def letters_due(**wanted):
        found = due(**wanted)
        if "organization_id" in wanted:
            looked.wait(timeout=30)
        return found

    def was_told_of_lapse(*arguments, **wanted):
        found = was_told(*arguments, **wanted)
        looked.wait(timeout=30)
        return found

    monkeypatch.setattr(deadlines, "lock_organization", lambda _organization_id: None)
    monkeypatch.setattr(notices, "letters_due", letters_due)
    monkeypatch.setattr(notices, "was_told_of_lapse", was_told_of_lapse)
    assert told_and_accepted(*missed) == [LAPSED]
