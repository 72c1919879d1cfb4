"""The second step of logging in, and setting factors up."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from tests import cast

from ols.accounts import codes, models, services
from ols.notifications import models as notifications

pytestmark = pytest.mark.django_db

PASSWORD = "lipa-klon-dab-9"
HASH = make_password(PASSWORD)
SECRET = codes.secret_from("test")
LATER = cast.AT + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(cast.AT, tick=False) as moved:
        yield moved


def give_password(user):
    models.User.objects.filter(pk=user.pk).update(password=HASH)
    user.refresh_from_db()
    return user


@pytest.fixture
def clinic():
    return cast.provider()


@pytest.fixture
def owner(clinic):
    """Return a clinic's owner who has an application for codes."""
    user = give_password(clinic.people["owner"])
    with transaction.atomic():
        services.give_codes(user=user, secret=SECRET, at=cast.AT)
    return user


def with_password(user, where="/login/") -> Client:
    client = Client()
    answer = client.post(where, {"email": user.email, "password": PASSWORD})
    assert answer.url == "/login/code/"
    return client


def shows(client, at=cast.AT, code=None):
    return client.post("/login/code/", {"code": code or codes.current(SECRET, at=at)})


def letters():
    rows = notifications.OutboxMessage.objects.filter(kind="email").order_by("id")
    return [row.payload["template"] for row in rows]


def test_the_password_alone_opens_nothing_where_a_factor_is(owner):
    client = with_password(owner, "/login/?next=/panel/claims/")
    assert client.get("/panel/").status_code == 302
    assert shows(client).url == "/panel/claims/"
    assert client.get("/panel/").status_code == 200


def test_the_step_belongs_to_the_browser_that_knows_the_password(owner, clock):
    assert Client().get("/login/code/").url == "/login/"
    assert shows(Client()).url == "/login/"
    client = with_password(owner)
    clock.shift(timedelta(minutes=11))
    assert shows(client, LATER).url == "/login/"


def test_another_password_meanwhile_ends_the_step(owner):
    client = with_password(owner)
    models.User.objects.filter(pk=owner.pk).update(password=make_password("another-one-9"))
    assert shows(client).url == "/login/"


def test_a_code_works_once_even_in_the_next_period(owner, clock):
    code = codes.current(SECRET, at=cast.AT)
    assert shows(with_password(owner)).status_code == 302
    assert shows(with_password(owner), code=code).status_code == 422
    clock.shift(timedelta(seconds=31))
    assert shows(with_password(owner), code=code).status_code == 422
    assert shows(with_password(owner), cast.AT + timedelta(seconds=31)).status_code == 302


def test_without_the_last_period_a_code_would_pass_again(owner):
    """Negative control of the test above."""
    assert shows(with_password(owner)).status_code == 302
    row = codes.Authenticator.objects.get(type="totp")
    row.data["last_period"] = -1
    row.save()
    assert shows(with_password(owner)).status_code == 302


def test_codes_cannot_be_guessed(owner, clock):
    for number in range(5):
        assert shows(with_password(owner), code=f"{number:06}").status_code == 422
    answer = shows(with_password(owner))
    assert answer.status_code == 422
    assert "10:01" in answer.content.decode()
    assert letters()[-1] == "security_lockout"
    clock.shift(timedelta(minutes=2))
    assert shows(with_password(owner), cast.AT + timedelta(minutes=2)).status_code == 302


@pytest.mark.parametrize("code", ["", "abc", "12345", "١٢٣٤٥٦", "9" * 20])
def test_what_is_no_code_is_said_at_the_field(owner, code):
    answer = with_password(owner).post("/login/code/", {"code": code})
    assert answer.status_code == 422
    assert answer.context["form"].errors["code"]


def test_a_recovery_code_works_once_and_tells_its_person(owner):
    code = cast.recovery_codes(owner)[0]
    assert shows(with_password(owner), code=f"{code[:4]} {code[4:]}").status_code == 302
    assert "security_recovery_used" in letters()
    assert shows(with_password(owner), code=code).status_code == 422


def test_staff_of_an_insurer_set_up_a_factor_before_anything_else():
    insurer = cast.insurer()
    user = give_password(insurer.people["administrator"])
    client = Client()
    assert client.post("/login/", {"email": user.email, "password": PASSWORD}).url == "/home/"
    assert client.get("/insurer/", follow=True).redirect_chain == [("/account/factors/", 302)]
    secret = client.get("/account/factors/code/").context["plain_secret"]
    assert client.get("/account/factors/code/").context["plain_secret"] == secret
    assert client.post("/account/factors/code/", {"code": "000000"}).status_code == 422
    added = client.post("/account/factors/code/", {"code": codes.current(secret, at=cast.AT)})
    assert added.url == "/account/recovery-codes/"
    shown = client.get("/account/recovery-codes/").context["codes"]
    assert len(shown) == 10
    assert shown[9] in client.get("/account/recovery-codes/file/").content.decode()
    assert client.post("/account/recovery-codes/").url == "/home/"
    assert client.get("/account/recovery-codes/").url == "/account/security/"
    assert client.get("/account/recovery-codes/file/").status_code == 404
    assert client.get("/insurer/").status_code == 200
    assert "security_factor_added" in letters()


def test_another_session_of_the_person_proves_the_new_factor_too(clock):
    insurer = cast.insurer()
    user = insurer.people["administrator"]
    old = Client()
    old.force_login(user)
    with transaction.atomic():
        services.give_codes(user=user, secret=SECRET, at=cast.AT)
    assert old.get("/insurer/", follow=True).redirect_chain[-1][0].startswith("/account/confirm/")
    code = codes.current(SECRET, at=cast.AT)
    assert old.post("/account/confirm/?next=/insurer/", {"code": code}).url == "/insurer/"
    assert old.get("/insurer/").status_code == 200


def test_the_demo_shows_the_code_in_development_only(owner, settings):
    shown = codes.current(SECRET, at=cast.AT)
    assert shown in with_password(owner).get("/login/code/").content.decode()
    settings.DEVELOPMENT = False
    assert shown not in with_password(owner).get("/login/code/").content.decode()
    settings.DEVELOPMENT = True
    models.User.objects.filter(pk=owner.pk).update(email="anna@example.com")
    owner.refresh_from_db()
    assert shown not in with_password(owner).get("/login/code/").content.decode()


def test_a_password_link_does_not_go_around_the_factor(owner):
    with transaction.atomic():
        secret = services.issue_password_link(
            actor=cast.SYSTEM, user=owner, template="password_link", at=cast.AT
        )
    client = Client()
    given = {"password": "zupelnie-nowe-haslo", "repeated": "zupelnie-nowe-haslo"}
    client.get(f"/password/{secret}/")
    assert client.post("/password/new/", given).url == "/login/code/"
    assert client.get("/panel/").status_code == 302


def test_the_secret_is_not_stored_as_it_is(owner):
    assert SECRET not in str(codes.Authenticator.objects.get(type="totp").data)
