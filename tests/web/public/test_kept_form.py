"""What is sent after the session has ended waits for its person, and for nobody else."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import AT, TODAY
from tests.network.test_price_lists import World

from ols.accounts.permissions import Role
from ols.network import selectors
from ols.web import acting, kept

pytestmark = pytest.mark.django_db

PASSWORD = "lipa-klon-dab-9"
PAGE = {"HTTP_ACCEPT": "text/html,application/xhtml+xml"}
WAITS = "To, co zostało wpisane, czeka"


class Desk(World):
    """The owner has typed prices into a page whose session is over."""

    def __init__(self) -> None:
        super().__init__()
        for role in (Role.OWNER, Role.ACCOUNTANT):
            person = self.clinic.people[role]
            person.password = make_password(PASSWORD)
            person.save()
        self.page = f"/panel/contracts/{self.contract}/areas/CONS/prices/"
        text = self.clinic.client(Role.OWNER).get(self.page).content.decode()
        self.hidden = dict(re.findall(r'"hidden" name="(acting_for|tab|seen)" value="(.*?)"', text))
        self.browser = Client()
        self.typed = {f"price-{service}": f"{number},50" for number, service in enumerate(self.services, 90)}

    def sends(self, client: Client | None = None, **headers: str):
        data = {**self.hidden, **self.typed, "valid_from": TODAY.strftime("%d.%m.%Y"), "save": "1"}
        return (client or self.browser).post(self.page, data, **(headers or PAGE))

    def logs_in(self, role: str = Role.OWNER, client: Client | None = None):
        data = {"email": self.clinic.people[role].email, "password": PASSWORD}
        return (client or self.browser).post("/login/", data)

    def offered(self) -> tuple[str, dict[str, str]]:
        """Return where the page would send what, as a browser reads it."""
        text = self.browser.get("/login/kept/").content.decode().split("<main")[1]
        form = text.split("<form")[1].split("</form>")[0]
        found = re.findall(r'name="([^"]+)" value="([^"]*)"', form)
        where = re.search(r'action="([^"]*)"', form).group(1)
        fields = {name: html.unescape(value) for name, value in found}
        return html.unescape(where), fields | {"csrfmiddlewaretoken": ""}

    def saved(self) -> dict[str, str]:
        sheet = selectors.price_sheet(self.owner, contract_uuid=self.contract, area_code="CONS", on=TODAY)
        return {f"price-{row.row.service_id}": row.checked.text for row in sheet.rows if row.checked.text}


@pytest.fixture
def desk():
    with time_machine.travel(AT, tick=False):
        yield Desk()


def test_typed_prices_outlive_the_session(desk):
    sent = desk.sends()
    assert sent.url.startswith("/login/")
    assert desk.saved() == {}
    assert WAITS in desk.browser.get(sent.url).content.decode()
    assert desk.logs_in().url == "/login/kept/"
    where, fields = desk.offered()
    assert where == desk.page
    assert desk.browser.post(where, fields).url == desk.page
    assert desk.saved() == desk.typed
    # Carried out once: neither reload nor Back does it again.
    assert desk.browser.get("/login/kept/").url == "/home/"


def test_a_wrong_password_and_the_login_button_of_another_page_lose_nothing(desk):
    desk.sends()
    data = {"email": desk.clinic.people[Role.OWNER].email, "password": "zle-haslo-demo"}
    assert WAITS in desk.browser.post("/login/", data).content.decode()
    assert desk.logs_in().url == "/login/kept/"


def test_wrong_prices_come_back_to_be_mended_and_a_refusal_keeps_the_form(desk):
    desk.typed[f"price-{desk.services[0]}"] = "1e3"
    desk.sends()
    desk.logs_in()
    where, fields = desk.offered()
    refused = {**fields, acting.MARK: "ffff"}
    assert desk.browser.post(where, refused).status_code == 409
    assert desk.offered() == (where, fields)
    answer = desk.browser.post(where, fields)
    assert answer.status_code == 422
    assert 'value="1e3"' in answer.content.decode()
    assert desk.browser.get("/login/kept/").url == "/home/"


def test_the_next_person_at_the_desk_neither_sees_nor_sends_it(desk):
    desk.sends()
    assert desk.logs_in(Role.ACCOUNTANT).url == "/home/"
    assert desk.browser.get("/login/kept/").url == "/home/"
    assert kept.FIELD not in desk.browser.session
    assert desk.saved() == {}


def test_negative_control_a_mark_without_the_person_would_show_it_to_the_next_one(desk, monkeypatch):
    monkeypatch.setattr(acting, "mark", lambda organization_id, _user_id: f"of-{organization_id}")
    desk.hidden[acting.MARK] = acting.mark(desk.clinic.id, 0)
    desk.sends()
    assert desk.logs_in(Role.ACCOUNTANT).url == "/login/kept/"


def test_what_waits_is_sealed_and_goes_with_the_person_only(desk):
    desk.sends()
    session = Session.objects.get(session_key=desk.browser.session.session_key)
    assert "price-" not in str(session.get_decoded())
    assert "90,50" not in str(session.get_decoded())
    other = Client()
    assert desk.logs_in(client=other).url == "/home/"
    assert other.get("/login/kept/").url == "/home/"


def test_it_waits_for_hours_but_the_session_after_it_ends_as_every_other(desk):
    desk.sends()
    assert desk.browser.session.get_expiry_age() == kept.FOR.total_seconds()
    with time_machine.travel(AT + timedelta(hours=8), tick=False):
        assert desk.logs_in().url == "/login/kept/"
        assert desk.browser.session.get_expiry_age() == 30 * 60


def test_given_up_is_gone(desk):
    desk.sends()
    desk.logs_in()
    answer = desk.browser.post("/login/kept/", follow=True)
    assert answer.redirect_chain[-1][0] == "/panel/"
    assert "To, co zostało wpisane, porzucono." in answer.content.decode()
    assert desk.browser.get("/login/kept/").url == "/home/"


def test_scripts_passwords_files_and_floods_are_not_kept(desk, monkeypatch):
    for headers in ({"HTTP_ACCEPT": "*/*"}, PAGE | {"HTTP_HX_REQUEST": "true"}):
        desk.sends(**headers)
        assert not kept.is_waiting(desk.browser)
    own = {acting.MARK: desk.hidden[acting.MARK], "password": PASSWORD}
    desk.browser.post("/account/password/", own, **PAGE)
    assert not kept.is_waiting(desk.browser)
    monkeypatch.setattr(kept, "MOST_LETTERS", 100)
    desk.sends()
    assert not kept.is_waiting(desk.browser)


def test_files_have_to_be_chosen_again(desk):
    data = {**desk.hidden, "file": SimpleUploadedFile("ceny.csv", b"kod;cena\n")}
    desk.browser.post(f"{desk.page}import/", data, **PAGE)
    desk.logs_in()
    assert "Tylko pliki trzeba wybrać ponownie." in desk.browser.get("/login/kept/").content.decode()


def test_a_page_older_than_the_login_is_kept_and_can_be_carried_on(desk):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.clinic.client(Role.OWNER).cookies
    answer = desk.sends(strict)
    assert answer.status_code == 403
    assert "/login/kept/" in answer.content.decode()
    assert "Wyślij teraz" in strict.get("/login/kept/").content.decode()


def test_a_forged_form_is_refused_and_leaves_nothing(desk):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.clinic.client(Role.OWNER).cookies
    desk.hidden[acting.MARK] = "0123456789abcdef"
    assert "/login/kept/" not in desk.sends(strict).content.decode()
    assert desk.sends(Client(enforce_csrf_checks=True)).cookies.get("sessionid") is None
