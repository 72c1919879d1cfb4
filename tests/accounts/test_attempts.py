"""Guessing is slowed down: per address and place, per address, per place; nobody is locked out for ever."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.test import Client
from tests import cast

from ols.accounts import models, services
from ols.accounts.services import attempts
from ols.kernel.actor import Actor
from ols.notifications import models as notifications

pytestmark = pytest.mark.django_db
PASSWORD = "lipa-klon-dab-9"
HASH = make_password(PASSWORD)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.fixture
def owner():
    user = cast.provider().people["owner"]
    models.User.objects.filter(pk=user.pk).update(password=HASH)
    user.refresh_from_db()
    return user


def visitor(number: int = 1) -> Actor:
    return Actor(None, None, "visitor", frozenset(), "web", f"192.0.2.{number}")


def tries(email, place=1, password="x", at=cast.AT, browser=""):
    return services.log_in(actor=visitor(place), email=email, password=password, at=at, browser=browser)


def letters():
    rows = notifications.OutboxMessage.objects.filter(kind="email").order_by("id")
    return [row.payload["template"] for row in rows]


def logs_in(user, browser="", at=cast.AT) -> str:
    """Let the person in from a place; return the secret of the browser's cookie."""
    return services.begin_session(
        actor=visitor(), user=user, factor="", browser=browser, user_agent=CHROME, at=at
    )


def test_waits_grow_from_a_minute_to_the_longest():
    limit = attempts.Limit(3, timedelta(hours=1), timedelta(minutes=5))
    waits = [limit.wait_until([cast.AT] * number) for number in range(3, 8)]
    assert limit.wait_until([cast.AT] * 2) is None
    assert [(wait - cast.AT).total_seconds() / 60 for wait in waits] == [1, 2, 4, 5, 5]


def test_one_address_guessed_from_many_places_is_slowed_down(owner):
    for place in range(attempts.PER_ADDRESS.free):
        assert tries(owner.email, place).wait_until is None
    assert tries(owner.email, 200, PASSWORD).wait_until == cast.AT + timedelta(minutes=1)
    assert tries("other@example.org", 200).wait_until is None


def test_many_addresses_guessed_from_one_place_are_slowed_down(owner):
    for number in range(attempts.PER_PLACE.free):
        assert tries(f"person{number}@example.org").wait_until is None
    assert tries(owner.email, 1, PASSWORD).wait_until == cast.AT + timedelta(minutes=1)
    assert tries(owner.email, 2, PASSWORD).user == owner


def test_a_day_of_guessing_looks_at_few_passwords(owner):
    looked_at = 0
    for minute in range(24 * 60):
        answer = tries(owner.email, minute % 250, at=cast.AT + timedelta(minutes=minute))
        looked_at += answer.wait_until is None
    assert looked_at < 60


def test_a_browser_the_person_knows_is_not_held_up_by_strangers(owner):
    secret = logs_in(owner)
    for place in range(attempts.PER_ADDRESS.free + 5):
        tries(owner.email, place)
    assert tries(owner.email, 1, PASSWORD).user is None
    assert tries(owner.email, 1, PASSWORD, browser=secret).user == owner
    assert tries(owner.email, 1, PASSWORD, browser="made-up").user is None


def test_a_known_browser_guesses_no_faster_than_another(owner):
    secret = logs_in(owner)
    for _ in range(5):
        assert tries(owner.email, browser=secret).wait_until is None
    assert tries(owner.email, 9, PASSWORD, browser=secret).user is None


def test_another_persons_browser_is_a_stranger(owner):
    secret = logs_in(cast.provider(2).people["owner"])
    for place in range(attempts.PER_ADDRESS.free):
        tries(owner.email, place)
    assert tries(owner.email, 99, PASSWORD, browser=secret).user is None


def test_the_person_hears_of_it_once_an_hour(owner):
    for place in range(40):
        for _ in range(5):
            tries(owner.email, place)
    assert letters() == ["security_lockout"]
    for _ in range(5):
        tries("nobody@example.org")
    assert letters() == ["security_lockout"]


def test_a_new_browser_is_a_reason_for_a_letter_and_a_known_one_is_not(owner):
    first = logs_in(owner)
    assert letters() == []
    assert logs_in(owner, first) == first
    assert letters() == []
    second = logs_in(owner)
    assert second != first
    assert letters() == ["security_new_browser"]
    assert notifications.OutboxMessage.objects.get().payload["context"]["detail"] == "Chrome, Linux"


def test_a_planted_cookie_is_replaced(owner):
    assert logs_in(owner, "planted-by-somebody") != "planted-by-somebody"


def test_the_cookie_is_given_at_login_and_kept_after_logout(owner):
    client = Client()
    client.post("/login/", {"email": owner.email, "password": PASSWORD})
    cookie = client.cookies["ols_browser"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    client.post("/logout/")
    assert client.cookies["ols_browser"].value == cookie.value
    client.post("/login/", {"email": owner.email, "password": PASSWORD})
    assert models.Browser.objects.count() == 1


def test_an_unknown_address_is_hashed_for_all_the_same(owner, monkeypatch):
    hashed = []
    hasher = type(models.User().set_password.__self__)
    monkeypatch.setattr(hasher, "set_password", lambda _self, password: hashed.append(password))
    assert tries("nobody@example.org").user is None
    assert hashed == ["x"]


def test_the_same_number_of_hashes_for_everybody(owner, monkeypatch):
    blocked = cast.provider(2).people["owner"]
    models.User.objects.filter(pk=blocked.pk).update(status="blocked", password=HASH)
    counts = []
    hashed = Argon2PasswordHasher.encode

    def counted(*arguments, **named):
        counts.append(1)
        return hashed(*arguments, **named)

    monkeypatch.setattr(Argon2PasswordHasher, "encode", counted)
    verified = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *given: counts.append(1) or verified(*given))
    found = []
    for email in (owner.email, blocked.email, "nobody@example.org"):
        counts.clear()
        assert tries(email).user is None
        found.append(len(counts))
    assert found[0] == found[1] == found[2] > 0


def test_what_counts_no_more_is_forgotten(owner):
    logs_in(owner)
    tries(owner.email)
    client = cast.logged_in(owner)
    purge = services.purge_accounts
    assert purge(actor=cast.SYSTEM, at=cast.AT + timedelta(hours=23)) == 0
    assert purge(actor=cast.SYSTEM, at=cast.AT + timedelta(hours=25)) >= 1
    assert models.LoginFailure.objects.count() == 0
    assert models.Browser.objects.count() == 1
    later = cast.timezone.now() + timedelta(days=401)
    assert purge(actor=cast.SYSTEM, at=later) >= 3
    assert client.get("/panel/").status_code == 302
    assert models.Browser.objects.count() == 0
