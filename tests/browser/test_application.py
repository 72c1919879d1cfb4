"""„Wniosek o przystąpienie” as applicants live it: sent once, refused, corrected."""

import pytest
import time_machine
from tests import cast
from tests.browser.applicant import EMAIL, FORM, PERSON, application, chooses, forgive, saves, stored, value
from tests.browser.stage import Person, Stage, pdf, polish

from ols.onboarding import models

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
