"""What a password must be, and the links that set it."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import transaction
from django.test import Client
from tests import cast

from ols.accounts import models, services
from ols.accounts.passwords import normalized
from ols.notifications import models as notifications

pytestmark = pytest.mark.django_db
VISITOR = cast.Actor(None, None, "visitor", frozenset(), "web", "192.0.2.1")


@pytest.fixture
def person():
    return cast.provider().people["owner"]


def link(person, at=cast.AT) -> str:
    with transaction.atomic():
        return services.issue_password_link(actor=cast.SYSTEM, user=person, template="password_link", at=at)


def set_password(person, password, secret=None, at=cast.AT):
    services.set_password(actor=VISITOR, secret=secret or link(person), password=password, at=at)


@pytest.mark.parametrize(
    "password",
    [
        "zielony kot pije kawę",
        "kota-ma-ala9",
        "żółć żółć gęś 7",
        "пароль из слов",
        "正しい馬電池ホチキスとても長い",
        "x8#kLp0!vQz2",
        "słowo " * 150,
    ],
)
def test_long_and_unusual_ones_are_welcome(person, password):
    set_password(person, password)
    assert services.log_in(actor=VISITOR, email=person.email, password=password, at=cast.AT).user == person


@pytest.mark.parametrize(
    "password",
    [
        "jedenaście1",
        "password1234",
        "Qwertyuiop123!",
        "haslohaslohaslo",
        "Przychodnia2026!",
        "aaaaaaaaaaaaaaaa",
        "ababababababab",
        "123456789012345",
        "abcdefghijklmnop",
        "mnbvcxzlkjhgf",
        "owner.provider1@example.org",
        "System OLS 2026",
    ],
)
def test_short_and_usual_ones_are_refused_in_words(person, password):
    secret = link(person)
    with pytest.raises(services.WeakPassword) as refused:
        set_password(person, password, secret)
    assert all(refused.value.messages)
    set_password(person, "zielony kot pije kawę", secret)


def test_the_same_letters_from_another_keyboard_are_the_same(person):
    composed, decomposed = "g\u0119\u015b i \u017c\u00f3\u0142w", "ge\u0328s\u0301 i z\u0307o\u0301\u0142w"
    assert composed != decomposed
    assert normalized(composed) == normalized(decomposed)
    set_password(person, composed + " w lesie")
    answer = services.log_in(actor=VISITOR, email=person.email, password=decomposed + " w lesie", at=cast.AT)
    assert answer.user == person


def test_a_link_works_once_and_a_newer_one_replaces_it(person):
    first = link(person)
    second = link(person)
    for secret, at in ((first, cast.AT), (second, cast.AT + timedelta(hours=24)), ("unknown", cast.AT)):
        with pytest.raises(services.PasswordLinkInvalid):
            set_password(person, "zielony kot pije kawę", secret, at)
    set_password(person, "zielony kot pije kawę", second)
    with pytest.raises(services.PasswordLinkInvalid):
        set_password(person, "niebieski kot je zupę", second)


def test_programs_that_check_mail_use_nothing_up(person):
    secret = link(person, cast.timezone.now())
    for _ in range(3):
        answer = Client().get(f"/password/{secret}/", follow=True)
        assert answer.status_code == 200
    assert models.PasswordLink.objects.get().used_at is None


def test_the_secret_leaves_the_address_and_is_told_to_nobody(person):
    secret = link(person, cast.timezone.now())
    client = Client()
    taken = client.get(f"/password/{secret}/")
    page = client.get(taken.url)
    assert secret not in taken.url + page.content.decode()
    assert taken.headers["Referrer-Policy"] == "no-referrer"
    # Not stricter: browsers would hide the form's origin from the check against forged requests.
    assert page.headers["Referrer-Policy"] == "same-origin"
    for answer in (taken, page):
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", ["used", "expired", "replaced", "unknown"])
def test_a_dead_link_offers_a_new_one_right_there_with_one_answer(person, kind):
    now = cast.timezone.now()
    secret = link(person, now - timedelta(hours=25) if kind == "expired" else now)
    if kind == "used":
        set_password(person, "zielony kot pije kawę", secret, now)
    if kind == "replaced":
        link(person, now)
    before = models.PasswordLink.objects.count()
    client = Client()
    gone = client.get(f"/password/{'x' * 43 if kind == 'unknown' else secret}/", follow=True)
    assert gone.status_code == 410
    assert "/password/again/" in gone.content.decode()
    assert client.post("/password/again/").url == "/login/"
    assert models.PasswordLink.objects.count() - before == (kind != "unknown")
    # Pressed again, the button has forgotten whom it was for.
    client.post("/password/again/")
    assert models.PasswordLink.objects.count() - before == (kind != "unknown")


def test_nobodys_mailbox_is_filled_with_links(person):
    for _ in range(services.LINKS_AN_HOUR + 3):
        services.request_password_link(actor=VISITOR, email=person.email, at=cast.AT)
    assert models.PasswordLink.objects.count() == services.LINKS_AN_HOUR
    services.request_password_link(actor=VISITOR, email=person.email, at=cast.AT + timedelta(minutes=61))
    assert models.PasswordLink.objects.count() == services.LINKS_AN_HOUR + 1


def test_a_known_and_an_unknown_address_take_as_long(person, monkeypatch):
    waits = []
    monkeypatch.setattr("ols.web.public.views.password.time.sleep", waits.append)
    Client().post("/password/", {"email": person.email})
    Client().post("/password/", {"email": "nobody@example.org"})
    assert len(waits) == 2
    assert min(waits) > 0.1


def test_a_link_ends_sessions_and_holds_ups_and_tells_who_had_a_password(person):
    set_password(person, "zielony kot pije kawę")
    client = cast.logged_in(models.User.objects.get(pk=person.pk))
    for _ in range(25):
        services.log_in(actor=VISITOR, email=person.email, password="x", at=cast.AT)
    set_password(person, "niebieski kot je zupę")
    assert client.get("/panel/").status_code == 302
    answer = services.log_in(actor=VISITOR, email=person.email, password="niebieski kot je zupę", at=cast.AT)
    assert answer.user == person
    sent = [row.payload["template"] for row in notifications.OutboxMessage.objects.order_by("id")]
    assert sent.count("security_password_changed") == 1


def test_changing_ones_own_asks_for_the_present_one_and_ends_the_other_sessions(person):
    set_password(person, "zielony kot pije kawę")
    person.refresh_from_db()
    here, there = cast.logged_in(person), cast.logged_in(person)
    typed = {"present": "x", "password": "niebieski kot je zupę", "repeated": "niebieski kot je zupę"}
    assert here.post("/account/password/", typed).status_code == 422
    typed["present"] = "zielony kot pije kawę"
    weak = here.post("/account/password/", {**typed, "password": "haslo", "repeated": "haslo"})
    assert weak.status_code == 422
    assert here.post("/account/password/", typed).url == "/account/security/"
    assert here.get("/panel/").status_code == 200
    assert there.get("/panel/").status_code == 302
    shown = here.get("/account/security/")
    assert [row.is_current for row in shown.context["sessions"]] == [True]


def test_an_old_login_proves_itself_again_before_the_password_changes(person):
    set_password(person, "zielony kot pije kawę")
    person.refresh_from_db()
    client = cast.logged_in(person)
    session = client.session
    session["proven_at"] -= 601
    session.save()
    asked = client.get("/account/password/")
    assert asked.url == "/account/confirm/?next=%2Faccount%2Fpassword%2F"
    assert client.post(asked.url, {"password": "x"}).status_code == 422
    assert client.post(asked.url, {"password": "zielony kot pije kawę"}).url == "/account/password/"
    assert client.get("/account/password/").status_code == 200


def test_only_the_hash_of_a_link_is_kept(person):
    secret = link(person)
    assert models.PasswordLink.objects.get().secret_sha256 == sha256(secret.encode()).hexdigest()
