"""An insurer is written to about an offer once before its deadline and once when it is late."""

from datetime import UTC, datetime, timedelta

import pytest
from tests import cast, scenes
from tests.cast import Firm

from ols.accounts.models import Organization
from ols.network import models, services
from ols.notifications import email
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
# Sent on Monday at 10:00: the answer is due the same day at 16:00, 15:00 UTC.
DUE = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
def offer(insurer: Firm) -> str:
    clinic = cast.provider()
    scenes.finish_stage_two(cast.operator(), clinic)
    return scenes.offered(clinic, insurer)


def alarm(at: datetime) -> int:
    return services.alarm_insurers(actor=cast.SYSTEM, at=at)


def letters() -> list[tuple[str, int, int]]:
    rows = OutboxMessage.objects.filter(payload__template="offers_due").order_by("pk")
    return [
        (row.payload["to"], row.payload["context"]["near_count"], row.payload["context"]["late_count"])
        for row in rows
    ]


def test_before_the_deadline_and_when_late_once_each(offer: str) -> None:
    moments = {
        DUE - timedelta(minutes=61): 0,
        DUE - timedelta(minutes=60): 1,
        DUE - timedelta(minutes=5): 0,
        DUE: 0,
        DUE + timedelta(minutes=1): 1,
        DUE + timedelta(days=3): 0,
    }
    assert {at: alarm(at) for at in moments} == moments
    manager = "network-manager.insurer1@example.org"
    assert letters() == [(manager, 1, 0), (manager, 0, 1)]
    assert models.OfferAlarm.objects.count() == 2


def test_a_late_offer_seen_first_when_late_is_told_as_late_only(offer: str) -> None:
    assert (alarm(DUE + timedelta(hours=2)), alarm(DUE + timedelta(hours=3))) == (1, 0)
    assert [letter[1:] for letter in letters()] == [(0, 1)]


def test_an_answered_offer_alarms_nobody(insurer: Firm, offer: str) -> None:
    actor = insurer.actor("network-manager")
    services.return_offer(actor=actor, contract_uuid=offer, remark="Popraw", at=DUE - timedelta(hours=3))
    assert alarm(DUE + timedelta(days=1)) == 0
    assert letters() == []


def test_the_hours_are_the_insurers_own(insurer: Firm, offer: str) -> None:
    models.ReviewRules.objects.create(insurer_id=insurer.id, alarm_hours=3)
    assert alarm(DUE - timedelta(hours=3, minutes=1)) == 0
    assert alarm(DUE - timedelta(hours=3)) == 1


def test_nobody_is_reminded_before_the_office_opens(insurer: Firm, offer: str) -> None:
    models.Contract.objects.update(answer_due_at=DUE + timedelta(days=1))
    models.ReviewRules.objects.create(insurer_id=insurer.id, alarm_hours=8)
    Organization.objects.filter(pk=insurer.id).update(office_opens="12:00")
    assert alarm(DUE + timedelta(hours=19)) == 0  # 11:00 in Warsaw
    assert alarm(DUE + timedelta(hours=20)) == 1


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("late", [0, 1, 2])
def test_the_letter_reads_well(db, mailoutbox, language, late) -> None:
    line = {"number": "U/2026/000001", "name": "Przychodnia *Świt* (demo)", "due": "23.11.2026 16:00"}
    context = {
        "late": [line] * late, "near": [line], "late_count": late, "near_count": 1, "path": "/x/",
    }  # fmt: skip
    email.send({"to": "x@example.org", "template": "offers_due", "context": context, "language": language})
    (message,) = mailoutbox
    assert str(late or 1) in message.subject
    assert message.body.count("Przychodnia *Świt* (demo)") == late + 1
    assert "\n\n\n" not in message.body
