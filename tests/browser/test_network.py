"""A visitor finds a clinic: by map, by keyboard, without scripts, on a phone, inside another page."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests import cast
from tests.browser.stage import PHONE, polish
from tests.network.public_world import World

from ols.accounts.permissions import Role
from ols.network.services import public_network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/network/towarzystwo-ubezpieczen-1-demo/"
NO_SCRIPTS = "visitor-without-scripts"


class OtherPage(BaseHTTPRequestHandler):
    """Somebody's own page with the list in a frame."""

    address = ""

    def do_GET(self):
        """Show the frame."""
        body = (
            f'<!doctype html><title>TU</title><iframe src="{self.address}" width="900" height="900"></iframe>'
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args):
        """Keep the test's output clean."""


@pytest.fixture
def world(transactional_db):
    """Make the world before the browser starts: its event loop would open a connection of its own."""
    return World()


@pytest.fixture
def other_pages(world):
    """Serve the same page from two origins, of which the insurer allows the first; yield their addresses."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), OtherPage) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    origins = [f"http://127.0.0.1:{server.server_port}" for server in servers]
    public_network.change_public_network(
        actor=world.insurers[0].actor(Role.NETWORK_MANAGER),
        slug=HERE.split("/")[2],
        is_public=True,
        may_be_embedded=True,
        origins=(origins[0],),
        at=cast.AT,
    )
    yield origins
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def clinic_page(world):
    """Return the address of the first clinic's page."""
    return f"{HERE}clinics/{world.card_uuid(0)}/"


def names(person):
    return [text.split()[1] for text in person.page.locator(".places h3").all_inner_texts()]


def test_a_visitor_finds_a_clinic_with_and_without_scripts(clinic_page, stage):
    visitor = stage.person("visitor")
    visitor.goes("/network/", see=polish("Networks of clinics"), phone=True)
    visitor.opens(".networks a", phone=True)
    assert names(visitor) == ["1", "3"]
    # By keyboard: the voivodeship's shape is a link with its count in words, reached and opened with keys.
    shape = visitor.page.locator(".poland a[aria-label^='małopolskie: 2 ']")
    shape.focus()
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    assert "voivodeship=12" in visitor.page.url
    visitor.looks("2 placówki, małopolskie", phone=True)
    plain = stage.person(NO_SCRIPTS, scripts=False)
    plain.page.goto(HERE)
    assert not plain.page.locator("[data-near]").is_visible()
    plain.fills(place="Wieliczka", q="cons-001")
    with plain.page.expect_navigation():
        plain.page.get_by_role("button", name=polish("Show"), exact=True).click()
    assert names(plain) == ["3", "1"]
    assert "12\u00a0km" in plain.page.locator(".places").inner_text()
    with plain.page.expect_navigation():
        plain.page.locator(".places h3 a").last.click()
    assert plain.page.get_by_role("link", name="+48 600 000 011").get_attribute("href") == "tel:+48600000011"
    visitor.goes(clinic_page, see="Kontakt i godziny otwarcia", phone=True)
    with stage.refusing(422):
        visitor.goes(f"{HERE}?place=Józefów", see="O którą miejscowość chodzi?", phone=True)
        visitor.goes(f"{HERE}?area=LAB&voivodeship=12", see=polish("No clinic found"), phone=True)
    assert stage.said == []


@pytest.mark.usefixtures("world")
def test_the_browsers_location_is_used_once_and_never_in_an_address(stage):
    visitor = stage.person("visitor")
    asked = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.context.grant_permissions(["geolocation"])
    visitor.page.context.set_geolocation({"latitude": 49.987, "longitude": 20.065})
    visitor.page.goto(HERE)
    with visitor.page.expect_navigation(url="**/*place=*"):
        visitor.page.get_by_role("button", name=polish("Near me")).click()
    assert visitor.page.locator("[name=place]").input_value() == "Wieliczka, małopolskie"
    assert names(visitor) == ["3", "1"]
    assert [url for url in asked if "49.9" in url or "20.0" in url or stage.address not in url] == []
    assert stage.said == []


def test_the_list_is_framed_by_an_origin_of_the_insurer_and_by_no_other(other_pages, stage):
    allowed, refused = other_pages
    OtherPage.address = f"{stage.address}{HERE}embed/?lang=en"
    visitor = stage.person("visitor")
    visitor.page.goto(allowed)
    frame = visitor.page.frames[1]
    frame.get_by_role("heading", name="Find a clinic").wait_for()
    frame.locator("[name=place]").fill("Wieliczka")
    frame.get_by_role("button", name="Show", exact=True).click()
    frame.get_by_text("Distances are counted").wait_for()
    assert frame.locator(".places h3").count() == 2
    assert visitor.page.context.cookies(stage.address) == []
    said = len(stage.said)
    # Negative control: the same page from another origin stays empty, and the browser says why.
    visitor.page.goto(refused)
    visitor.page.wait_for_timeout(500)
    assert not visitor.page.frames[1].get_by_role("heading", name="Find a clinic").count()
    assert any("frame-ancestors" in words for words in stage.said[said:])
    stage.said[said:] = []
    visitor.page.set_viewport_size({"width": PHONE, "height": 900})
    visitor.goes(f"{HERE}embed/", see=polish("Find a clinic"), phone=True)
    assert stage.said == []
