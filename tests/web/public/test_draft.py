"""A draft and the browser that holds it: saved quietly, signed, forgotten; newer terms are accepted anew."""

import pytest
from django.test import Client
from tests.onboarding import world
from tests.registry import register_files

from ols.notifications import models as notifications
from ols.onboarding import models
from ols.onboarding import services as onboarding

pytestmark = pytest.mark.django_db
FORM = "/access/application/"


@pytest.fixture
def firm():
    return world.operator()


@pytest.fixture
def client(firm):
    register_files.load(register_files.rows(1))
    browser = Client()
    browser.post("/access/choose/", {"register_book_no": "000000000001"})
    browser.get(FORM)
    return browser


def text(response) -> str:
    return response.content.decode()


def typed(**changes: str) -> dict[str, str]:
    """Return the form as the page shows it, filled in."""
    values = models.Draft.objects.get().entries
    known = {name: steps[-1][2] for name, steps in values.items() if name != "areas"}
    return (
        known
        | {
            "representative_name": "Anna Przykładowa (demo)",
            "representative_function": "właścicielka",
            "email": "anna@example.org",
            "phone": "600 000 012",
            "accepted": "on",
        }
        | changes
    )


def test_the_register_proposes_kinds_of_service(client) -> None:
    assert text(client.get(FORM)).count("checked") > 0


def test_a_save_answers_with_one_line_and_a_signed_cookie(client) -> None:
    answer = client.post(f"{FORM}save/", {"city": "Łódź", "seen": "1", "tab": "a"})
    assert "Zapisano o " in text(answer)
    assert "<html" not in text(answer)
    cookie = answer.cookies["ols_draft"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/access/")
    assert cookie["max-age"] == 24 * 3600
    client.cookies.pop("sessionid", None)
    assert 'value="Łódź"' in text(client.get(FORM))
    client.cookies["ols_draft"] = cookie.value[:-1] + ("a" if cookie.value[-1] != "a" else "b")
    client.cookies.pop("sessionid", None)
    assert client.get(FORM).status_code == 302
    gone = client.post(f"{FORM}save/", {"city": "Gdynia"})
    assert gone.status_code == 409
    assert "Dalej" in text(gone)


def test_what_the_other_tab_saved_is_shown_and_replaced_only_when_chosen(client) -> None:
    client.post(f"{FORM}save/", {"city": "Łódź", "seen": "1", "tab": "a"})
    late = client.post(FORM, typed(city="Gdynia", seen="1", tab="b"))
    assert late.status_code == 409
    assert "Łódź" in text(late)
    assert 'value="Gdynia"' in text(late)
    version = str(models.Draft.objects.get().version)
    chosen = client.post(FORM, typed(city="Gdynia", seen="1", tab="b", override=version))
    assert chosen.status_code == 302
    assert chosen.url == f"{FORM}check/"
    assert "Gdynia" in text(client.get(chosen.url))


def test_terms_accepted_on_an_old_page_are_accepted_anew(firm, client) -> None:
    page = text(client.get(FORM))
    terms = page.split('name="terms" value="')[1].split('"')[0]
    world.publish_terms(firm, "2.0")
    # The tick is saved for the version that was shown, so nothing can be sent with it.
    client.post(f"{FORM}save/", typed(terms=terms))
    assert client.get(f"{FORM}check/").url == FORM
    answer = client.post(FORM, typed(terms=terms))
    assert answer.status_code == 422
    assert 'href="#id_accepted"' in text(answer)
    assert "wersja 2.0" in text(answer)


def test_a_page_that_was_checked_sends_only_what_it_showed(client) -> None:
    client.post(FORM, typed())
    page = text(client.get(f"{FORM}check/"))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    client.post(f"{FORM}save/", typed(city="Łódź", tab="other"))
    assert client.post(f"{FORM}check/", {"seen": seen}).url == f"{FORM}check/"
    assert models.AccessApplication.objects.count() == 0


def test_a_computer_that_forgot_knows_nothing(client) -> None:
    assert "trwale" in text(client.get(f"{FORM}forget/"))
    answer = client.post(f"{FORM}forget/")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.cookies["ols_draft"]["max-age"] == 0
    assert models.Draft.objects.count() == 0
    assert client.get(FORM).status_code == 302


def test_a_second_application_is_refused_without_saying_whose_the_first_is(client) -> None:
    client.post(FORM, typed())
    draft = models.Draft.objects.get()
    nip = draft.entries["nip"][-1][2]
    first = world.submit(nip=nip, email="inna@example.org")
    answer = client.post(f"{FORM}check/")
    assert answer.status_code == 409
    assert first.number not in text(answer)
    assert "inna@example.org" not in text(answer)
    assert models.AccessApplication.objects.count() == 1


def test_a_link_is_opened_without_being_used_and_pressed_to_go_on(client) -> None:
    client.post(FORM, typed(resume_email="anna@example.org", action="link"))
    secret = _link()
    elsewhere = Client()
    for _ in range(2):
        page = elsewhere.get(f"/access/resume/{secret}/")
        assert page.status_code == 200
        assert "Anna" not in text(page)
        assert "ols_draft" not in page.cookies
    assert elsewhere.get(FORM).status_code == 302
    assert elsewhere.post(f"/access/resume/{secret}/").url == FORM
    assert "Anna Przykładowa (demo)" in text(elsewhere.get(FORM))
    client.post(FORM, typed())
    client.post(f"{FORM}check/")
    assert elsewhere.get(f"/access/resume/{secret}/").status_code == 410
    assert elsewhere.get("/access/resume/unknown/").status_code == 404


def _link() -> str:
    message = notifications.OutboxMessage.objects.filter(payload__template="application_resume").get()
    return message.payload["context"]["path"].split("/")[3]


def test_too_many_drafts_from_one_place_are_refused_on_the_page(client, monkeypatch) -> None:
    def full(*_arguments, at, **_options):
        raise onboarding.TooOften(at)

    monkeypatch.setattr("ols.onboarding.services.limits.count", full)
    assert Client().post("/access/choose/", {"register_book_no": ""}).status_code == 429
    assert Client().post(FORM, {"name": "x"}).status_code == 429
