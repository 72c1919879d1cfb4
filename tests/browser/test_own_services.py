"""A service an insurer adds is seen in its own network alone."""

import pytest
from tests import cast, scenes
from tests.browser.stage import PASSWORD, Person, Stage, polish

from ols.accounts.permissions import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SERVICE = "Teleporada (demo)"


@pytest.fixture
def firms(operator) -> tuple[cast.Firm, cast.Firm, cast.Firm]:
    """Make two insurers and a clinic that works with both."""
    clinic, insurers = cast.provider(), (cast.insurer(1), cast.insurer(2))
    scenes.finish_stage_two(operator, clinic)
    for insurer in insurers:
        scenes.prepare_insurer(insurer, "CONS")
        scenes.active(clinic, insurer)
        scenes.accept_area(clinic, insurer, "CONS")
    for firm in (clinic, *insurers):
        for person in firm.people.values():
            person.set_password(PASSWORD)
            person.save()
    return clinic, *insurers


@pytest.fixture
def contracts(firms) -> list[str]:
    clinic = firms[0]
    rows = {row.insurer_id: row.uuid for row in scenes.selectors.contracts(clinic.actor(Role.OWNER))}
    return [rows[insurer.id] for insurer in firms[1:]]


def test_an_own_service_is_seen_in_its_own_network_alone(firms, contracts, stage: Stage) -> None:
    clinic, insurer, rival = firms

    def comes(name: str, firm: cast.Firm, role: str) -> Person:
        person = stage.person(name)
        person.logs_in(firm.people[role].email)
        return person

    planner = comes("planner", insurer, Role.PLAN_MANAGER)
    planner.goes("/insurer/own-services/cons/", see=polish("No own services yet"), phone=True)
    planner.fills(code="TELE-01", name=SERVICE, icd9="8902")
    with stage.refusing(422):
        planner.presses(polish("Add"), phone=True)
    planner.fills(icd9="89.02")
    planner.presses(polish("Add"), see=SERVICE, phone=True)
    owner = comes("owner", clinic, Role.OWNER)
    seen = []
    for contract in contracts:
        owner.goes(f"/panel/contracts/{contract}/areas/CONS/prices/")
        seen.append(owner.page.get_by_text(SERVICE).count() > 0)
    assert seen == [True, False]
    other = comes("rival", rival, Role.PLAN_MANAGER)
    for page in ("own-services/cons/", "price-limits/cons/"):
        other.goes(f"/insurer/{page}")
        assert other.page.get_by_text(SERVICE).count() == 0
