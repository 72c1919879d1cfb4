"""From the home page to one's own clinic: the paths, and those that are closed."""

import re
from http import HTTPStatus

import pytest
from playwright.sync_api import Page
from tests import cast, scenes
from tests.browser.stage import DESK, PHONE, Person, Stage, polish
from tests.registry import register_files

from ols.accounts import models as accounts_models
from ols.accounts.limits import Limit
from ols.kernel import identifiers
from ols.registry import models as registry_models
from ols.web.public import limits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WELCOME = "/osoz-www/swiadczeniodawca/kreatorDostepu/powitanie/2"
NAMES = {
    "1": "Przychodnia Źródło (demo)",
    "2": "Poradnia Bursztyn (demo)",
    "3": "Centrum Medyczne Świt (demo)",
}


@pytest.fixture
def clinics(transactional_db) -> dict[str, registry_models.RegisterEntry]:
    """Make the world before the browser starts: its event loop would open a connection of its own."""
    scenes.publish(cast.operator(), "platform")
    lines = register_files.rows(30)
    for line in lines:
        number = line["register_book_no"].lstrip("0")
        if line["level"] == "entity" and number in NAMES:
            line |= {"name": NAMES[number], "seat_address": f"ul. Lipowa {number}, 90-001 Łódź"}
        if line["level"] == "entity" and number == "3":
            line["struck_off_on"] = "2026-11-20"
    register_files.load(lines)
    return {row.register_book_no.lstrip("0"): row for row in registry_models.RegisterEntry.objects.all()}


@pytest.fixture
def joined(clinics) -> cast.Firm:
    """Let the first clinic have joined."""
    provider = cast.provider()
    accounts_models.Organization.objects.filter(pk=provider.id).update(nip=clinics["1"].nip)
    return provider


def searches(person: Person, words: str, *, phone: bool = False) -> None:
    person.page.goto(WELCOME)
    person.fills(text=words)
    person.presses(polish("Search"), phone=phone)


def allowed(stage: Stage, status: int) -> None:
    """Forget that pages answered with the status: the test has looked at each of them."""
    stage.said[:] = [line for line in stage.said if str(int(status)) not in line]


def main(person: Person) -> str:
    return person.page.inner_text("main")


def test_from_the_home_page_to_the_form(clinics, stage: Stage):
    visitor = stage.person("visitor")
    visitor.goes("/", phone=True)
    visitor.page.get_by_role("link", name="MEDYCYNA").click()
    visitor.looks(phone=True)
    visitor.page.get_by_role("navigation", name=polish("Main")).get_by_role(
        "link", name="Ubezpieczenia"
    ).click()
    visitor.looks(polish("How long it takes"), phone=True)
    opened = visitor.page.locator("details").nth(1)
    opened.locator("summary").focus()
    visitor.page.keyboard.press("Enter")
    opened.get_by_text(polish("No. Choose your clinic in the search.")).wait_for()
    visitor.looks(phone=True)
    visitor.presses("Uzyskaj dostęp", phone=True)
    assert visitor.page.url.endswith(WELCOME)
    visitor.page.locator("[name=text]").focus()
    visitor.page.keyboard.type("zrodlo lodz")
    visitor.page.keyboard.press("Enter")
    visitor.looks(NAMES["1"], phone=True)
    assert "lodz" not in visitor.page.url
    assert "wpisany" in main(visitor)
    visitor.presses("Wybierz", phone=True)
    assert visitor.page.locator("[name=nip]").input_value() == identifiers.format_nip(clinics["1"].nip)


def test_printed_the_insurance_page_opens_its_answers(clinics, stage: Stage):
    visitor = stage.person("visitor")
    visitor.page.goto("/medicine/insurance/")
    visitor.page.emulate_media(media="print")
    visitor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visitor.picture("insurance-printed")
    assert visitor.page.get_by_text(polish("Yes, in the same way.")).is_visible()
    assert not visitor.page.locator("nav.tabs").is_visible()


def test_the_results_say_what_a_number_is_and_lists_are_refined(clinics, stage: Stage):
    visitor = stage.person("visitor")
    searches(visitor, identifiers.format_nip(clinics["2"].nip))
    assert f"{polish('Read as:')} NIP {identifiers.format_nip(clinics['2'].nip)}." in main(visitor)
    assert visitor.page.get_by_role("row").count() == 2
    searches(visitor, "burstyn", phone=True)
    assert NAMES["2"] in main(visitor)
    assert "Oto podobne" in main(visitor)
    searches(visitor, "demo")
    assert visitor.page.get_by_role("row").count() == 26
    visitor.presses(polish("Next"), phone=True)
    assert visitor.page.get_by_role("row").count() == 6
    assert "wykreślony" in visitor.page.get_by_role("row").last.inner_text()
    visitor.fills(text="weterynaria")
    visitor.presses(polish("Search"), phone=True)
    visitor.presses("Wypełnij wniosek o przystąpienie")
    assert visitor.page.locator("[name=nip]").input_value() == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("526-000-12-47", "Odczytano jako NIP"),
        ("241371989", "Odczytano jako REGON"),
        ("12345678512348", "REGON zakładu leczniczego"),
        ("KRS 12345678901", "Odczytano jako KRS"),
        ("RPWDL 0000000000001", "numer księgi rejestrowej (RPWDL)"),
        ("1234567", "Odczytano jako NPWZ"),
    ],
)
def test_a_wrong_number_is_explained_at_the_field(clinics, stage: Stage, typed, said):
    visitor = stage.person("visitor")
    searches(visitor, typed, phone=True)
    assert said in visitor.page.locator("#id_text_error").inner_text()
    assert visitor.page.locator("[name=text]").input_value() == typed
    assert visitor.page.title().startswith("Błąd: ")
    assert visitor.page.evaluate("document.activeElement.className") == "error-summary"
    allowed(stage, HTTPStatus.UNPROCESSABLE_ENTITY)


def test_a_struck_off_clinic_cannot_be_chosen_even_by_force(clinics, stage: Stage):
    visitor = stage.person("visitor")
    searches(visitor, clinics["3"].nip, phone=True)
    assert "wykreślony" in main(visitor)
    assert visitor.page.get_by_role("button", name="Wybierz").count() == 0
    hidden = visitor.page.locator("main input[name=register_book_no]")
    hidden.evaluate("(field, book) => { field.value = book; }", clinics["3"].register_book_no)
    visitor.presses(
        "Wypełnij wniosek o przystąpienie", see="Ten podmiot został wykreślony z rejestru.", phone=True
    )
    visitor.page.goto("/access/application/")
    assert visitor.page.url.endswith(WELCOME)
    allowed(stage, HTTPStatus.UNPROCESSABLE_ENTITY)


def test_back_from_the_form_leads_to_the_results(clinics, stage: Stage):
    visitor = stage.person("visitor")
    searches(visitor, "lodz")
    visitor.page.get_by_role("button", name=NAMES["2"]).click()
    visitor.page.locator("[name=representative_name]").wait_for()
    visitor.page.go_back()
    visitor.looks(NAMES["1"])
    visitor.page.get_by_role("button", name=NAMES["1"]).click()
    visitor.page.locator("[name=representative_name]").wait_for()
    assert visitor.page.locator("[name=name]").input_value() == NAMES["1"]


def test_two_tabs_keep_their_own_results(clinics, stage: Stage):
    visitor = stage.person("visitor")
    searches(visitor, NAMES["1"])
    second = visitor.page.context.new_page()
    tab = Person(stage, "visitor", second)
    searches(tab, NAMES["2"])
    visitor.page.reload()
    assert NAMES["1"] in main(visitor)
    assert NAMES["2"] not in main(visitor)
    assert _chosen(second, NAMES["2"]) == NAMES["2"]
    assert _chosen(visitor.page, NAMES["1"]) == NAMES["1"]


def _chosen(page: Page, name: str) -> str:
    """Choose the clinic and return the name in the form that opens."""
    page.get_by_role("button", name=name).click()
    page.locator("[name=representative_name]").wait_for()
    return page.locator("[name=name]").input_value()


def test_who_joined_is_offered_a_link_and_no_second_account(clinics, joined, stage: Stage):
    visitor = stage.person("visitor")
    searches(visitor, clinics["1"].nip)
    visitor.presses("Wybierz", see=polish("A second account is not needed."), phone=True)
    owner = joined.people["owner"].email
    assert owner not in visitor.page.content()
    assert "+48 600 000 001" in main(visitor)
    assert "Odbiera teraz, do 16:00." in main(visitor)
    for _ in range(3):
        visitor.presses(polish("Send the link"), see="Jeśli ktoś jest zarejestrowany")
    visitor.presses(polish("Send the link"), see=polish("Too many requests"), phone=True)
    allowed(stage, HTTPStatus.TOO_MANY_REQUESTS)
    visitor.follows_mail(owner, "")
    assert visitor.page.locator("[name=password]").count() == 1


def test_too_many_searches_are_told_when_to_go_on(clinics, stage: Stage, monkeypatch):
    limit = limits.NUMBERS_OF_VISITOR
    monkeypatch.setattr(limits, "NUMBERS_OF_VISITOR", Limit(limit.name, 3, limit.within))
    guesser = stage.person("guesser")
    for number in range(1, 4):
        searches(guesser, str(number))
    searches(guesser, "4", phone=True)
    assert re.search(r"Spróbuj ponownie po 23\.11\.2026 10:\d\d\.", main(guesser))
    searches(guesser, "zrodlo")
    assert NAMES["1"] in main(guesser)
    searches(stage.person("other"), "1")
    allowed(stage, HTTPStatus.TOO_MANY_REQUESTS)


def test_in_english(clinics, joined, stage: Stage):
    visitor = stage.person("visitor")
    visitor.page.goto("/medicine/insurance/")
    visitor.page.get_by_role("button", name="English").click()
    visitor.looks("The insurance service", phone=True)
    visitor.goes("/medicine/", phone=True)
    visitor.goes("/", see="Benefits paid on-line", phone=True)
    visitor.page.goto(WELCOME)
    visitor.fills(text="526-000-12-47")
    visitor.presses("Search", see="Read as NIP", phone=True)
    visitor.fills(text=clinics["3"].nip)
    visitor.presses("Search", see="struck off", phone=True)
    searches_in_english(visitor, clinics["1"].nip)
    visitor.presses("Choose", see="This clinic is registered already", phone=True)
    allowed(stage, HTTPStatus.UNPROCESSABLE_ENTITY)


def searches_in_english(person: Person, words: str) -> None:
    person.page.goto(WELCOME)
    person.fills(text=words)
    person.presses("Search")


def test_without_scripts(clinics, stage: Stage):
    context = stage.browser.new_context(
        java_script_enabled=False,
        locale="pl-PL",
        base_url=stage.address,
        viewport={"width": DESK, "height": 900},
    )
    page = context.new_page()
    page.goto("/medicine/insurance/")
    page.locator("summary").first.click()
    assert page.get_by_text("Dołącz świeży wypis").is_visible()
    page.locator("main").get_by_role("link", name="Uzyskaj dostęp").first.click()
    page.fill("[name=text]", "526-000-12-47")
    page.get_by_role("button", name="Szukaj").click()
    assert "Odczytano jako NIP" in page.inner_text("main")
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.fill("[name=text]", "zrodlo")
    page.get_by_role("button", name="Szukaj").click()
    page.get_by_role("button", name=NAMES["1"]).click()
    assert page.locator("[name=name]").input_value() == NAMES["1"]
    context.close()
