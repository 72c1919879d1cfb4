"""The public pages of a network: every filter, shared as an address, silent about prices and whereabouts."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from tests import cast
from tests.network.public_world import World

from ols.accounts.permissions import Role
from ols.kernel import hours
from ols.kernel.money import format_amount
from ols.network import models
from ols.network.services import public_network as public
from ols.web.public import limits

pytestmark = pytest.mark.django_db
SLUG = "towarzystwo-ubezpieczen-1-demo"
HERE = f"/network/{SLUG}/"


@pytest.fixture
def world():
    with time_machine.travel(cast.AT, tick=False):
        yield World()


def get(path: str, language: str = "pl", status: int = 200) -> str:
    response = Client(headers={"accept-language": language}).get(path)
    assert response.status_code == status
    return response.content.decode()


def names(path: str) -> list[str]:
    page = get(path)
    return [part.split("</span>")[0].split()[1] for part in page.split('<span itemprop="name">')[1:]]


def embed(world, *origins: str, on: bool = True) -> None:
    public.change_public_network(
        actor=world.insurers[0].actor(Role.NETWORK_MANAGER),
        slug=SLUG,
        is_public=True,
        may_be_embedded=on,
        origins=origins,
        at=cast.AT,
    )


def test_a_visitor_chooses_an_insurer_and_a_single_one_is_chosen_already(world) -> None:
    page = get("/network/")
    assert page.count("Towarzystwo Ubezpieczeń") == 2
    public.change_public_network(
        actor=world.insurers[1].actor(Role.NETWORK_MANAGER), slug="drugie", is_public=False,
        may_be_embedded=False, origins=(), at=cast.AT,
    )  # fmt: skip
    assert Client().get("/network/").url == HERE
    get("/network/drugie/", status=404)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["1", "3"]),
        ("?q=cons-001", ["1", "3"]),
        ("?q=KRAKOW", ["1"]),
        ("?q=nic+takiego", []),
        ("?area=CONS", ["1", "3"]),
        ("?area=LAB", []),
        ("?voivodeship=12", ["1", "3"]),
        ("?voivodeship=10", []),
        ("?place=wieliczka", ["3", "1"]),
        ("?place=wieliczka&km=5", ["3"]),
        ("?open=now", ["1"]),
        ("?open=6", []),
        ("?marked=on", []),
        ("?page=99", ["1", "3"]),
    ],
)
def test_every_filter_is_part_of_the_address(world, query, found) -> None:
    assert names(HERE + query) == found


def test_a_place_that_is_not_known_or_not_one_is_said_at_the_field(world) -> None:
    page = get(f"{HERE}?place=Józefów", status=422)
    assert "jest kilka takich miejscowości" in page
    assert "place=J%C3%B3zef%C3%B3w+%28Otwock%29%2C+mazowieckie" in page
    page = get(f"{HERE}?place=Krakuw&area=CONS", status=422)
    assert 'value="Krakuw"' in page
    assert "place=Krak%C3%B3w%2C+ma%C5%82opolskie" in page
    assert "Błąd:" in page
    get(f"{HERE}?area=XXXX&open=zawsze", status=422)


def test_an_empty_list_says_what_to_ask_less_for(world) -> None:
    page = get(f"{HERE}?area=LAB&voivodeship=12&place=Kraków&km=5")
    assert "Nie znaleziono placówki" in page
    assert f'href="{HERE}?area=LAB&amp;voivodeship=12&amp;place=Krak%C3%B3w"' in page


def test_the_browsers_location_becomes_a_town_and_stays_nowhere(world) -> None:
    sent = {"latitude": "50.06", "longitude": "19.94"}
    response = Client().post(f"{HERE}near/?area=CONS", sent)
    asked = parse_qs(urlsplit(response.url).query)
    assert (asked["area"], "19.94" in response.url) == (["CONS"], False)
    assert "małopolskie" in asked["place"][0]
    assert Client().post(f"{HERE}near/", {"latitude": "x"}).url == HERE


def test_the_clinics_page_shows_the_card_and_no_price_without_consent(world) -> None:
    path = f"{HERE}clinics/{world.card_uuid(0)}/"
    page = get(path)
    assert "teraz otwarte, do 16:00" in page
    assert "Ta placówka nie publikuje swoich cen" in page
    price = format_amount(models.ContractedPrice.objects.filter(contract=world.contract()).first().price_gr)
    assert price not in page
    owner = world.clinics[0].actor("owner")
    contract = UUID(str(world.contract().uuid))
    public.give_price_consent(actor=owner, contract_uuid=contract, at=cast.AT)
    # Negative control: with the clinic's consent the same look at the page finds the price.
    assert price in get(path)
    public.withdraw_price_consent(actor=owner, contract_uuid=contract, at=cast.AT)
    assert price not in get(path)
    get(f"/network/towarzystwo-ubezpieczen-2-demo/clinics/{world.card_uuid(0)}/", status=404)
    models.Contract.objects.filter(uuid=contract).update(status="suspended")
    get(path, status=404)


def test_what_clinics_wrote_is_only_text(world) -> None:
    nasty = '<script>alert("x")</script>'
    world.place(world.clinics[0], "Kraków", "12", description=nasty, name=nasty, specialities=(nasty,))
    for path in (HERE, f"{HERE}clinics/{world.card_uuid(0)}/"):
        assert nasty not in get(path)


def test_pages_speak_english(world) -> None:
    page = get(HERE, "en")
    assert "Find a clinic" in page
    assert "2 clinics" in page
    assert "open now, until 16:00" in get(f"{HERE}clinics/{world.card_uuid(0)}/", "en")


def test_only_origins_of_the_insurers_list_may_frame_the_embedded_list(world) -> None:
    get(f"{HERE}embed/", status=404)
    embed(world, "https://tu.example.org")
    response = Client().get(f"{HERE}embed/")
    assert "frame-ancestors https://tu.example.org" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    embed(world)
    assert "frame-ancestors 'none'" in Client().get(f"{HERE}embed/").headers["Content-Security-Policy"]
    # Negative control: the page itself is framed by nobody.
    plain = Client().get(HERE)
    assert "frame-ancestors 'none'" in plain.headers["Content-Security-Policy"]
    assert plain.headers["X-Frame-Options"] == "DENY"
    embed(world, "https://tu.example.org", on=False)
    get(f"{HERE}embed/", status=404)


def test_the_embedded_list_keeps_its_language_and_sets_no_cookie(world) -> None:
    embed(world, "https://tu.example.org")
    response = Client(headers={"accept-language": "pl"}).get(f"{HERE}embed/?lang=en&area=CONS")
    page = response.content.decode()
    assert '<html lang="en">' in page
    assert 'name="lang" value="en"' in page
    assert "voivodeship=12&amp;" in page or "lang=en" in page
    assert response.cookies == {}


def test_who_asks_too_often_is_told_when_to_come_back(world, monkeypatch) -> None:
    monkeypatch.setattr(limits, "NETWORK_OF_PLACE", replace(limits.NETWORK_OF_PLACE, most=1))
    get(HERE)
    get(HERE, status=429)


def test_closed_on_a_holiday_is_said(world) -> None:
    world.place(world.clinics[0], "Kraków", "12", week=(hours.parse_day("8-16"),) * 7)
    with time_machine.travel("2026-12-25 11:00Z", tick=False):
        page = get(f"{HERE}clinics/{world.card_uuid(0)}/")
    assert "Dziś jest dzień świąteczny" in page
    assert "teraz zamknięte" in page
