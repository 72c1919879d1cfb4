"""Operators are written to about late applications: once a day each, in working hours, and once before."""

from datetime import UTC, datetime, timedelta

import pytest
from tests import cast
from tests.onboarding import world

from ols.audit import models as audit_models
from ols.notifications import email
from ols.notifications import models as notifications_models
from ols.onboarding import models
from ols.onboarding import services as onboarding

pytestmark = pytest.mark.django_db
# Sent on Monday: the answer is due on Wednesday at midnight.
WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=UTC)
THURSDAY = WEDNESDAY + timedelta(days=1)


def letters() -> list[dict]:
    rows = notifications_models.OutboxMessage.objects.filter(payload__template="applications_due")
    return [row.payload for row in rows.order_by("pk")]


def alarm(at: datetime) -> int:
    return onboarding.alarm_operators(actor=cast.SYSTEM, at=at)


@pytest.fixture
def sent():
    world.operator()
    return world.submit()


def test_what_is_late_is_written_about_once_a_day(sent) -> None:
    assert alarm(THURSDAY) == 1
    assert alarm(THURSDAY + timedelta(hours=1)) == 0
    assert alarm(THURSDAY + timedelta(days=1)) == 1
    first, second = letters()
    assert first["to"] == second["to"] == "operator.operator1@example.org"
    assert (first["context"]["late_count"], first["context"]["near_count"]) == (1, 0)
    assert first["context"]["late"] == [
        {"number": sent.number, "name": "Przychodnia Świt (demo)", "due": "25.11.2026 23:59"}
    ]
    events = audit_models.Event.objects.filter(subject_uuid=sent.uuid, event="application.alarm")
    assert events.count() == 2


@pytest.mark.parametrize(
    "at",
    [
        THURSDAY.replace(hour=6, minute=59),  # 07:59 in Warsaw
        THURSDAY.replace(hour=15),  # 16:00
        datetime(2026, 11, 28, 10, tzinfo=UTC),  # a Saturday
        datetime(2026, 12, 25, 10, tzinfo=UTC),
    ],
)
def test_nobody_is_written_to_outside_working_hours(sent, at) -> None:
    assert alarm(at) == 0
    assert letters() == []


def test_the_near_deadline_is_told_once_when_the_hours_of_work_run_out(sent) -> None:
    # Four hours of work before the end of Wednesday are from noon on, whenever midnight is.
    assert alarm(WEDNESDAY.replace(hour=10, minute=59)) == 0
    assert alarm(WEDNESDAY.replace(hour=11)) == 1
    assert alarm(WEDNESDAY.replace(hour=12)) == 0
    (letter,) = letters()
    assert (letter["context"]["late_count"], letter["context"]["near_count"]) == (0, 1)
    # The deadline moves: it is near again one day.
    row = models.AccessApplication.objects.get()
    models.AccessApplication.objects.update(due_at=row.due_at + timedelta(days=1))
    assert alarm(THURSDAY.replace(hour=12)) == 1


def test_what_the_applicant_completes_or_is_answered_is_not_late(sent) -> None:
    operator = cast.accounts_models.User.objects.get(email="operator.operator1@example.org")
    firm = cast.accounts_models.Organization.objects.get(kind="operator")
    actor = cast.accounts.actor(user=operator, organization_id=firm.pk, channel="web", ip="127.0.0.1")
    assert actor is not None
    onboarding.return_application(actor=actor, application_uuid=sent.uuid, remark="Brak wypisu", at=world.AT)
    assert alarm(THURSDAY) == 0


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("late", [0, 1, 2])
def test_the_letter_reads_well(sent, mailoutbox, language, late) -> None:
    line = {"number": "P/2026/00001", "name": "Przychodnia *Świt* (demo)", "due": "25.11.2026 23:59"}
    context = {
        "late": [line] * late, "near": [line], "late_count": late, "near_count": 1, "path": "/operator/",
    }  # fmt: skip
    email.send(
        {"to": "x@example.org", "template": "applications_due", "context": context, "language": language}
    )
    (message,) = mailoutbox
    assert str(late or 1) in message.subject
    assert message.body.count("Przychodnia *Świt* (demo)") == late + 1
    assert "\n\n\n" not in message.body
