"""What a colleague without the permission sees of a co-operation: a key, who can do it, no way to nowhere."""

import re

import pytest
import time_machine
from django.urls import reverse
from tests import scenes
from tests.cast import AT, TODAY
from tests.network.test_price_lists import World

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.network import services
from ols.web.components.templatetags.ols import lacks

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with time_machine.travel(AT, tick=False):
        made = World()
        sent = made.save(dict.fromkeys(made.services, 150_00))
        services.send_price_list(actor=made.owner, price_list_uuid=sent, at=AT)
        manager = made.insurer.actor(Role.NETWORK_MANAGER)
        services.accept_price_list(actor=manager, price_list_uuid=sent, at=AT)
        yield made


def shown(world, role: str, name: str) -> str:
    """Return the main part of a page of the co-operation."""
    path = reverse(f"provider:{name}", args=[world.contract])
    return re.sub(r"\s+", " ", world.clinic.client(role).get(path).content.decode()).split("<main")[1]


def test_tabs_that_need_a_permission_carry_a_key(world):
    tabs = {
        role: re.findall(r'<a href="[^"]*"[^>]*>([^<]+)(<svg)?', shown(world, role, "contract-history"))
        for role in (Role.ACCOUNTANT, Role.OWNER)
    }
    keyed = {role: [label.strip() for label, key in found if key] for role, found in tabs.items()}
    assert {"Parametry", "Dokumenty wymagane", "Wyślij ofertę współpracy"} <= set(keyed[Role.ACCOUNTANT])
    assert "Parametry" not in keyed[Role.OWNER]
    assert "Historia współpracy" not in keyed[Role.ACCOUNTANT]


def test_prices_lead_where_the_person_may_go(world):
    grid = reverse("provider:pricelist-edit", args=[world.contract, "CONS"])
    for name in ("contract-areas", "pricelist-list"):
        assert grid in shown(world, Role.OWNER, name)
        assert grid not in shown(world, Role.ACCOUNTANT, name)


def test_the_home_offers_the_claim_form_to_who_may_send_claims(world):
    link = f'href="{reverse("provider:claim-new")}"'
    for role, is_offered in ((Role.RECEPTIONIST, True), (Role.ACCOUNTANT, False)):
        text = world.clinic.client(role).get(reverse("provider:home-show")).content.decode()
        assert (link in text.split("<main")[1]) is is_offered


def test_terms_say_who_can_accept_them(world):
    manager, area = world.insurer.actor(Role.NETWORK_MANAGER), catalog.area(code="LAB")
    services.open_area(actor=manager, area_id=area.id, opens_on=TODAY, at=AT)
    path = reverse("provider:terms-show", args=[scenes.publish(world.insurer, "thematic", area_id=area.id)])
    words = f"Regulaminy akceptują tu: {world.clinic.people[Role.OWNER].name}."
    texts = {role: world.clinic.client(role).get(path).content.decode() for role in world.clinic.people}
    assert [role for role, text in texts.items() if words in text] == [Role.RECEPTIONIST, Role.ACCOUNTANT]


def test_nobody_lacks_what_needs_nothing(world):
    assert not lacks(world.owner, "")
    assert not lacks("", "claim:submit")
    assert lacks(world.clinic.actor(Role.ACCOUNTANT), "claim:submit")
