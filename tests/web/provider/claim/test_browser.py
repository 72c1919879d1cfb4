"""A known claim in a real browser: by keyboard alone, in few keys and two page loads; on a phone, too."""

import os

import pytest
from django.db import connections
from django.test import override_settings
from playwright.sync_api import expect
from tests import windows
from tests.claims import world as worlds

from ols.claims import models as claims

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

START = "/panel/claims/"


@pytest.fixture(scope="module")
def address(test_database, tmp_path_factory):
    """Serve the product over the test database."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")), windows.serving() as served:
        yield served


@pytest.fixture
def _unsafe(monkeypatch):
    """The browser's event loop runs in this thread, where the tests read tables, too."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def opened(_unsafe, transactional_db, desk, address, chromium):
    """Return a function that opens a page as the receptionist; what the console says fails the test."""
    cookie = desk.client().cookies["sessionid"].value
    said = []
    with chromium.lent() as browser:

        def open_page(path, *, width=1280, scripts=True):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="pl-PL"
            )
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
            page = context.new_page()
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            page.goto(address + path)
            return page

        yield open_page
        connections.close_all()  # while the browser's loop runs, this thread has connections of its own
    assert [text for text in said if "422" not in text] == []


def check(page, name):
    """Check what is shown: accessible, nothing sticks out; keep a picture where asked for."""
    windows.check(page, name)
    if os.environ.get("OLS_SCREENSHOTS"):
        page.screenshot(path=f"{os.environ['OLS_SCREENSHOTS']}/{name}.png", full_page=True, caret="initial")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_known_claim_by_keyboard(opened, width):
    page = opened(START, width=width)
    check(page, f"claims-empty-{width}")
    loads = []
    page.on("load", lambda shown: loads.append(shown.url))
    keys = 0

    def press(key):
        nonlocal keys
        keys += 1
        page.keyboard.press(key)

    with page.expect_navigation():
        press("F2")
    page.wait_for_selector("#id_number:focus")
    check(page, f"claim-new-{width}")
    page.keyboard.type(worlds.PESELS[0])
    press("Enter")
    page.wait_for_selector("#id_query:focus")
    check(page, f"claim-person-{width}")
    for position, code in enumerate(("cons-1", "rehab-1", "lab-1")):
        page.keyboard.type(code)
        press("Enter")
        page.wait_for_selector(f"[name=line-{position}-code]", state="attached")
        page.wait_for_selector("#id_query:focus")
    assert page.locator("#estimate .split .big").all_inner_texts() == ["295,00\u00a0zł", "5,00\u00a0zł"]
    check(page, f"claim-estimate-{width}")
    with page.expect_navigation():
        press("F8")
    assert page.locator(".decision .split .big").all_inner_texts() == ["295,00\u00a0zł", "5,00\u00a0zł"]
    check(page, f"claim-decision-{width}")
    assert (keys, len(loads)) == (6, 2)
    with page.expect_navigation():
        press("F9")
    check(page, f"claim-confirmed-{width}")
    assert claims.Claim.objects.get().status == "confirmed"
    page.go_back()
    page.go_back()
    page.wait_for_load_state()
    assert claims.Claim.objects.count() == 1
    page.goto(page.url.split("/panel/")[0] + START)
    check(page, f"claims-{width}")


@pytest.mark.parametrize("width", [1280, 390])
def test_changes_recount_and_errors_are_shown_at_once(opened, width):
    page = opened(f"{START}new/", width=width)
    page.locator("#id_number").fill("85071512325")
    page.keyboard.press("Enter")
    page.wait_for_selector(".error-summary:focus")
    check(page, f"claim-wrong-pesel-{width}")
    page.locator("#id_number").fill(worlds.PESELS[2])
    page.keyboard.press("Enter")
    page.wait_for_selector(".note.warn")
    check(page, f"claim-nobody-{width}")
    page.locator("#id_number").fill(worlds.PESELS[0])
    page.keyboard.press("Enter")
    page.locator("#id_query").press_sequentially("mor")
    page.locator("#search button[value='LAB-1']").wait_for()
    expect(page.locator("#search button")).to_have_count(1)
    check(page, f"claim-search-{width}")
    page.locator("#search button[value='LAB-1']").click()
    quantity = page.locator("[name=line-0-quantity]")
    quantity.wait_for()
    quantity.fill("3")
    page.keyboard.press("Tab")
    expect(page.locator("#estimate .big").first).to_have_text("75,00\u00a0zł")
    assert claims.KeptDraft.objects.get().content["line-0-quantity"] == "3"
    quantity.fill("trzy")
    page.keyboard.press("Tab")
    expect(page.locator("#estimate .big")).to_have_count(0)
    assert quantity.input_value() == "trzy"
    page.locator("#id_query").press("Enter")
    page.wait_for_selector(".error-summary:focus")
    check(page, f"claim-errors-{width}")
    # The address leads back to all of it.
    page.reload()
    assert page.locator("[name=line-0-quantity]").input_value() == "trzy"


def test_without_scripts_and_on_paper(opened):
    page = opened(f"{START}new/", scripts=False)
    page.locator("#id_number").fill(worlds.PESELS[0])
    page.locator("#identify button").click()
    page.locator("#id_query").fill("CONS-1")
    page.keyboard.press("Enter")
    assert page.locator("#estimate .big").first.inner_text() == "200,00\u00a0zł"
    page.locator("#estimate button").click()
    page.emulate_media(media="print")
    assert page.locator(".decision").is_visible()
    for selector in (".side", ".foot", ".btn", ".panel"):
        assert not page.locator(selector).first.is_visible()
    if os.environ.get("OLS_SCREENSHOTS"):
        page.screenshot(
            path=f"{os.environ['OLS_SCREENSHOTS']}/claim-print.png", full_page=True, caret="initial"
        )
