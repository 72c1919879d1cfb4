"""A price list between a clinic and an insurer in two browsers: two rounds, line by line; then the app."""

import pytest
from playwright.sync_api import Page
from tests.browser.stage import PASSWORD, Person, Stage, polish
from tests.cast import AT, TODAY
from tests.network.test_negotiation import World

from ols.accounts.permissions import Role
from ols.network import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db) -> World:
    """Let the clinic have sent four prices; the insurer has limits for three. Before the browser starts."""
    made = World()
    limits = dict(zip(made.services, (200_00, 150_00, 100_00), strict=False))
    services.set_price_limits(
        actor=made.insurer.actor(Role.PLAN_MANAGER), limits=limits, valid_from=TODAY, at=AT
    )
    for person in (made.insurer.people["network-manager"], made.clinic.people["owner"]):
        person.set_password(PASSWORD)
        person.save()
    made.sent = made.send(180_00, 170_00, 130_00, 90_00)
    return made


def staff(stage: Stage, world: World, side: str, *, scripts: bool = True) -> Person:
    firm, role = (world.insurer, "network-manager") if side == "insurer" else (world.clinic, "owner")
    person = stage.person(side, scripts=scripts)
    person.logs_in(firm.people[role].email)
    return person


def says(page: Page, service: int, kind: str, price: str = "", remark: str = "") -> None:
    """Answer one line by keyboard order: the choice, the amount, the remark."""
    page.locator(f"[name='kind-{service}']").select_option(kind)
    if price:
        page.locator(f"[name='price-{service}']").fill(price)
    if remark:
        page.locator(f"[name='remark-{service}']").fill(remark)


def test_two_rounds_line_by_line(world: World, stage: Stage) -> None:
    uuid = world.sent
    _one, two, three, four = world.services
    reviewer = staff(stage, world, "insurer")
    reviewer.goes(f"/insurer/price-lists/{uuid}/", phone=True)
    reviewer.presses(polish("Accept all within the limit"))
    says(reviewer.page, two, "countered", "15o", "Limit")
    with stage.refusing(422):
        reviewer.presses(polish("Check the answer"), phone=True)
    says(reviewer.page, two, "countered", "150")
    says(reviewer.page, three, "countered", "100,00")
    reviewer.presses(polish("Check the answer"), see=polish("Some lines have no answer yet."), phone=True)
    reviewer.presses(polish("Decide the remaining lines"))
    says(reviewer.page, four, "refused", remark="Bez tej usługi")
    reviewer.presses(polish("Check the answer"), phone=True)
    reviewer.presses(polish("Send answer"), see=polish("The answer is sent. Both sides have it by e-mail."))
    owner = staff(stage, world, "clinic")
    replies(owner, world)
    reviewer.goes("/insurer/offers/?show=lists")
    reviewer.opens("tbody th a", phone=True)
    reviewer.presses(
        polish("Accept price list"), see=polish("The price list is accepted. The clinic has been told.")
    )
    installs(owner)


def replies(owner: Person, world: World) -> None:
    """Take one counter-offer, stay with a price, give a service up."""
    _one, two, three, four = world.services
    owner.goes("/panel/", phone=False)
    owner.goes(f"/panel/contracts/{world.contract}/areas/CONS/prices/", phone=True)
    owner.presses(polish("Answer the counter-offer"), phone=True)
    owner.presses(polish("Take every counter-offer"))
    says(owner.page, three, "kept", remark="Koszty wzrosły")
    says(owner.page, four, "dropped")
    assert owner.page.locator(f"[name='kind-{two}']").input_value() == "taken"
    owner.presses(polish("Check the answer"), phone=True)
    owner.presses(
        polish("Send answer"), see=polish("The answer is sent. Both sides have it by e-mail."), phone=True
    )


def installs(owner: Person) -> None:
    """Read the instruction, take the shortcut; the browser finds nothing against installing the panel."""
    owner.goes("/panel/instruction/", phone=True)
    assert owner.downloads(polish("Shortcut for Windows")).startswith(b"[InternetShortcut]")
    session = owner.page.context.new_cdp_session(owner.page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/app.webmanifest")
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A test's browser window keeps nothing, which is the one thing Chromium holds against it.
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []


def test_two_people_decide_at_once_without_scripts(world: World, stage: Stage) -> None:
    uuid = world.sent
    first = staff(stage, world, "insurer", scripts=False)
    second = stage.window("insurer-2", first.page.context, scripts=False)
    for person in (first, second):
        person.page.goto(f"/insurer/price-lists/{uuid}/")
    says(first.page, world.services[0], "countered", "150,00", "Limit")
    with first.page.expect_navigation():
        first.page.get_by_role("button", name=polish("Save"), exact=True).click()
    says(second.page, world.services[0], "accepted")
    with second.page.expect_navigation():
        second.page.get_by_role("button", name=polish("Save"), exact=True).click()
    text = second.page.inner_text("main")
    assert "inne odpowiedzi" in text
    assert second.page.locator(f"[name='kind-{world.services[0]}']").input_value() == "accepted"
    for person in (first, second):
        with person.page.expect_navigation():
            person.page.get_by_role("button", name=polish("Accept price list")).click()
    assert polish("The price list is accepted. The clinic has been told.") in first.page.inner_text("main")
    assert polish("The price list does not wait for an answer any more.") in second.page.inner_text("main")
