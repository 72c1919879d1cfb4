"""Logging in and out, passwords, the choice of an organization, the mailbox."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone
from tests import cast

from ols.accounts import models, services
from ols.kernel.actor import Actor
from ols.notifications import models as notifications_models
from ols.web import acting

pytestmark = pytest.mark.django_db

PASSWORD = "lipa-klon-dab-9"


@pytest.fixture
def owner():
    user = cast.provider().people["owner"]
    user.password = make_password(PASSWORD)
    user.save()
    return user


def attempt(client: Client, email: str, password: str, where: str = "/login/"):
    return client.post(where, {"email": email, "password": password})


def test_in_and_out(owner) -> None:
    client = Client()
    assert attempt(client, owner.email.upper(), PASSWORD).url == "/home/"
    assert client.get("/home/").url == "/panel/"
    assert client.get("/login/").url == "/home/"
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").url == "/"
    assert client.get("/home/").url == "/login/?next=/home/"


def test_back_to_the_page_wanted_but_never_to_another_site(owner) -> None:
    client = Client()
    assert attempt(client, owner.email, PASSWORD, "/login/?next=/panel/x/").url == "/panel/x/"
    for hostile in ("//evil.example.org/", "https://evil.example.org/", "javascript:alert(1)"):
        other = Client()
        assert attempt(other, owner.email, PASSWORD, f"/login/?next={hostile}").url == "/home/"


def test_a_known_and_an_unknown_address_get_the_same_answer(owner) -> None:
    wrong = attempt(Client(), owner.email, "zle-haslo-demo")
    unknown = attempt(Client(), "nobody@example.org", "zle-haslo-demo")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    messages = [list(response.context["form"].non_field_errors()) for response in (wrong, unknown)]
    assert messages[0] == messages[1]
    assert len(messages[0]) == 1


def test_guessing_is_slowed_down_and_the_right_password_waits_too(owner) -> None:
    for _ in range(5):
        attempt(Client(), owner.email, "zle-haslo-demo")
    assert models.LoginFailure.objects.count() == 5
    assert attempt(Client(), owner.email, PASSWORD).status_code == 422
    assert models.LoginFailure.objects.count() == 5
    models.LoginFailure.objects.update(at=timezone.now() - timedelta(seconds=61))
    assert attempt(Client(), owner.email, PASSWORD).url == "/home/"
    assert models.LoginFailure.objects.count() == 0


def test_another_place_is_not_locked_out(owner) -> None:
    visitor = Actor(None, None, "visitor", frozenset(), "web", "192.0.2.1")
    elsewhere = Actor(None, None, "visitor", frozenset(), "web", "192.0.2.2")
    for _ in range(5):
        services.log_in(actor=visitor, email=owner.email, password="x", at=cast.AT)
    assert services.log_in(actor=visitor, email=owner.email, password=PASSWORD, at=cast.AT).user is None
    assert services.log_in(actor=elsewhere, email=owner.email, password=PASSWORD, at=cast.AT).user == owner


def test_an_inactive_person_stays_out(owner) -> None:
    models.User.objects.update(status="blocked")
    assert attempt(Client(), owner.email, PASSWORD).status_code == 403
    assert attempt(Client(), owner.email, "x").status_code == 422


def test_a_password_link_is_sent_only_to_known_addresses_with_one_answer(owner) -> None:
    known = Client().post("/password/", {"email": owner.email})
    assert notifications_models.OutboxMessage.objects.count() == 1
    unknown = Client().post("/password/", {"email": "nobody@example.org"})
    assert notifications_models.OutboxMessage.objects.count() == 1
    assert known.url == unknown.url == "/login/"


def test_an_unknown_link_is_gone() -> None:
    client = Client()
    assert client.get("/password/no-such-secret/").url == "/password/new/"
    assert client.get("/password/new/").status_code == 410
    assert client.post("/password/new/", {"password": PASSWORD}).status_code == 410


def test_choosing_among_organizations(owner) -> None:
    second = cast.insurer()
    models.Membership.objects.create(user=owner, organization_id=second.id, roles=["network-manager"])
    stranger = cast.insurer(2)
    client = Client()
    attempt(client, owner.email, PASSWORD)
    assert client.get("/home/").url == "/organization/"
    assert second.name in client.get("/organization/").content.decode()
    foreign = {"organization": acting.mark(stranger.id, owner.id)}
    assert client.post("/organization/", foreign).status_code == 404
    assert client.post("/organization/", {"organization": "x"}).status_code == 404
    assert client.post("/organization/", {"organization": acting.mark(second.id, owner.id)}).url == "/home/"
    assert client.get("/home/").url == "/insurer/"


def test_the_mailbox_is_there_in_development_only(settings) -> None:
    row = notifications_models.MailboxMessage.objects.create(
        recipient="anna@example.org",
        subject="Link (demo)",
        raw=(
            b"Subject: Link\nContent-Type: text/plain; charset=utf-8\n\n"
            b"<http://testserver/password/abc/> <script>alert(1)</script>\n"
        ),
    )
    client = Client()
    assert "Link (demo)" in client.get("/mailbox/").content.decode()
    page = client.get(f"/mailbox/{row.pk}/").content.decode()
    assert 'href="http://testserver/password/abc/"' in page
    assert "<script>alert(1)" not in page
    assert client.get("/mailbox/999999/").status_code == 404
    settings.DEVELOPMENT = False
    assert client.get("/mailbox/").status_code == 404
    assert client.get(f"/mailbox/{row.pk}/").status_code == 404


def test_a_form_whose_session_is_over_leads_back_to_its_page(owner) -> None:
    client = Client()
    sent = client.post("/organization/", headers={"Referer": "http://testserver/panel/claims/new/?a=1"})
    assert sent.url == "/login/?next=/panel/claims/new/%3Fa%3D1"
    for strange in ("https://evil.example.org/panel/", ""):
        assert client.post("/organization/", headers={"Referer": strange}).url == "/login/?next=/"
