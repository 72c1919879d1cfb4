"""The gallery in a real browser: accessibility, reflow, weight, silence, keyboard, scripts off."""

import os
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import sync_playwright

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ("/components/", "/components/form/")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WEIGHT = """[...performance.getEntriesByType('resource'), performance.getEntriesByType('navigation')[0]]
    .reduce((sum, entry) => [sum[0] + entry.transferSize, sum[1] + 1], [0, 0])"""


class Quiet(WSGIRequestHandler):
    """Keeps the test's output clean."""

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve the product with its static files collected and compressed; the gallery needs no database."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static"), WHITENOISE_USE_FINDERS=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.set_app(get_wsgi_application())
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium when known, else Playwright's own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ.get("OLS_BROWSER") or None, args=FLAGS
        )
        yield started
        started.close()


@pytest.fixture
def opened(browser, address):
    """Return a function that opens a page in a fresh window; what the console says fails the test."""
    contexts, said = [], []

    def open_page(path, *, width=1280, scheme="light", scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [text for text in said if "422" not in text] == []


def violations(page):
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    return {rule["id"]: [node["html"][:120] for node in rule["nodes"]] for rule in found}


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (390, "light"), (320, "light"), (1280, "dark")]
)
def test_pages_are_accessible_and_fit(opened, width, scheme):
    for path in PAGES:
        page = opened(path, width=width, scheme=scheme)
        assert violations(page) == {}
        assert page.evaluate(OVERFLOW) == 0
    page.get_by_role("button", name="Zapisz i kontynuuj").click()
    page.wait_for_selector(".error-summary:focus")
    assert page.title().startswith("Błąd: ") or page.title().startswith("Error: ")
    assert violations(page) == {}
    assert page.evaluate(OVERFLOW) == 0


def test_the_accessibility_check_notices_a_planted_fault(opened):
    page = opened("/components/form/")
    page.evaluate("document.querySelector('label[for=id_price]').remove()")
    page.evaluate("document.querySelector('main h1').style.color = '#eee'")
    assert set(violations(page)) >= {"label", "color-contrast"}


def test_a_cold_page_is_light(opened):
    weight, requests = opened("/components/").evaluate(WEIGHT)
    assert 10_000 < weight <= 100_000
    assert requests <= 10


def test_the_keyboard_reaches_the_content_and_function_keys_their_links(opened):
    page = opened("/components/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    page.evaluate(
        "document.querySelector('.back').dataset.key = 'F7'; document.querySelector('.back').href = '#back'"
    )
    page.keyboard.press("F7")
    assert page.evaluate("location.hash") == "#back"


def test_the_menu_opens_on_a_phone_and_closes_with_escape(opened):
    page = opened("/components/", width=390)
    menu = page.locator("#menu")
    assert not menu.is_visible()
    page.locator(".menu-button").click()
    assert menu.is_visible()
    assert violations(page) == {}
    page.keyboard.press("Escape")
    assert not menu.is_visible()


def test_a_form_works_without_scripts(opened):
    page = opened("/components/form/", scripts=False)
    assert page.locator("input[type=file]").bounding_box()["width"] > 100
    page.locator("#id_price").fill("abc")
    page.get_by_role("button", name="Zapisz i kontynuuj").click()
    assert page.locator("#id_price").input_value() == "abc"
    assert page.locator("#id_price_error").is_visible()


def test_printing_leaves_out_what_cannot_be_used_on_paper(opened):
    page = opened("/components/")
    page.emulate_media(media="print")
    for selector in (".side", ".foot", ".btn", ".tabs", ".pages"):
        assert not page.locator(selector).first.is_visible()
    assert page.locator(".decision").is_visible()
