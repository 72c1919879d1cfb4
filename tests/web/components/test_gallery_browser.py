"""The gallery in a real browser: accessibility, reflow, weight, silence, keyboard, scripts off."""

import pytest
from django.core.management import call_command
from django.test import override_settings
from tests import windows
from tests.windows import OVERFLOW, violations

pytestmark = pytest.mark.browser

PAGES = ("/components/", "/components/form/")
WEIGHT = """[...performance.getEntriesByType('resource'), performance.getEntriesByType('navigation')[0]]
    .reduce((sum, entry) => [sum[0] + entry.transferSize, sum[1] + 1], [0, 0])"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve the product with its static files collected and compressed; the gallery needs no database."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static"), WHITENOISE_USE_FINDERS=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        with windows.serving() as served:
            yield served


@pytest.fixture
def opened(chromium, address):
    """Return a function that opens a page in a fresh window; what the console says fails the test."""
    said = []

    def open_page(path, *, width=1280, scheme="light", scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address + path)
        return page

    with chromium.lent() as browser:
        yield open_page
    assert [text for text in said if "422" not in text] == []


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
