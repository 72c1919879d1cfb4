"""Limits in a browser: a change that takes the badge, a file with mistakes, a service of one network."""

import pytest
from django.core.cache import cache
from tests import cast
from tests.browser.stage import Person, polish
from tests.network.test_highlights import World

from ols.accounts.permissions import Role

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
    made.stranger = cast.insurer(2)
    made.sessions = {
        name: firm.client(role).cookies["sessionid"].value
        for name, firm, role in (
            ("planner", made.insurer, Role.PLAN_MANAGER),
            ("owner", made.clinic, Role.OWNER),
            ("stranger", made.stranger, Role.PLAN_MANAGER),
        )
    }
    return made


@pytest.fixture
def opened(world, stage):
    def window(name: str, *, scripts: bool = True) -> Person:
        person = stage.person(name, scripts=scripts)
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
    owner.follows_mail("owner.provider1@example.org", "koniec wyróżnienia")


def test_an_own_service_is_seen_in_the_own_network_alone_also_without_scripts(world, stage, opened):
    planner, owner, stranger = opened("planner", scripts=False), opened("owner"), opened("stranger")
    planner.goes("/insurer/own-services/cons/", see=polish("No own services yet"), phone=True)
    planner.fills(code="tele-01", name="Teleporada (demo)", icd9="8902")
    with stage.refusing(422):
        planner.presses(polish("Add"), see="Kod ICD-9-PL: napisz")
    planner.fills(icd9="89.02")
    planner.presses(polish("Add"), see="Teleporada (demo)", phone=True)
    owner.goes(f"/panel/contracts/{world.contract}/areas/CONS/prices/", see="Teleporada (demo)")
    stranger.goes(GRID)
    assert stranger.page.get_by_text("Teleporada").count() == 0
    with stage.refusing(404):
        stranger.page.goto("/insurer/own-service/TELE-01/")
    planner.opens("#own tbody a, a[href$='/own-service/TELE-01/']", phone=True)
    planner.fills(retired_on="1.12.2026")
    planner.presses(polish("Retire"), see="Wycofana od 01.12.2026")
