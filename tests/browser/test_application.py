"""„Wniosek o przystąpienie” as applicants live it: put aside, lost, found, sent once, corrected."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connections
from tests import cast, scenes
from tests.browser.stage import PASSWORD, Person, Stage, pdf, polish
from tests.onboarding import extracts

from ols.kernel import identifiers
from ols.onboarding import models
from ols.registry.selectors import EntryRow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = "/access/application/"
EMAIL = "maria@example.org"
PERSON = {
    "representative_name": "Maria Przykładowa (demo)",
    "representative_function": "właścicielka",
    "email": EMAIL,
    "phone": "600 000 021",
}


@pytest.fixture
def operator(transactional_db) -> cast.Firm:
    """Make the operator before the browser starts: its event loop would open a connection of its own."""
    cache.clear()  # limits count there, and no test's end empties it
    firm = cast.operator()
    scenes.publish(firm, "platform")
    person = firm.people["operator"]
    person.set_password(PASSWORD)
    person.save()
    return firm


@pytest.fixture
def entry(operator) -> EntryRow:
    return extracts.register()


def stored(work: Callable[[], Any]) -> Any:
    """Ask the database from a thread of its own: the browser's event loop runs in this one."""

    def run() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(run).result()


def application() -> models.AccessApplication:
    """Return the only application there is."""
    return stored(models.AccessApplication.objects.select_related("extract").get)


def chooses(person: Person, entry: EntryRow) -> None:
    """Find the clinic in the register and open the form."""
    person.page.goto("/medicine/insurance/")
    person.presses(polish("Get access"))
    person.fills(text=identifiers.format_nip(entry.nip))
    person.presses(polish("Search"))
    person.presses("Wybierz")


def saves(person: Person) -> None:
    """Leave the field and wait for the quiet line."""
    with person.page.expect_response("**/access/application/save/"):
        person.page.keyboard.press("Tab")
    person.page.get_by_text(re.compile(r"Zapisano o \d\d:\d\d")).wait_for()


def value(person: Person, name: str) -> str:
    return person.page.locator(f"[name='{name}']").input_value()


def asks_for_link(person: Person, email: str = EMAIL) -> str:
    """Ask for the link on the form; return its address from the mailbox."""
    person.fills(resume_email=email)
    person.presses("Wyślij mi link do dokończenia", see=email)
    return link_in_mail(person.stage, email)


def link_in_mail(stage: Stage, email: str) -> str:
    """Return the newest link sent to the address; mail is read on another device."""
    reader = stage.person("mail")
    row = reader.page.get_by_role("row").filter(has_text=email).filter(has_text="dokończ")
    for _ in range(50):
        reader.page.goto("/mailbox/")
        if row.count():
            break
        reader.page.wait_for_timeout(200)
    with reader.page.expect_navigation():
        row.first.get_by_role("link").click()
    address = reader.page.locator("#message a").first.get_attribute("href")
    reader.page.context.close()
    stage.people.remove(reader)
    return "/" + address.split("/", 3)[3]


def forgive(stage: Stage, *statuses: int) -> None:
    """Take expected refusals off what the windows said."""
    words = [str(status) for status in statuses]
    stage.said[:] = [line for line in stage.said if not any(word in line for word in words)]


def test_the_whole_way_to_the_status_page(operator, entry, stage: Stage):
    person = stage.person("applicant")
    chooses(person, entry)
    person.looks(polish("Kinds of service"), phone=True)
    ticked = person.page.locator("[name=areas]:checked")
    proposed = ticked.count()
    assert proposed > 0
    person.fills(**PERSON)
    saves(person)
    person.adds_file("extract", "wypis.pdf", pdf())
    person.ticks("accepted")
    person.presses(polish("Continue"), see="wypis.pdf", phone=True)
    person.opens("a[href$='#id_phone']")
    assert value(person, "phone") == "+48 600 000 021"
    person.fills(phone="600 000 022")
    person.presses(polish("Continue"), see="+48 600 000 022")
    person.presses("Wyślij wniosek", see=polish("The application was sent"), phone=True)
    sent = application()
    assert sent.number in person.page.inner_text("main")
    assert sent.number.startswith("P/2026/")
    assert (sent.phone, sent.extract.original_name) == ("+48600000022", "wypis.pdf")
    assert len(sent.areas) == proposed
    # Back and again is the same application.
    person.page.go_back()
    person.page.go_back()
    person.page.goto(f"{FORM}check/")
    person.looks(sent.number)
    person.page.emulate_media(media="print")
    person.looks(sent.number)
    person.page.emulate_media(media="screen")
    stranger = stage.person("mail")
    stranger.follows_mail(EMAIL, sent.number)
    stranger.looks(polish("History"), phone=True)
    assert stored(models.AccessApplication.objects.count) == 1
    assert stored(models.Draft.objects.get).entries == {}


def test_a_lost_session_gives_everything_back(entry, stage: Stage):
    person = stage.person("applicant")
    chooses(person, entry)
    person.fills(**PERSON)
    saves(person)
    context = person.page.context
    kept = [cookie for cookie in context.cookies() if cookie["name"] != "sessionid"]
    context.clear_cookies()
    context.add_cookies(kept)
    (secret,) = [cookie for cookie in kept if cookie["name"] == "ols_draft"]
    assert (secret["httpOnly"], secret["sameSite"]) == (True, "Lax")
    person.goes(FORM)
    assert value(person, "representative_name") == PERSON["representative_name"]
    # Even with every cookie gone what stands on the page is not lost.
    person.fills(city="Łódź (demo)")
    context.clear_cookies(name="ols_draft")
    context.clear_cookies(name="sessionid")
    person.presses(polish("Save and come back later"), see=polish("The application is saved"), phone=True)
    person.goes(FORM)
    assert value(person, "city") == "Łódź (demo)"
    forgive(stage, 409)  # a save that came while there was no draft


def test_two_tabs_destroy_nothing(entry, stage: Stage):
    first = stage.person("first")
    chooses(first, entry)
    second = Person(stage, "second", first.page.context.new_page())
    second.goes(FORM)
    first.fills(city="Łódź (demo)", representative_name="Anna (demo)")
    saves(first)
    # Another field of the other tab is added, not exchanged for what it shows.
    second.fills(legal_form="spółka (demo)")
    saves(second)
    second.fills(city="Gdynia (demo)")
    with second.page.expect_response("**/access/application/save/"):
        second.page.keyboard.press("Tab")
    second.looks(polish("Another tab has changed the same fields."), phone=True)
    assert "Łódź (demo)" in second.page.locator("#saved").inner_text()
    second.presses(polish("Continue"), see=polish("Choose which words to keep"), phone=True)
    assert value(second, "city") == "Gdynia (demo)"
    second.page.get_by_role("button", name=polish("Save what is here")).click()
    second.page.wait_for_load_state()
    first.goes(FORM)
    kept = [value(first, name) for name in ("city", "representative_name", "legal_form")]
    # The second tab never touched the representative; what the first typed there stays.
    assert kept == ["Gdynia (demo)", "Anna (demo)", "spółka (demo)"]
    forgive(stage, 409, 422)


def test_a_link_leads_back_and_ends_with_the_application(entry, stage: Stage):
    office = stage.person("office")
    chooses(office, entry)
    office.fills(**PERSON)
    old = asks_for_link(office)
    assert value(office, "representative_name") == PERSON["representative_name"]
    link = asks_for_link(office)
    home = stage.person("home")
    home.goes(link, see=polish("Your application waits for you"), phone=True)
    home.goes(link)  # opening it uses nothing up
    home.presses("Wróć do wniosku", see=polish("Here is your application, as you left it."))
    assert value(home, "email") == EMAIL
    home.ticks("accepted")
    for replaced in (old, link[:-2] + "/", "/access/resume/x/"):
        home.goes(replaced, see=polish("The link does not work"), phone=replaced == old)
    home.goes(FORM)
    home.ticks("accepted")
    home.presses(polish("Continue"))
    home.presses("Wyślij wniosek", see=polish("The application was sent"))
    home.goes(link, see=polish("This application has been sent already"), phone=True)
    # The other computer's tab is still open.
    office.fills(city="Inne (demo)")
    with office.page.expect_response("**/access/application/save/"):
        office.page.keyboard.press("Tab")
    office.looks(polish("This application has been sent already."))
    office.presses(polish("Continue"), see=application().number)
    assert application().city == entry.city
    forgive(stage, 404, 409, 410)


def test_links_are_not_sent_without_end_and_expire(entry, stage: Stage):
    person = stage.person("applicant")
    chooses(person, entry)
    person.presses(
        "Wyślij mi link do dokończenia", see=polish("Enter the e-mail address to which we send the link.")
    )
    for _ in range(3):
        link = asks_for_link(person)
    person.fills(resume_email=EMAIL, city="Łódź (demo)")
    person.presses(
        "Wyślij mi link do dokończenia",
        see="Za dużo prób.",
        phone=True,
    )
    assert value(person, "city") == "Łódź (demo)"
    stored(lambda: models.Draft.objects.update(link_expires_at=cast.AT))
    person.goes(link, see=polish("The link does not work"))
    person.presses(polish("Begin a new application"))
    forgive(stage, 422, 410)


def test_a_foreign_link_warns_of_the_own_application(entry, stage: Stage):
    other = stage.person("other")
    chooses(other, entry)
    link = asks_for_link(other)
    person = stage.person("applicant")
    person.page.goto("/medicine/insurance/")
    person.presses(polish("Get access"))
    person.fills(text="526-000-12-46")
    person.presses(polish("Search"))
    person.presses(polish("Fill in the access application"), phone=True)
    person.fills(name="Moja przychodnia (demo)")
    saves(person)
    person.goes(link, see="Moja przychodnia (demo)", phone=True)


def test_this_computer_forgets(entry, stage: Stage):
    person = stage.person("reception")
    chooses(person, entry)
    person.fills(**PERSON)
    saves(person)
    person.page.get_by_role("link", name="To nie mój wniosek").click()
    person.looks(polish("Clear the application from this computer?"), phone=True)
    person.presses(polish("Clear it"), see=polish("This computer does not know the application any more."))
    assert stored(models.Draft.objects.count) == 0
    assert {cookie["name"] for cookie in person.page.context.cookies()} & {"ols_draft"} == set()
    person.goes(FORM, see=polish("Find your clinic"))
    # The browser says that its cache was emptied.
    stage.said[:] = [line for line in stage.said if "Clear-Site-Data" not in line]


def test_a_double_click_sends_once(entry, stage: Stage):
    person = stage.person("applicant")
    chooses(person, entry)
    person.fills(**PERSON)
    person.ticks("accepted")
    person.presses(polish("Continue"))
    button = person.page.get_by_role("button", name="Wyślij wniosek")
    other = Person(stage, "tab", person.page.context.new_page())
    other.goes(f"{FORM}check/")
    with person.page.expect_navigation():
        button.dblclick()
    person.looks(polish("The application was sent"))
    other.presses("Wyślij wniosek", see=application().number)
    assert stored(models.AccessApplication.objects.count) == 1


def test_a_second_application_for_the_same_number_is_refused(entry, stage: Stage):
    for name in ("first", "second"):
        person = stage.person(name)
        chooses(person, entry)
        person.fills(**PERSON | {"email": f"{name}@example.org"})
        person.ticks("accepted")
        person.presses(polish("Continue"))
        person.presses("Wyślij wniosek")
    person.looks(polish("The application was not sent."), phone=True)
    assert "first@example.org" not in person.page.inner_text("main")
    assert stored(models.AccessApplication.objects.count) == 1
    forgive(stage, 409)


def test_wrong_fields_and_files_keep_everything(entry, stage: Stage):
    person = stage.person("applicant")
    chooses(person, entry)
    person.fills(**PERSON | {"phone": "12", "email": "maria"}, postal_code="1")
    person.ticks("accepted")
    for name, content, said in (
        ("wniosek.docx", b"PK", "PDF, JPG"),
        ("wypis.pdf", b"", "pusty"),
        ("wypis.pdf", b"MZ program", "PDF"),
        ("wypis.pdf", pdf()[:200], "uszkodzony"),
        ("duzy.pdf", b"%PDF-" + b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
    ):
        person.adds_file("extract", name, content)
        person.presses(polish("Continue"), phone=name == "wniosek.docx")
        assert said in person.page.locator(".field.error", has_text="Wypis").inner_text()
    person.adds_file("extract", "dobry.pdf", pdf())
    person.presses(polish("Continue"), see="dobry.pdf")
    assert [value(person, name) for name in ("phone", "email", "postal_code")] == ["12", "maria", "1"]
    person.fills(phone="600 000 021", email=EMAIL, postal_code=entry.postal_code)
    person.presses(polish("Continue"), see="dobry.pdf")
    forgive(stage, 422)


def test_in_english_without_scripts(entry, stage: Stage):
    context = stage.browser.new_context(
        java_script_enabled=False,
        base_url=stage.address,
        locale="en-GB",
        viewport={"width": 1280, "height": 900},
    )
    page = context.new_page()
    page.goto(FORM)
    page.locator("[name=text]").first.fill(entry.nip)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Choose").first.click()
    for name, text in PERSON.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name="Save and come back later").click()
    page.get_by_role("heading", name="The application is saved").wait_for()
    page.locator("[name=resume_email]").fill(EMAIL)
    page.get_by_role("button", name="Send me a link to finish it").click()
    page.get_by_text("The link is on its way").wait_for()
    page.get_by_role("link", name="Go on now").click()
    assert page.locator("[name=email]").input_value() == EMAIL
    page.locator("[name=accepted]").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send the application").click()
    page.get_by_text("The application was sent").wait_for()
    page.screenshot(path=stage.pictures / "english.png", full_page=True)
    context.close()


def test_a_returned_application_is_corrected(operator, entry, stage: Stage):
    person = stage.person("applicant")
    chooses(person, entry)
    person.fills(**PERSON)
    person.ticks("accepted")
    person.presses(polish("Continue"))
    person.presses("Wyślij wniosek")
    address = person.page.url
    desk = stage.person("operator")
    desk.logs_in(operator.people["operator"].email)
    desk.page.goto("/operator/applications/")
    desk.page.locator("tbody th a").first.click()
    desk.page.locator("summary", has_text="Poproś o uzupełnienie").click()
    desk.page.locator("[name=ask_extract]").check()
    desk.fills(why_extract="Brakuje wypisu (demo)")
    desk.page.get_by_role("button", name="Poproś o uzupełnienie").click()
    desk.page.wait_for_load_state()
    with time_machine.travel(cast.AT.replace(day=25)):
        person.goes(address, see="Brakuje wypisu (demo)", phone=True)
        person.presses(polish("Correct the application"), phone=True)
        assert person.page.locator("[name=city]").count() == 0
        person.ticks("accepted")
        person.presses(polish("Send the corrected application"), see=polish("Choose a file."), phone=True)
        person.adds_file("extract", "nowy.pdf", pdf())
        person.ticks("accepted")
        person.presses(
            polish("Send the corrected application"), see=polish("The corrected application was sent.")
        )
        person.looks(polish("The application was sent"), phone=True)
    assert application().extract.original_name == "nowy.pdf"
    forgive(stage, 422)
