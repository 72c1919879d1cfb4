"""Passwords, codes and links tried at the same instant: real threads, real transactions."""

import time

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from tests import cast
from tests.together import many_at_once

from ols.accounts import codes, services
from ols.accounts.services import attempts, passwords
from ols.kernel.actor import Actor

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
THREADS = 12
SECRET = codes.secret_from("race")
VISITOR = Actor(None, None, "visitor", frozenset(), "web", "192.0.2.1")


@pytest.fixture
def person(transactional_db):
    user = cast.provider().people["owner"]
    user.password = make_password("lipa-klon-dab-9")
    user.save()
    with transaction.atomic():
        services.give_codes(user=user, secret=SECRET, at=cast.AT)
    return user


@pytest.fixture(autouse=True)
def slow_count(monkeypatch):
    """Give the others time between counting the failures and writing the next one."""
    counted = attempts._times

    def slowly(*arguments):
        found = counted(*arguments)
        time.sleep(0.1)
        return found

    monkeypatch.setattr(attempts, "_times", slowly)


def looked_at(person):
    answers = many_at_once(
        THREADS,
        lambda number: services.log_in(
            actor=VISITOR, email=person.email, password=f"wrong-{number}", at=cast.AT
        ),
    )
    return sum(answer.wait_until is None for answer in answers)


def test_no_more_passwords_are_looked_at_than_one_after_the_other(person):
    assert looked_at(person) == attempts.PER_ADDRESS_AND_PLACE.free


def test_without_the_lock_more_would_be(person, monkeypatch):
    """Negative control of the test above."""
    monkeypatch.setattr(attempts, "_lock", lambda *_: None)
    assert looked_at(person) > attempts.PER_ADDRESS_AND_PLACE.free


def passes(person):
    code = codes.current(SECRET, at=cast.AT)
    answers = many_at_once(
        THREADS, lambda _: services.pass_code(actor=VISITOR, user=person, code=code, at=cast.AT)
    )
    return sum(answer.factor == "totp" for answer in answers)


def test_a_code_passes_once_however_many_use_it(person, monkeypatch):
    monkeypatch.setattr(attempts, "PER_FACTOR", attempts.Limit(1000, attempts._QUARTER, attempts._QUARTER))
    assert passes(person) == 1


def test_a_code_that_is_not_used_up_passes_more_often(person, monkeypatch):
    """Negative control of the test above."""
    monkeypatch.setattr(attempts, "PER_FACTOR", attempts.Limit(1000, attempts._QUARTER, attempts._QUARTER))
    monkeypatch.setattr(codes, "use", lambda row, code, at: codes.current(SECRET, at=at) == code)
    assert passes(person) == THREADS


def sets(person):
    with transaction.atomic():
        secret = services.issue_password_link(
            actor=cast.SYSTEM, user=person, template="password_link", at=cast.AT
        )

    def use(number):
        try:
            services.set_password(
                actor=VISITOR, secret=secret, password=f"lipa-klon-jawor-{number:02}", at=cast.AT
            )
        except services.PasswordLinkInvalid:
            return False
        return True

    return sum(many_at_once(THREADS, use))


def test_a_link_sets_one_password_however_many_use_it(person):
    assert sets(person) == 1


def test_a_link_that_is_not_used_up_sets_more(person, monkeypatch):
    """Negative control of the test above."""
    monkeypatch.setattr(passwords, "_use_up", lambda *_: True)
    assert sets(person) == THREADS
