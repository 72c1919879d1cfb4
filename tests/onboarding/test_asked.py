"""Asked to complete: just that may change and the clock stands; refusals say what to do next."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from tests.onboarding import world

from ols.audit import models as audit_models
from ols.onboarding import asked, clock, models, selectors
from ols.onboarding import services as onboarding

pytestmark = pytest.mark.django_db


def returned(firm, **asked: str):
    sent = world.submit()
    onboarding.return_application(
        actor=firm.actor("operator"), application_uuid=sent.uuid, remark="", asked=asked, at=world.AT
    )
    return sent


def resubmit(sent, at=world.AT, **changes) -> None:
    onboarding.resubmit_application(
        actor=world.VISITOR, application_uuid=sent.uuid, draft=world.draft(**changes), at=at
    )


def test_only_what_was_asked_for_may_change() -> None:
    sent = returned(world.operator(), krs="Podaj numer z wypisu")
    row = models.AccessApplication.objects.get()
    assert (row.asked_fields, row.asked_remarks) == (["krs"], {"krs": "Podaj numer z wypisu"})
    with pytest.raises(onboarding.NotAsked) as refused:
        resubmit(sent, krs="0000345076", city="Inne (demo)")
    assert refused.value.fields == {"city"}
    row.refresh_from_db()
    assert (row.status, row.city, row.krs) == ("returned", "Warszawa", "0000345075")
    resubmit(sent, krs="0000345076")
    row.refresh_from_db()
    assert (row.status, row.krs, row.asked_fields, row.asked_remarks) == ("submitted", "0000345076", [], {})


def test_the_clock_stands_from_the_return_to_the_resubmission() -> None:
    sent = returned(world.operator(), krs="Podaj numer z wypisu")
    # Sent on Monday, returned the same day with two days left; back on Thursday: Saturday becomes Monday.
    resubmit(sent, at=world.AT + timedelta(days=3), krs="0000345076")
    row = models.AccessApplication.objects.get()
    assert row.due_at == datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)
    assert (row.paused_seconds, row.returned_at) == (3 * 86400, None)
    event = audit_models.Event.objects.get(event="application.resubmit")
    assert event.data == {"paused_seconds": 3 * 86400, "due": row.due_at.isoformat()}


@pytest.mark.parametrize(
    ("working", "due"),
    [
        (False, datetime(2026, 12, 28, 22, 59, 59, tzinfo=UTC)),
        (True, datetime(2026, 12, 29, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_the_pause_is_counted_by_the_calendar_of_the_deadline(working, due) -> None:
    sent = datetime(2026, 12, 22, 9, tzinfo=UTC)
    first = clock.due(sent, answer_days=2, working=working)
    back = datetime(2026, 12, 24, 9, tzinfo=UTC)
    assert (
        clock.due_after_pause(first, returned_at=sent + timedelta(days=1), at=back, working=working) >= first
    )
    assert clock.due(back, answer_days=2, working=working) == due


def test_what_was_late_stays_as_late() -> None:
    due = datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC)
    returned_at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    moved = clock.due_after_pause(
        due, returned_at=returned_at, at=returned_at + timedelta(days=1), working=False
    )
    assert moved == due + timedelta(days=1)


def test_asking_for_the_impossible_or_without_words_is_refused() -> None:
    firm = world.operator()
    sent = world.submit()
    for wanted, error in (({"nip": "x"}, onboarding.UnknownField), ({"krs": " "}, onboarding.RemarkMissing)):
        with pytest.raises(error):
            onboarding.return_application(
                actor=firm.actor("operator"),
                application_uuid=sent.uuid,
                remark="x",
                asked=wanted,
                at=world.AT,
            )
    assert models.AccessApplication.objects.get().status == "submitted"


def test_a_rejection_says_why_and_what_to_do_next() -> None:
    firm = world.operator()
    sent = world.submit()
    onboarding.reject_application(
        actor=firm.actor("operator"),
        application_uuid=sent.uuid,
        reason="Brak wpisu.",
        code="not-in-register",
        at=world.AT,
    )
    remark = models.AccessApplication.objects.get().remark.split("\n\n")
    assert remark[1] == "Brak wpisu."
    assert len(remark) == 3
    event = audit_models.Event.objects.get(event="application.reject")
    assert (event.remark, event.data) == ("Brak wpisu.", {"refusal": "not-in-register"})


@pytest.mark.parametrize(
    ("language", "said"),
    [("pl", "Placówki nie ma w rejestrze."), ("en", "The clinic is not in the register.")],
)
def test_the_history_says_it_in_the_readers_language(language: str, said: str) -> None:
    firm = world.operator()
    sent = world.submit()
    actor, uuid = firm.actor("operator"), sent.uuid
    asked_for = {"krs": "Podaj numer z wypisu."}
    onboarding.return_application(
        actor=actor, application_uuid=uuid, remark="Ogólnie.", asked=asked_for, at=world.AT
    )
    models.AccessApplication.objects.update(status="submitted")
    onboarding.reject_application(
        actor=actor, application_uuid=uuid, reason="Brak.", code="not-in-register", at=world.AT
    )
    with translation.override(language):
        history = selectors.application(actor, uuid=uuid).history
    remarks = {row.event: row.remark for row in history}
    assert remarks["application.return"] == "Ogólnie.\n- KRS: Podaj numer z wypisu."
    assert remarks["application.reject"].startswith(f"{said}\n\nBrak.\n\n")


def test_a_letter_kept_whole_by_an_earlier_version_is_shown_as_it_is() -> None:
    with translation.override("en"):
        assert asked.recorded("Całe zdanie.", {"asked": ["krs"]}) == "Całe zdanie."
        assert asked.recorded("Całe zdanie.", {"reason": "not-in-register"}) == "Całe zdanie."


def test_the_desk_asks_for_one_field_and_the_applicant_gets_just_that(client) -> None:
    firm = world.operator()
    sent = world.submit()
    desk = firm.client("operator")
    address = f"/operator/applications/{sent.uuid}/return/"
    assert desk.post(address, {"ask_krs": "on"}).status_code == 422
    assert desk.post(address, {"ask_krs": "on", "why_krs": "Podaj numer z wypisu"}).status_code == 302
    page = client.get(f"{selectors.status_path(sent.uuid)}edit/").content.decode()
    assert 'name="krs"' in page
    assert "Podaj numer z wypisu" in page
    assert 'name="city"' not in page
    # A colleague who is late learns who did what.
    late = desk.post(f"/operator/applications/{sent.uuid}/approve/", follow=True).content.decode()
    assert firm.people["operator"].name in late
    assert models.AccessApplication.objects.get().status == "returned"


def test_every_field_that_can_be_asked_for_has_a_common_remark() -> None:
    assert set(asked.REMARKS) == set(asked.ASKABLE)
    assert all(asked.remarks(name) for name in asked.ASKABLE)
