"""Two operators, two workers, two imports at the same moment: one decision, one letter, one alert."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet
from tests import cast
from tests.onboarding import world
from tests.registry import register_files as files
from tests.together import at_once

from ols.accounts import models as accounts_models
from ols.audit import models as audit_models
from ols.notifications import models as notifications_models
from ols.onboarding import services as onboarding
from ols.onboarding.services import alarm
from ols.registry import models as registry_models
from ols.registry.services import register_alerts, register_staging
from ols.workflow import machine

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
LATE = world.AT + timedelta(days=3)


def together(monkeypatch, owner: object, name: str, parties: int = 2) -> None:
    """Plant a meeting point: everybody comes through the function before anybody goes on."""
    gate = threading.Barrier(parties)
    original = getattr(owner, name)

    def meets(*arguments, **more):
        found = original(*arguments, **more)
        gate.wait(timeout=30)
        return found

    monkeypatch.setattr(owner, name, meets)


def unchecked(monkeypatch) -> None:
    """Plant the fault: the step does not look at the status that is stored."""

    def blind(rows, **wanted):
        wanted.pop("status__in", None)
        return original(rows, **wanted)

    original = QuerySet.filter
    monkeypatch.setattr(machine.models.QuerySet, "filter", blind)


@pytest.fixture
def operator(transactional_db) -> cast.Firm:
    return world.operator()


def decide(operator: cast.Firm, uuid: UUID) -> list[Callable[[], object]]:
    actor = operator.actor("operator")
    return [
        lambda: onboarding.approve_application(actor=actor, application_uuid=uuid, at=world.AT),
        lambda: onboarding.reject_application(
            actor=actor, application_uuid=uuid, reason="Brak w rejestrze", at=world.AT
        ),
        lambda: onboarding.return_application(
            actor=actor, application_uuid=uuid, remark="Brak wypisu", at=world.AT
        ),
        lambda: onboarding.approve_application(actor=actor, application_uuid=uuid, at=world.AT),
    ]


@pytest.mark.parametrize("is_planted", [False, True])
def test_one_application_is_decided_once(operator, monkeypatch, is_planted) -> None:
    sent = world.submit()
    if is_planted:
        unchecked(monkeypatch)
    results = at_once(*decide(operator, sent.uuid))

    decisions = audit_models.Event.objects.filter(
        subject_uuid=sent.uuid,
        event__in=["application.approve", "application.reject", "application.return"],
    ).count()
    refused = [result for result in results if isinstance(result, machine.TransitionRefused)]
    assert (decisions == 1 and len(refused) == 3) != is_planted
    if not is_planted:
        letters = notifications_models.OutboxMessage.objects.filter(
            payload__template__in=["application_approved", "application_rejected", "application_returned"]
        )
        assert letters.count() == 1
        approved = audit_models.Event.objects.filter(event="application.approve").count()
        assert accounts_models.Organization.objects.filter(kind="provider").count() == approved


@pytest.mark.parametrize("is_planted", [False, True])
def test_two_workers_write_one_letter(operator, monkeypatch, is_planted) -> None:
    world.submit()
    if is_planted:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
        together(monkeypatch, alarm, "_late")
    results = at_once(*[lambda: onboarding.alarm_operators(actor=cast.SYSTEM, at=LATE)] * 2)

    assert sorted(results) == ([1, 1] if is_planted else [0, 1])
    letters = notifications_models.OutboxMessage.objects.filter(payload__template="applications_due")
    assert letters.count() == (2 if is_planted else 1)


@pytest.mark.parametrize("is_planted", [False, True])
def test_the_same_file_twice_at_once_raises_one_alert(operator, monkeypatch, is_planted) -> None:
    lines = files.rows(2)
    files.load(lines)
    cast.provider()
    entry = registry_models.RegisterEntry.objects.get(register_book_no="000000000002")
    registry_models.Facility.objects.update(entry=entry)
    if is_planted:
        # Without the lock of imports and without the last guard.
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX registry_alert_one_in_force")
        monkeypatch.setattr(register_staging, "lock", lambda: None)
        together(monkeypatch, register_alerts, "_close")
    content = files.content(line for line in lines if line["register_book_no"] != "000000000002")
    try:
        results = at_once(*[lambda: files.load_bytes(content, at=files.AT + timedelta(days=1))] * 2)
        assert not any(isinstance(result, IntegrityError) for result in results)
        alerts = registry_models.RegisterAlert.objects.count()
        letters = notifications_models.OutboxMessage.objects.filter(payload__template="register_alert")
        assert (alerts == 1 and letters.count() == 1) != is_planted
    finally:
        if is_planted:
            registry_models.RegisterAlert.objects.all().delete()
            with connection.cursor() as cursor:
                cursor.execute(
                    "CREATE UNIQUE INDEX registry_alert_one_in_force ON registry_alert (facility_id, kind)"
                    " WHERE status IN ('open', 'handled')"
                )
