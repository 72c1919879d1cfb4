"""Offers and price lists that a colleague has open: a notice, no lock, nothing for the clinic."""

from datetime import timedelta

import pytest
import time_machine
from tests import cast, scenes

from ols.catalog import selectors as catalog
from ols.network import models

pytestmark = pytest.mark.django_db
SAID = "Ogląda teraz:</b> Network-manager 1 (demo) (od 10:00). Ustalcie, kto decyduje."
ROW = "ogląda: Network-manager 1 (demo), od 10:00"


@pytest.fixture
def clock():
    with time_machine.travel(cast.AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def insurer(clock):
    made = cast.insurer()
    scenes.prepare_insurer(made, "CONS")
    for role in ("offer-reviewer", "network-viewer"):
        made.hire(role)
    return made


@pytest.fixture
def clinic(insurer):
    return scenes.ready_clinic()


def text(client, address):
    return client.get(address).content.decode()


def test_the_second_to_come_is_told_on_the_offer_and_in_the_queue(clinic, insurer, clock):
    offer = f"/insurer/contracts/{scenes.offered(clinic, insurer)}/"
    manager, reviewer = insurer.client("network-manager"), insurer.client("offer-reviewer")
    assert "Ogląda teraz" not in text(manager, offer)
    clock.shift(timedelta(minutes=5))
    assert ROW in text(reviewer, "/insurer/offers/?show=offers&text=")
    assert SAID in text(reviewer, offer)
    assert "Ogląda teraz:</b> Offer-reviewer 1 (demo) (od 10:05)." in text(manager, offer)
    # No lock: the second one answers, and is then no longer said to look.
    assert reviewer.post(f"{offer}accept/").status_code == 302
    assert "Ogląda teraz" not in text(manager, offer)
    assert [row.person.name for row in models.Presence.objects.all()] == ["Network-manager 1 (demo)"]


def test_the_notice_ends_by_itself(clinic, insurer, clock):
    offer = f"/insurer/contracts/{scenes.offered(clinic, insurer)}/"
    text(insurer.client("network-manager"), offer)
    clock.shift(timedelta(minutes=16))
    reviewer = insurer.client("offer-reviewer")
    assert "Ogląda teraz" not in text(reviewer, offer)
    assert "ogląda:" not in text(reviewer, "/insurer/offers/?show=offers&text=")


def test_who_cannot_answer_leaves_no_note_and_sees_none_nor_does_the_clinic(clinic, insurer):
    uuid = scenes.offered(clinic, insurer)
    offer = f"/insurer/contracts/{uuid}/"
    viewer = insurer.client("network-viewer")
    text(viewer, offer)
    assert not models.Presence.objects.exists()
    text(insurer.client("network-manager"), offer)
    assert "Ogląda teraz" not in text(viewer, offer)
    owner = clinic.client("owner")
    shown = owner.get(f"/provider/contracts/{uuid}/", follow=True)
    assert "Network-manager" not in shown.content.decode()


def test_a_price_list_says_it_too(clinic, insurer):
    contract = scenes.active(clinic, insurer)
    scenes.accept_area(clinic, insurer, "CONS")
    service = catalog.services(area_id=catalog.area(code="CONS").id)[0].id
    sent = f"/insurer/price-lists/{scenes.sent_prices(clinic, contract, 'CONS', {service: 5000})}/"
    manager, reviewer = insurer.client("network-manager"), insurer.client("offer-reviewer")
    text(manager, sent)
    assert SAID in text(reviewer, sent)
    assert ROW in text(reviewer, "/insurer/offers/?show=lists&text=")
    manager.post(f"{sent}accept/")
    assert "Ogląda teraz" not in text(reviewer, sent)
