"""What search engines are told: the public networks and their clinics, nothing that is hidden, no filters."""

import re
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.test import Client
from tests import cast
from tests.network.public_world import World

from ols.accounts.permissions import Role
from ols.network import models
from ols.network.services import public_network as public

pytestmark = pytest.mark.django_db
SLUGS = ["towarzystwo-ubezpieczen-1-demo", "towarzystwo-ubezpieczen-2-demo"]
SITE = "https://ols.example.org"


@pytest.fixture
def world(settings):
    settings.PUBLIC_URL, settings.DEVELOPMENT = SITE, False
    with time_machine.travel(cast.AT, tick=False):
        yield World()


def locations(path: str) -> list[str]:
    response = Client().get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    root = ET.fromstring(response.content)
    return [found.text for found in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_every_public_network_has_a_file_with_all_its_clinics(world) -> None:
    files = [f"{SITE}/network/{slug}/sitemap.xml" for slug in SLUGS]
    assert locations("/sitemap.xml") == files
    here = f"{SITE}/network/{SLUGS[0]}/"
    clinics = {f"{here}clinics/{world.card_uuid(number)}/" for number in (0, 2)}
    found = locations(f"/network/{SLUGS[0]}/sitemap.xml")
    assert (found[0], set(found[1:])) == (here, clinics)
    for url in found:
        page = Client().get(url.removeprefix(SITE))
        assert page.status_code == 200
        assert f'<link rel="canonical" href="{url}">' in page.content.decode()
    narrowed = Client().get(f"/network/{SLUGS[0]}/?area=CONS").content.decode()
    assert f'<link rel="canonical" href="{here}">' in narrowed


def test_what_is_hidden_suspended_or_only_embedded_is_not_listed(world) -> None:
    manager = world.insurers[1].actor(Role.NETWORK_MANAGER)
    change = {"slug": SLUGS[1], "origins": (), "may_be_embedded": True, "at": cast.AT}
    public.change_public_network(actor=manager, is_public=True, **change)
    assert not [url for slug in SLUGS for url in locations(f"/network/{slug}/sitemap.xml") if "embed" in url]
    public.change_public_network(actor=manager, is_public=False, **change)
    assert locations("/sitemap.xml") == [f"{SITE}/network/{SLUGS[0]}/sitemap.xml"]
    assert Client().get(f"/network/{SLUGS[1]}/sitemap.xml").status_code == 404
    models.Contract.objects.filter(pk=world.contract(0).pk).update(status="suspended")
    world.place(world.clinics[2], "Wieliczka", "12", is_shown=False)
    assert locations(f"/network/{SLUGS[0]}/sitemap.xml") == [f"{SITE}/network/{SLUGS[0]}/"]


def test_robots_are_sent_to_the_list_and_kept_from_everything_else(world, settings) -> None:
    said = Client().get("/robots.txt").content.decode()
    assert f"\nSitemap: {SITE}/sitemap.xml\n" in said
    refused = [re.escape(path).replace(r"\*", ".*") for path in re.findall("Disallow: (.*)", said)]

    def may_read(path: str) -> bool:
        return not any(re.match(pattern, path) for pattern in refused)

    here = f"/network/{SLUGS[0]}/"
    assert all(may_read(path) for path in ("/", "/network/", here, f"{here}clinics/x/", f"{here}sitemap.xml"))
    kept_out = (f"{here}?area=CONS", f"{here}embed/", "/panel/", "/operator/", "/applications/x/", "/login/")
    for path in kept_out:
        assert not may_read(path), path
    settings.DEVELOPMENT = True
    assert "\nDisallow: /\n" in Client().get("/robots.txt").content.decode()
