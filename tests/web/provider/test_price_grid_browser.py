"""The grid in a real browser: typed, pasted with mistakes, filled, taken back; alone, offline, together."""

import pytest
import time_machine
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests import cast, windows
from tests.web.provider.claim import test_browser as claim_desk
from tests.web.provider.test_price_grid import Desk

from ols.accounts.permissions import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
address = claim_desk.address
# What a browser says by itself of answers that are meant here.
EXPECTED = ("422", "ERR_INTERNET_DISCONNECTED", "403", "409")


class Window:
    """One person's page with the grid."""

    def __init__(self, browser: Browser, address: str, desk: Desk, role: str, said: list, **options) -> None:
        self.desk, self.address = desk, address
        self.context: BrowserContext = browser.new_context(
            locale="pl-PL", viewport={"width": 1280, "height": 900}, **options
        )
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        self.login(role)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: said.append(message.text))
        self.page.on("pageerror", lambda error: said.append(str(error)))
        self.page.goto(address + desk.page)
        self.inputs = self.page.locator("tbody input")
        self.state = self.page.locator("#grid-state")

    def login(self, role: str) -> None:
        cookie = self.desk.clinic.client(role).cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.address}])

    def keys(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)

    def values(self, count: int = 4) -> list[str]:
        """Return the first fields; whole amounts without the zeros that come once they are saved."""
        return [self.inputs.nth(place).input_value().removesuffix(",00") for place in range(count)]

    def paste(self, text: str) -> None:
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.keys("Control+v")

    def saved(self) -> None:
        """Wait until everything typed so far is on the server."""
        expect(self.state).to_contain_text("Zapisano o")


@pytest.fixture
def desk(monkeypatch, transactional_db):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with time_machine.travel(cast.AT):
        yield Desk()


@pytest.fixture
def window(desk, address, chromium):
    """Open windows; what their consoles say fails the test."""
    said: list[str] = []
    with chromium.lent() as browser:
        yield lambda role=Role.OWNER, **options: Window(browser, address, desk, role, said, **options)
        connections.close_all()  # the event loop of the browser has database connections of its own
    assert [text for text in said if not any(word in text for word in EXPECTED)] == []


def looks(page: Page) -> None:
    """Check both widths: accessible, nothing runs out of the page."""
    for width in (windows.DESK, windows.PHONE):
        windows.resize(page, width)
        windows.check(page, width)
    windows.resize(page, windows.DESK)


def test_prices_are_typed_and_pasted_with_mistakes(desk, window):
    here = window()
    here.inputs.first.click()
    here.page.keyboard.type("181")
    here.keys("Enter")
    here.page.keyboard.type("90,5")
    here.keys("ArrowDown", "F2")
    here.page.keyboard.type("7")
    here.keys("Escape")
    assert here.values() == ["181", "90,5", "", ""]
    here.saved()
    expect(here.page.locator("#said-" + str(desk.services[0]))).to_have_text("1,00 zł powyżej limitu")
    assert desk.texts() == {desk.services[0]: "181,00", desk.services[1]: "90,50"}
    here.keys("Home", "ArrowDown")
    here.paste('100\r\n"1 200,50"\r\n1e3\r\n1.000,00\r\n')
    expect(here.state).to_contain_text("Wklejono 4 ceny, 2 wiersze z błędem.")
    expect(here.page.locator("#live")).to_contain_text("2 wiersze z błędem")
    assert here.values(5) == ["181", "100", "1\u00a0200,50", "1e3", "1.000"]
    here.page.get_by_role("button", name="Następny błąd").click()
    expect(here.inputs.nth(3)).to_be_focused()
    expect(here.inputs.nth(3)).to_have_attribute("aria-invalid", "true")
    looks(here.page)
    here.paste("kod\tcena\nCONS-004\t80\nKonsultacja kardiologa\t85\nX-1\t5\nCONS-004\t6")
    expect(here.page.locator("#grid-skipped")).to_contain_text(
        "X-1 (nieznana usługa); CONS-004 6 (powtórzona)"
    )
    expect(here.state).to_contain_text("Wklejono 2 ceny.")
    here.keys("Control+z", "Control+z")
    here.saved()
    assert here.values(4) == ["181", "90,50", "", ""]
    here.keys("Control+y")
    assert here.values(5)[3] == "1e3"


def test_a_range_is_filled_copied_cleared_and_taken_back(desk, window):
    here = window()
    here.inputs.first.click()
    here.page.keyboard.type("50")
    here.keys("Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    assert here.values() == ["50", "50", "50", ""]
    here.keys("Control+c")
    here.inputs.nth(3).click()
    here.keys("Control+v")
    assert here.values(7) == ["50"] * 6 + [""]
    here.keys("Control+z")
    assert here.values(5)[2:] == ["50", "", ""]
    here.inputs.first.click()
    here.inputs.nth(1).click(modifiers=["Shift"])
    here.keys("Delete")
    assert here.values(3) == ["", "", "50"]
    here.keys("Control+z", "Control+Shift+z", "Control+z")
    assert here.values(3) == ["50"] * 3
    here.inputs.nth(2).click()
    here.page.get_by_role("button", name="Wypełnij w dół").click()
    assert here.values(len(desk.services)) == ["50"] * len(desk.services)
    expect(here.page.locator("[data-counter=priced]")).to_have_text(
        f"{len(desk.services)} / {len(desk.services)}"
    )
    here.page.get_by_label("Szukaj usługi").fill("kardiologa")
    assert here.page.locator("tbody tr:visible").count() == 1
    here.keys("Enter")
    here.page.keyboard.type("60")
    here.keys("Enter")
    here.page.get_by_label("Szukaj usługi").fill("")
    here.saved()
    assert set(desk.texts().values()) == {"50,00", "60,00"}


def test_a_lost_connection_and_a_lost_session_lose_nothing(desk, window):
    here = window()
    here.context.set_offline(True)
    here.inputs.first.click()
    here.page.keyboard.type("111")
    here.keys("Enter")
    expect(here.state).to_contain_text("brak połączenia")
    asked = []
    here.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    here.page.evaluate("location.reload()")
    here.page.wait_for_timeout(300)
    assert (asked, here.values(1)) == (["beforeunload"], ["111"])
    here.context.set_offline(False)
    here.saved()
    assert list(desk.texts().values()) == ["111,00"]
    here.context.clear_cookies()
    here.page.keyboard.type("222")
    here.keys("Enter")
    expect(here.state).to_contain_text("nastąpiło wylogowanie")
    here.login(Role.OWNER)
    here.page.evaluate("dispatchEvent(new Event('focus'))")
    here.saved()
    assert list(desk.texts().values()) == ["111,00", "222,00"]


def test_two_people_at_once_are_told_and_nothing_is_overwritten(desk, window):
    desk.clinic.hire(Role.PRICE_EDITOR)
    here, there = window(), window(Role.PRICE_EDITOR)
    there.inputs.nth(1).fill("200")
    there.inputs.nth(2).fill("300")
    there.saved()
    here.inputs.nth(0).fill("100")
    here.inputs.nth(1).fill("250")
    expect(here.page.locator("tbody tr").nth(1)).to_contain_text("Tymczasem zapisano tu: 200,00")
    expect(here.state).to_contain_text("Price-editor 1 (demo)")
    expect(here.inputs.nth(2)).to_have_value("300,00")
    looks(here.page)
    assert sorted(desk.texts().values()) == ["100,00", "200,00", "300,00"]
    here.page.get_by_role("button", name="Zostaw moją").click()
    expect(here.page.locator("tbody tr").nth(1)).not_to_contain_text("Tymczasem")
    assert sorted(desk.texts().values()) == ["100,00", "250,00", "300,00"]
    there.inputs.nth(1).fill("270")
    there.page.get_by_role("button", name="Przyjmij tamtą: 250,00").click()
    expect(there.inputs.nth(1)).to_have_value("250,00")
    there.saved()
    assert sorted(desk.texts().values()) == ["100,00", "250,00", "300,00"]


def test_without_scripts_it_is_a_form(desk, window):
    here = window(java_script_enabled=False)
    here.inputs.nth(0).fill("120")
    here.inputs.nth(1).fill("sto")
    here.page.click("[name=check]")
    expect(here.page.locator(".error-summary")).to_contain_text("CONS-002: wpisz kwotę w złotych")
    here.inputs.nth(1).fill("100")
    here.page.click("[name=check]")
    expect(here.page.get_by_role("heading", name="Sprawdź cennik przed wysłaniem")).to_be_visible()
    here.page.click("#send button")
    expect(here.page.locator("main")).to_contain_text("Cennik został wysłany")


def test_the_pages_around_the_grid_are_whole(desk, window):
    here = window()
    first, second, *_ = desk.services
    desk.post({first: "181", second: "1e3"}, save="1")
    for path in (desk.url("check"), desk.url("import")):
        here.page.goto(here.address + path)
        looks(here.page)
    here.page.get_by_label("Albo komórki skopiowane z arkusza").fill("kod\tcena\nCONS-003\t90\nX-1\t5\n")
    here.page.get_by_role("button", name="Pokaż zmiany").click()
    expect(here.page.locator("#changes-caption")).to_be_visible()
    looks(here.page)
    here.page.get_by_role("button", name="Przejmij do szkicu").click()
    expect(here.page.locator(".error-summary")).to_contain_text("CONS-002")
    looks(here.page)
    here.context.add_cookies([{"name": "django_language", "value": "en", "url": here.address}])
    here.page.goto(here.address + desk.page)
    expect(here.page.locator(f"#said-{first}")).to_have_text("1,00 zł above the limit")
