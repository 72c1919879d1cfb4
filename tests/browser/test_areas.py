"""An area closes while a clinic prepares prices; needs from a file; near codes: both desks, in a browser."""

import pytest
from tests import cast, scenes
from tests.browser.stage import PASSWORD, Person, Stage, polish
from tests.catalog.test_icd9 import ACTOR, ROWS

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.catalog import services as catalog_services
from ols.catalog.icd9 import read_dictionary
from ols.network import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AREAS = "/insurer/settings/areas/"


@pytest.fixture
def pair(operator):
    insurer, clinic = cast.insurer(), cast.provider()
    insurer.hire(Role.PLAN_MANAGER)
    scenes.prepare_insurer(insurer, "CONS", "LAB")
    scenes.finish_stage_two(operator, clinic)
    contract = scenes.active(clinic, insurer)
    scenes.accept_area(clinic, insurer, "CONS")
    service = catalog.services(area_id=catalog.area(code="CONS").id)[0]
    services.save_prices(
        actor=clinic.actor(Role.OWNER), contract_uuid=contract, area_code="CONS",
        valid_from=cast.TODAY, prices={service.id: 100_00}, at=cast.AT,
    )  # fmt: skip
    for firm in (insurer, clinic):
        for person in firm.people.values():
            person.set_password(PASSWORD)
            person.save()
    return insurer, clinic, contract


def at_desk(stage: Stage, firm: cast.Firm, role: str, *, scripts: bool = True) -> Person:
    person = stage.person(role, scripts=scripts)
    person.logs_in(firm.people[role].email)
    return person


def test_an_area_closes_and_opens_again(pair, stage: Stage):
    insurer, clinic, contract = pair
    manager = at_desk(stage, insurer, Role.NETWORK_MANAGER)
    manager.goes(AREAS + "CONS/", see="1 placówka przygotowuje cennik.", phone=True)
    with stage.refusing(422):
        manager.fills(closes_on="31.02.2027")
        manager.presses(polish("Close the area"), phone=True)
    manager.fills(closes_on="23.11.2026")
    manager.presses(polish("Close the area"), see="Powiadomiono 1 placówkę", phone=True)
    manager.fills(description="Porady w gabinecie.", description_en="Visits at the surgery.")
    manager.presses(polish("Save the description"), see=polish("The description was saved."))
    manager.goes(AREAS, see="Zamknięty dla nowych cenników od 23.11.2026", phone=True)
    owner = at_desk(stage, clinic, Role.OWNER, scripts=False)
    owner.goes(f"/panel/contracts/{contract}/terms/", see="Porady w gabinecie.", phone=True)
    owner.goes(f"/panel/contracts/{contract}/areas/CONS/prices/", see=polish("The list cannot be sent now."))
    owner.goes(f"/panel/contracts/{contract}/areas/CONS/prices/check/", phone=True)
    owner.goes("/panel/", see="Zamknięty dla nowych cenników od 23.11.2026")
    manager.goes(AREAS + "CONS/")
    manager.fills(reopens_on="23.11.2026")
    manager.presses(polish("Open again"), see="Powiadomiono 1 placówkę")
    owner.goes(f"/panel/contracts/{contract}/areas/CONS/prices/check/")
    owner.presses(polish("Send"), see=polish("Sent, waiting for an answer"))
    owner.follows_mail("owner.provider1@example.org", "zamknięto obszar")


def test_needs_come_from_a_file(pair, stage: Stage):
    insurer, _clinic, _contract = pair
    manager = at_desk(stage, insurer, Role.NETWORK_MANAGER)
    manager.goes("/insurer/settings/needs/import/", phone=True)
    content = "Województwo;Obszar;Placówek potrzebnych\nmazowieckie;CONS;5\nNigdzie;CONS;1\n"
    manager.adds_file("file", "potrzeby.csv", content.encode())
    manager.presses(polish("Read the file"), see="nie ma takiego województwa", phone=True)
    with stage.refusing(422):
        manager.presses(polish("Save the needs"), phone=True)
    manager.ticks("leave_out")
    manager.presses(polish("Save the needs"), see="Ostatni import: potrzeby.csv", phone=True)
    manager.presses(polish("Undo the import"), see="1 potrzeba jest jak przedtem.")


@pytest.fixture
def dictionary(pair) -> None:
    catalog_services.load_icd9(actor=ACTOR, file=read_dictionary(ROWS), file_name="x.csv", at=cast.AT)


def test_a_near_code_is_taken(pair, dictionary, stage: Stage):
    insurer, _clinic, _contract = pair
    planner = at_desk(stage, insurer, Role.PLAN_MANAGER)
    planner.goes("/insurer/own-services/cons/", phone=True)
    planner.fills(code="OWN-1", name="Usługa (demo)", icd9="łącznoś")
    planner.page.locator("#procedures option[value='89.03']").wait_for(state="attached")
    planner.fills(icd9="98.02")
    with stage.refusing(422):
        planner.presses(polish("Add"), see=polish("Near codes:"), phone=True)
    planner.presses("89.02", see="OWN-1")
