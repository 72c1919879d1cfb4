"""Limits in a browser: a change that takes the badge, a file with mistakes."""

import pytest
from django.core.cache import cache
from tests.browser.applicant import stored
from tests.browser.stage import Person, polish
from tests.network.test_highlights import World

from ols.accounts.permissions import Role
from ols.jobs import schedule

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GRID = "/insurer/price-limits/cons/"
FILE = "Kod;Limit (zł)\r\nCONS-001;199,00\r\nCONS-002;12,3456\r\nNIE-MA;10\r\n"


@pytest.fixture
def world(transactional_db) -> World:
    """A clinic with a badge, made before the browser starts: its event loop would open a connection."""
    cache.clear()
    made = World()
    made.limit(200_00, 170_00)
    made.agree(200_00, 165_00)
    made.sessions = {
        name: firm.client(role).cookies["sessionid"].value
        for name, firm, role in (
            ("planner", made.insurer, Role.PLAN_MANAGER),
            ("owner", made.clinic, Role.OWNER),
        )
    }
    return made


@pytest.fixture
def opened(world, stage):
    def window(name: str) -> Person:
        person = stage.person(name)
        cookie = {"name": "sessionid", "value": world.sessions[name], "url": stage.address}
        person.page.context.add_cookies([cookie])
        return person

    return window


def test_a_lowered_limit_takes_the_badge(world, stage, opened):
    planner, owner = opened("planner"), opened("owner")
    page = f"/panel/contracts/{world.contract}/highlight/CONS/"
    owner.goes(page, see="Placówka jest wyróżniona.", phone=True)
    planner.goes(GRID, phone=True)
    first = f"limit-{world.services[0]}"
    planner.fills(**{first: "199", "q": "kardiolog"})
    assert planner.page.locator("#form tbody tr:visible").count() == 1
    planner.fills(q="")
    assert planner.page.locator(f"[name={first}]").input_value() == "199"
    planner.fills(valid_from="28.11.2026")
    planner.presses(polish("Look at the change"), see="Od 28.11.2026 wyróżnienie stracą:", phone=True)
    planner.presses(polish("Save limits"), see="28.11.2026: 199,00")
    owner.goes(page, see="Od 28.11.2026 placówka straci wyróżnienie.", phone=True)
    owner.goes("/panel/", see="bez nowych cen skończy się 28.11.2026")
    stored(lambda: schedule.tell_of_badges(insurer_id=world.insurer.id))  # the worker's, minutes later
    owner.follows_mail("owner.provider1@example.org", "wyróżnienie zniknie")
    assert owner.page.url.endswith(page)
    planner.presses(polish("Take back"), see="Cofnięto 1 zaplanowaną zmianę.")
    owner.goes(page)
    assert owner.page.get_by_text("straci wyróżnienie").count() == 0

    planner.goes(f"{GRID}import/", phone=True)
    planner.adds_file("file", "limity.csv", FILE.encode())
    planner.presses(polish("Read the file"), see="więcej niż dwie cyfry po przecinku", phone=True)
    with stage.refusing(422):
        planner.presses(polish("Save limits"), see="Zaznacz to pole albo popraw plik")
    planner.ticks("leave_out")
    planner.presses(polish("Save limits"), see="Zapisano 1 limit.")
    owner.goes(page, see="1 cena jest o 1,00 zł powyżej limitu", phone=True)
    stored(lambda: schedule.tell_of_badges(insurer_id=world.insurer.id))
    owner.follows_mail("owner.provider1@example.org", "koniec wyróżnienia")
