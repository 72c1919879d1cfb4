"""The job reads extracts; a full match approves only when the operator wants it, all else waits."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests import scenes
from tests.onboarding import extracts, world

from ols.accounts import models as accounts_models
from ols.audit import models as audit_models
from ols.db.errors import NotFound
from ols.documents import text
from ols.kernel.actor import NotPermitted
from ols.notifications import models as notifications_models
from ols.onboarding import models
from ols.onboarding import services as onboarding
from ols.onboarding.extract_readings import extract_reading
from ols.registry import models as registry_models
from ols.workflow.machine import TransitionRefused

pytestmark = pytest.mark.django_db(transaction=True)
AT = extracts.AT


@pytest.fixture
def operator():
    return world.operator()


@pytest.fixture
def by_itself(operator):
    extracts.let_matches_in(operator)


def status(application) -> tuple[str, bool]:
    row = models.AccessApplication.objects.get(uuid=application)
    return row.status, row.is_automatic


def reasons(application) -> list[tuple[str, str]]:
    row = models.ExtractReading.objects.filter(application__uuid=application).latest("id")
    return [(reason["code"], reason["field"]) for reason in row.reasons]


def letters(template: str) -> list[str]:
    rows = notifications_models.OutboxMessage.objects.filter(kind="email", payload__template=template)
    return [row.payload["to"] for row in rows.order_by("id")]


def events(application) -> list[str]:
    rows = audit_models.Event.objects.filter(subject_uuid=application).order_by("id")
    return list(rows.values_list("event", flat=True))


def test_an_application_promises_its_reading(operator):
    application = extracts.apply(extracts.register())
    message = notifications_models.OutboxMessage.objects.get(kind="extract.waiting")
    assert message.payload == {"reading": str(extracts.waiting(application))}
    found = extract_reading(operator.actor("operator"), application_uuid=application)
    assert (found.outcome, found.read_at, found.rows, found.may_repeat) == ("waiting", None, (), False)


def test_without_an_extract_there_is_nothing_to_read(operator):
    sent = world.submit()
    assert extract_reading(operator.actor("operator"), application_uuid=sent.uuid) is None
    assert not notifications_models.OutboxMessage.objects.filter(kind="extract.waiting").exists()


def test_a_good_extract_matches_and_waits_for_a_person_by_default(operator):
    application = extracts.apply(extracts.register())
    assert extracts.read(application) == "matches"
    found = extract_reading(operator.actor("operator"), application_uuid=application)
    assert {row.verdict for row in found.rows} == {"same"}
    assert (found.outcome, found.reasons, found.read_at) == ("matches", (), AT)
    assert status(application) == ("submitted", False)
    row = models.ExtractReading.objects.get()
    assert row.sha256 == row.document.sha256
    assert row.register_import_id == registry_models.RegisterImport.objects.get().pk
    assert events(application) == ["application.submit", "application.extract"]


def test_a_full_match_is_approved_and_the_registers_mailbox_gets_the_link(operator, by_itself):
    entry = extracts.register()
    application = extracts.apply(entry)
    assert extracts.read(application) == "matches"
    assert status(application) == ("approved", True)
    assert letters("application_approved") == [entry.email]
    assert accounts_models.User.objects.filter(email=entry.email).count() == 1
    approval = audit_models.Event.objects.get(subject_uuid=application, event="application.approve")
    imported = registry_models.RegisterImport.objects.get()
    assert (approval.actor_user_id, approval.channel, approval.actor_name) == (None, "job", "System OLS")
    assert approval.data == {
        "outcome": "matches",
        "extract_sha256": models.ExtractReading.objects.get().sha256,
        "register_import": str(imported.uuid),
        "register_sha256": imported.sha256,
    }


def test_a_persons_approval_is_not_automatic(operator):
    application = extracts.apply(extracts.register())
    onboarding.approve_application(actor=operator.actor("operator"), application_uuid=application, at=AT)
    assert status(application) == ("approved", False)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"street": "ul. Nowa 1"}, [("FIELD_DIFFERS", "street")]),
        ({"name": "Inna Nazwa (demo)"}, [("FIELD_DIFFERS", "name")]),
        ({"email": "napastnik@example.org"}, [("OTHER_EMAIL", "")]),
    ],
)
def test_what_the_applicant_says_otherwise_goes_to_a_person(operator, by_itself, said, expected):
    application = extracts.apply(extracts.register(), said=said)
    extracts.read(application)
    assert status(application) == ("submitted", False)
    assert reasons(application) == expected
    assert letters("application_approved") == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"nip": "1111111111"}, ("differs", [("FIELD_DIFFERS", "nip")])),
        ({"register_book_no": "000000000002"}, ("differs", [("FIELD_DIFFERS", "register_book_no")])),
        ({"city": ""}, ("doubtful", [("FIELD_MISSING", "city")])),
    ],
)
def test_another_extract_goes_to_a_person(operator, by_itself, changes, expected):
    entry = extracts.register()
    application = extracts.apply(entry, file=extracts.extract(extracts.known(entry) | changes))
    assert (extracts.read(application), reasons(application)) == expected
    assert status(application) == ("submitted", False)


def test_an_old_extract_goes_to_a_person(operator, by_itself):
    entry = extracts.register()
    old = extracts.extract(extracts.known(entry), made_at=AT - timedelta(days=91))
    application = extracts.apply(entry, file=old)
    assert extracts.read(application) == "doubtful"
    assert reasons(application) == [("EXTRACT_OLD", "issued_on")]
    assert status(application) == ("submitted", False)


def test_an_entity_that_left_the_register_goes_to_a_person(operator, by_itself):
    application = extracts.apply(extracts.register())
    registry_models.RegisterEntry.objects.update(struck_off_on=AT.date())
    assert extracts.read(application) == "matches"
    assert reasons(application) == [("STRUCK_OFF", "")]
    assert status(application) == ("submitted", False)


def test_an_old_register_decides_nothing(operator, by_itself):
    application = extracts.apply(extracts.register())
    registry_models.RegisterEntry.objects.update(last_seen_on=AT.date() - timedelta(days=91))
    extracts.read(application)
    assert reasons(application) == [("REGISTER_OLD", "")]
    assert status(application) == ("submitted", False)


def test_an_earlier_application_of_the_same_clinic_goes_to_a_person(operator, by_itself):
    entry = extracts.register()
    first = extracts.apply(entry)
    onboarding.reject_application(
        actor=operator.actor("operator"), application_uuid=first, reason="Brak.", at=AT
    )
    application = extracts.apply(entry)
    assert extracts.read(application) == "matches"
    assert reasons(application) == [("DUPLICATES", "")]
    assert status(application) == ("submitted", False)


def test_who_is_not_on_the_register_goes_to_a_person(operator, by_itself):
    entry = extracts.register()
    unknown = extracts.known(entry) | {"register_book_no": "000000099999"}
    application = extracts.apply(entry, file=extracts.extract(unknown), said=unknown)
    assert extracts.read(application) == "doubtful"
    assert reasons(application)[0] == ("NOT_IN_REGISTER", "")
    assert status(application) == ("submitted", False)


def test_a_picture_is_for_a_person(operator, by_itself):
    application = extracts.apply(extracts.register(), file=scenes.PDF)
    assert extracts.read(application) == "unreadable"
    assert status(application) == ("submitted", False)
    assert reasons(application) == [("WRONG_TYPE", "")]


def test_read_twice_is_kept_once(operator, by_itself):
    application = extracts.apply(extracts.register())
    reading = extracts.waiting(application)
    for expected in ("matches", ""):
        assert onboarding.read_extract(actor=extracts.SYSTEM, reading_uuid=reading, at=AT) == expected
    assert events(application).count("application.extract") == 1
    assert letters("application_approved") == ["kontakt1@example.org"]


def test_a_correction_is_read_anew(operator):
    entry = extracts.register()
    application = extracts.apply(entry)
    first = extracts.waiting(application)
    actor = operator.actor("operator")
    onboarding.return_application(actor=actor, application_uuid=application, remark="Adres.", at=AT)
    onboarding.resubmit_application(
        actor=world.VISITOR,
        application_uuid=application,
        draft=world.draft(**extracts.known(entry), email=entry.email),
        at=AT,
    )
    assert extracts.waiting(application) != first
    assert onboarding.read_extract(actor=extracts.SYSTEM, reading_uuid=first, at=AT) == ""
    assert extracts.read(application) == "matches"


def test_the_operator_has_it_read_again(operator):
    application = extracts.apply(extracts.register())
    extracts.read(application)
    actor = operator.actor("operator")
    registry_models.RegisterEntry.objects.update(city="Kraków")
    onboarding.read_extract_again(actor=actor, application_uuid=application, at=AT)
    assert extracts.read(application) == "differs"
    assert models.ExtractReading.objects.count() == 2
    assert "application.read_extract" in events(application)
    found = extract_reading(actor, application_uuid=application)
    assert (found.outcome, found.may_repeat) == ("differs", True)


def test_a_decided_application_is_not_read_again(operator):
    application = extracts.apply(extracts.register())
    extracts.read(application)
    actor = operator.actor("operator")
    onboarding.approve_application(actor=actor, application_uuid=application, at=AT)
    with pytest.raises(TransitionRefused):
        onboarding.read_extract_again(actor=actor, application_uuid=application, at=AT)
    assert models.ExtractReading.objects.count() == 1


def test_only_operators_see_and_repeat(operator):
    application = extracts.apply(extracts.register())
    with pytest.raises(NotPermitted):
        extract_reading(world.VISITOR, application_uuid=application)
    with pytest.raises(NotPermitted):
        onboarding.read_extract_again(actor=world.VISITOR, application_uuid=application, at=AT)
    with pytest.raises(NotFound):
        onboarding.read_extract_again(actor=operator.actor("operator"), application_uuid=uuid4(), at=AT)


def test_an_application_decided_while_the_file_was_read_stays_decided(operator, by_itself, monkeypatch):
    application = extracts.apply(extracts.register())
    original = text.read

    def slow(data):
        onboarding.reject_application(
            actor=operator.actor("operator"), application_uuid=application, reason="Nie.", at=AT
        )
        return original(data)

    monkeypatch.setattr(text, "read", slow)
    assert extracts.read(application) == "matches"
    assert status(application) == ("rejected", False)


def test_lost_jobs_are_found(operator):
    application = extracts.apply(extracts.register())
    assert onboarding.overdue_readings(before=AT) == []
    assert onboarding.overdue_readings(before=AT + timedelta(seconds=1)) == [extracts.waiting(application)]
