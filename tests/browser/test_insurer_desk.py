"""The insurer's desk: queue, an offer returned at single fields, two people deciding at once, the network."""

import pytest
from tests import cast, scenes
from tests.browser.stage import PASSWORD, Person, Stage, polish
from tests.cast import Firm

from ols.accounts.permissions import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REMARK = "Podaj rachunek placówki, nie właściciela."


def let_in(firm: Firm, *roles: str) -> None:
    for role in roles:
        firm.people[role].set_password(PASSWORD)
        firm.people[role].save()


@pytest.fixture
def insurer(transactional_db) -> Firm:
    """Make everybody before the browser starts: its event loop would open a connection of its own."""
    cast.operator()
    firm = cast.insurer()
    firm.hire(Role.OFFER_REVIEWER)
    scenes.prepare_insurer(firm, "CONS")
    let_in(firm, Role.NETWORK_MANAGER, Role.OFFER_REVIEWER)
    return firm


@pytest.fixture
def clinic(insurer) -> Firm:
    firm = cast.provider()
    scenes.finish_stage_two(cast.firm("operator", 2), firm)
    let_in(firm, Role.OWNER)
    return firm


@pytest.fixture
def offer(clinic, insurer) -> str:
    return scenes.offered(clinic, insurer)


def at_desk(stage: Stage, firm: Firm, role: str) -> Person:
    person = stage.person(role)
    person.logs_in(firm.people[role].email)
    return person


def test_an_offer_is_returned_at_a_field_and_the_clinic_finds_it(insurer, clinic, offer, stage: Stage):
    manager = at_desk(stage, insurer, Role.NETWORK_MANAGER)
    manager.goes("/insurer/", see=polish("Dashboard"), phone=True)
    manager.goes("/insurer/offers/", phone=True)
    manager.opens("tbody th a", phone=True)
    page = manager.page
    page.locator("#return summary").click()
    page.get_by_label(polish("Bank account"), exact=True).check()
    with stage.refusing(422):
        manager.presses(polish("Return the offer"), see="Popraw 1 miejsce", phone=True)
    manager.fills(why_iban=REMARK)
    manager.presses(polish("Return the offer"), see=polish("What happens next"), phone=True)
    owner = at_desk(stage, clinic, Role.OWNER)
    owner.goes("/panel/", see=REMARK)
    owner.goes(f"/panel/contracts/{offer}/parameters/", see=REMARK, phone=True)


def test_two_people_decide_at_once(insurer, offer, stage: Stage):
    first, second = (at_desk(stage, insurer, role) for role in (Role.NETWORK_MANAGER, Role.OFFER_REVIEWER))
    for person in (first, second):
        person.goes(f"/insurer/contracts/{offer}/")
    first.presses(polish("Accept offer"), see=polish("The offer was accepted"))
    second.page.locator("#reject summary").click()
    second.fills(reason="Sieć pełna")
    second.presses(polish("Reject the offer"), see="Decyzja już zapadła. Network-manager 1 (demo)")
    # The answer that came first stands; a reload of the page that says so repeats nothing.
    second.page.reload()
    second.looks(polish("Offer accepted"))
    assert "Sieć pełna" not in second.page.inner_text("main")


def test_the_network_its_needs_and_rules(insurer, offer, stage: Stage):
    manager = at_desk(stage, insurer, Role.NETWORK_MANAGER)
    manager.goes("/insurer/contracts/", phone=True)
    assert b"U/2026/" in manager.downloads("CSV")
    manager.goes("/insurer/settings/needs/", phone=True)
    manager.page.locator("[name^='need-14-']").first.fill("2")
    manager.presses(polish("Save the needs"))
    manager.goes("/insurer/", see="brakuje 2", phone=True)
    manager.goes("/insurer/settings/rules/", phone=True)
    manager.ticks("is_automatic")
    manager.presses(polish("Save the rules"), see=polish("Automatic acceptance is on."), phone=True)
    reviewer = at_desk(stage, insurer, Role.OFFER_REVIEWER)
    reviewer.goes("/insurer/offers/", phone=True)
    reviewer.presses(
        polish("Switch off automatic acceptance now"),
        see=polish("Automatic acceptance is off. Every offer waits for a person now."),
    )
