"""A clinic sees what keeps it from the badge, what takes it, and what to do."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from tests import cast, scenes
from tests.network.test_highlights import World

from ols.accounts.permissions import Role

pytestmark = pytest.mark.django_db
PAGE = "provider:highlight-show"


@pytest.fixture
def world():
    with time_machine.travel(cast.AT):
        yield World()


def text(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_the_page_says_how_far_the_badge_is(world):
    world.limit(200_00, 170_00)
    world.agree(200_00, 171_00)
    browser = world.clinic.client(Role.OWNER)
    shown = text(browser.get(reverse(PAGE, args=[world.contract, "CONS"])))
    assert "1 cena jest o 1,00 zł powyżej limitu" in shown
    assert reverse("provider:pricelist-edit", args=[world.contract, "CONS"]) in shown
    assert "1 cena jest o 1,00 zł powyżej limitu" in text(
        browser.get(reverse("provider:pricelist-list", args=[world.contract]))
    )
    home = text(browser.get(reverse("provider:home-show")))
    assert "Zdobądź wyróżnienie: konsultacje i zabiegi ambulatoryjne" in home
    english = text(
        browser.get(reverse(PAGE, args=[world.contract, "CONS"]), headers={"accept-language": "en"})
    )
    assert "powyżej" in english or "1 price is 1,00 zł above the limit" in english


def test_a_coming_loss_is_on_the_page_and_at_home(world):
    world.limit(200_00)
    world.agree(200_00)
    world.limit(190_00, day=scenes.TODAY + timedelta(days=40))
    browser = world.clinic.client(Role.OWNER)
    shown = text(browser.get(reverse(PAGE, args=[world.contract, "CONS"])))
    assert "Placówka jest wyróżniona." in shown
    assert "Od 02.01.2027 placówka straci wyróżnienie." in shown
    assert "10,00 zł" in shown
    assert "bez nowych cen skończy się 02.01.2027" in text(browser.get(reverse("provider:home-show")))


def test_who_may_not_change_prices_is_offered_none(world):
    world.limit(100_00)
    world.agree(200_00)
    shown = text(world.clinic.client(Role.RECEPTIONIST).get(reverse(PAGE, args=[world.contract, "CONS"])))
    assert reverse("provider:pricelist-edit", args=[world.contract, "CONS"]) not in shown


def test_other_areas_and_strangers_find_nothing(world):
    browser = world.clinic.client(Role.OWNER)
    assert browser.get(reverse(PAGE, args=[world.contract, "XXX"])).status_code == 404
    stranger = cast.provider(2).client(Role.OWNER)
    assert stranger.get(reverse(PAGE, args=[world.contract, "CONS"])).status_code == 404
    assert browser.post(reverse(PAGE, args=[world.contract, "CONS"])).status_code == 405
