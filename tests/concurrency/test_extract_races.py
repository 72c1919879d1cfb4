"""One application is approved once, however many jobs and operators decide it at the same moment."""

import threading

import pytest
from django.db.models import QuerySet
from tests.onboarding import extracts, world
from tests.together import at_once

from ols.accounts import models as accounts_models
from ols.audit import models as audit_models
from ols.notifications import models as notifications_models
from ols.onboarding import models
from ols.onboarding import services as onboarding
from ols.onboarding.services import extract_reading
from ols.workflow.machine import TransitionRefused

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
AT = extracts.AT


def unlocked(monkeypatch) -> None:
    """Plant the fault: nobody waits for the application's row, and all judge it before anybody writes."""
    gate = threading.Barrier(2)
    original = extract_reading._hindrances

    def together(*arguments):
        found = original(*arguments)
        gate.wait(timeout=30)
        return found

    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    monkeypatch.setattr(extract_reading, "_hindrances", together)


@pytest.fixture
def operator(transactional_db):
    firm = world.operator()
    extracts.let_matches_in(firm)
    return firm


def approvals(application) -> int:
    """Count what an approval leaves; every trace must be there as often as the others."""
    made = {
        audit_models.Event.objects.filter(subject_uuid=application, event="application.approve").count(),
        accounts_models.Organization.objects.filter(kind="provider").count(),
        accounts_models.PasswordLink.objects.count(),
        notifications_models.OutboxMessage.objects.filter(payload__template="application_approved").count(),
    }
    assert len(made) == 1
    return made.pop()


@pytest.mark.parametrize("is_planted", [False, True])
def test_a_job_run_twice_at_once_approves_once(operator, monkeypatch, is_planted):
    application = extracts.apply(extracts.register())
    reading = extracts.waiting(application)
    if is_planted:
        unlocked(monkeypatch)

    def job() -> object:
        return onboarding.read_extract(actor=extracts.SYSTEM, reading_uuid=reading, at=AT)

    found = at_once(job, job)

    # Without the lock the second job would fail on the approval it tries again.
    failed = [error for error in found if isinstance(error, Exception)]
    assert bool(failed) == is_planted
    if not is_planted:
        assert sorted(found) == ["", "matches"]
    assert approvals(application) == 1
    assert models.AccessApplication.objects.get().is_automatic


@pytest.mark.parametrize("attempt", range(3))
def test_a_job_and_operators_decide_once(operator, attempt):
    actor = operator.actor("operator")
    application = extracts.apply(extracts.register())
    reading = extracts.waiting(application)
    decided = at_once(
        lambda: onboarding.read_extract(actor=extracts.SYSTEM, reading_uuid=reading, at=AT),
        lambda: onboarding.approve_application(actor=actor, application_uuid=application, at=AT),
        lambda: onboarding.reject_application(
            actor=actor, application_uuid=application, reason="Nie.", at=AT
        ),
    )
    row = models.AccessApplication.objects.get(uuid=application)
    assert decided[0] == "matches"
    winners = [answer for answer in decided[1:] if answer is None]
    assert len(winners) == (0 if row.is_automatic else 1)
    assert all(answer is None or isinstance(answer, TransitionRefused) for answer in decided[1:])
    steps = audit_models.Event.objects.filter(
        subject_uuid=application, event__in=["application.approve", "application.reject"]
    )
    assert steps.count() == 1
