"""„Wniosek o przystąpienie” put aside, lost, found again."""

import pytest
from tests import cast
from tests.browser.applicant import (
    EMAIL,
    FORM,
    PERSON,
    application,
    asks_for_link,
    chooses,
    forgive,
    saves,
    stored,
    value,
)
from tests.browser.stage import Person, Stage, polish

from ols.onboarding import models

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
