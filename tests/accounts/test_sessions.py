"""Sessions: listed for their person, ended one by one or all at once."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests import cast

from ols.accounts import models, services, sessions
from ols.db.errors import NotFound
from ols.notifications import models as notifications

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def clinic():
    return cast.provider()


def rows(clinic, client):
    return sessions.own_sessions(
        clinic.actor("owner"), session_key=client.session.session_key, at=timezone.now()
    )


def test_who_has_logged_in_sees_where(clinic):
    first, second = clinic.client("owner"), clinic.client("owner")
    clinic.client("receptionist")
    found = rows(clinic, second)
    assert [row.is_current for row in found] == [True, False]
    assert {row.place for row in found} == {"0.0.0.0"}
    assert first.get("/home/").status_code == 302


def test_a_browser_is_named_in_words():
    assert sessions.browser_name(FIREFOX) == "Firefox, Windows"
    assert sessions.browser_name("curl/8.1") == "curl/8.1"
    assert sessions.browser_name("") == "–"


def test_all_sessions_end_at_once_even_those_the_list_does_not_know(clinic):
    first, second = clinic.client("owner"), clinic.client("owner")
    other = clinic.client("receptionist")
    sessions.UserSession.objects.filter(session_key=second.session.session_key).delete()
    with transaction.atomic():
        services.end_sessions(clinic.people["owner"])
    assert [client.get("/panel/").status_code for client in (first, second, other)] == [302, 302, 200]


def test_without_the_epoch_a_session_off_the_list_would_go_on(clinic):
    """Negative control of the test above: deleting the listed rows alone is not enough."""
    hidden = clinic.client("owner")
    sessions.UserSession.objects.all().delete()
    with transaction.atomic():
        services.end_sessions(clinic.people["owner"])
        models.User.objects.filter(pk=clinic.people["owner"].pk).update(session_epoch=0)
    assert hidden.get("/panel/").status_code == 200


def test_one_session_is_ended_and_only_by_its_person(clinic):
    first, second = clinic.client("owner"), clinic.client("owner")
    wanted = next(row for row in rows(clinic, second) if not row.is_current)
    with pytest.raises(NotFound):
        services.end_session(actor=clinic.actor("receptionist"), session_id=wanted.id, at=cast.AT)
    assert first.get("/panel/").status_code == 200
    services.end_session(actor=clinic.actor("owner"), session_id=wanted.id, at=cast.AT)
    assert (first.get("/panel/").status_code, second.get("/panel/").status_code) == (302, 200)


def test_signing_out_everywhere_writes_to_the_person(clinic):
    client = Client()
    client.force_login(clinic.people["owner"])
    services.sign_out_everywhere(actor=clinic.actor("owner"), at=cast.AT)
    assert client.get("/panel/").status_code == 302
    letter = notifications.OutboxMessage.objects.get(kind="email").payload
    assert letter["template"] == "security_signed_out_everywhere"
    assert letter["context"]["when"] == "23.11.2026, 10:00"
