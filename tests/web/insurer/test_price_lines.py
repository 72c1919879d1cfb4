"""A price list line by line through the pages of both sides."""

import re

import pytest
from tests import cast, scenes

from ols.catalog import selectors as catalog
from ols.network import models, selectors
from ols.network import services as network

pytestmark = pytest.mark.django_db


@pytest.fixture
def insurer():
    return scenes.ready_insurer("CONS")


@pytest.fixture
def clinic(insurer):
    return scenes.ready_clinic()


@pytest.fixture
def contract(insurer, clinic):
    made = scenes.active(clinic, insurer)
    scenes.accept_area(clinic, insurer, "CONS")
    return made


@pytest.fixture
def services(contract):
    return [row.id for row in catalog.services(area_id=catalog.area(code="CONS").id)][:3]


@pytest.fixture
def sent(clinic, insurer, contract, services):
    network.set_price_limits(
        actor=insurer.actor("plan-manager"),
        limits={services[0]: 200_00, services[1]: 100_00},
        valid_from=cast.TODAY,
        at=cast.AT,
    )
    prices = dict(zip(services, (180_00, 150_00, 90_00), strict=True))
    return scenes.sent_prices(clinic, contract, "CONS", prices)


def typed(services, *answers, seen=0, do="save"):
    """Return what a page sends: kind, amount and remark for each line."""
    data = {"seen": seen, "do": do}
    for service, (kind, price, remark) in zip(services, answers, strict=False):
        data |= {f"kind-{service}": kind, f"price-{service}": price, f"remark-{service}": remark}
    return data


def kinds():
    return list(
        models.PriceLineAnswer.objects.order_by("service_id").values_list("kind", "price_gr", "remark")
    )


ACCEPT, NOTHING = ("accepted", "", ""), ("", "", "")
COUNTER, REFUSE = ("countered", "120,00", "Limit 100"), ("refused", "", "Bez tej usługi")


def test_decisions_are_kept_while_one_goes(insurer, sent, services):
    client, address = insurer.client("network-manager"), f"/insurer/price-lists/{sent}/"
    answer = client.post(f"{address}lines/", typed(services, NOTHING, ("", "120", "Za drogo"), NOTHING))
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert kinds() == [("countered", 120_00, "Za drogo")]  # an amount is an offer of it
    page = client.get(address).content.decode()
    assert 'value="120,00"' in page
    assert "Bez decyzji (2)" in page


def test_all_within_the_limit_at_a_stroke(insurer, sent, services):
    client = insurer.client("network-manager")
    client.post(f"/insurer/price-lists/{sent}/lines/", typed(services, do="within"))
    assert kinds() == [("accepted", None, "")]  # the second is above its limit, the third has none


def test_a_filter_touches_its_lines_only(insurer, sent, services):
    client, address = insurer.client("network-manager"), f"/insurer/price-lists/{sent}/"
    page = client.get(f"{address}?only=over").content.decode()
    assert re.findall(r'name="kind-(\d+)"', page) == [str(services[1])]
    client.post(f"{address}lines/", typed(services, ACCEPT, ACCEPT, ACCEPT))
    answer = client.post(f"{address}lines/?only=over", typed([services[1]], COUNTER, seen=1))
    assert answer["Location"] == f"{address}?only=over"
    assert [kind for kind, _, _ in kinds()] == ["accepted", "countered", "accepted"]
    assert "Żadna pozycja" in client.get(f"{address}?only=network").content.decode()


def test_a_wrong_amount_keeps_everything_typed(insurer, sent, services):
    client = insurer.client("network-manager")
    data = typed(services, ACCEPT, ("countered", "1e3", "Słowa"), REFUSE)
    answer = client.post(f"/insurer/price-lists/{sent}/lines/", data)
    page = answer.content.decode()
    assert (answer.status_code, kinds()) == (422, [])
    assert 'value="1e3"' in page
    assert 'value="Słowa"' in page
    assert f'href="#id_price-{services[1]}"' in page


def test_an_old_page_shows_what_was_typed_and_may_replace(insurer, sent, services):
    client, address = insurer.client("network-manager"), f"/insurer/price-lists/{sent}/lines/"
    client.post(address, typed(services, ACCEPT, ACCEPT, ACCEPT))
    page = client.post(address, typed(services, REFUSE, REFUSE, REFUSE)).content.decode()
    assert "inne odpowiedzi" in page
    assert 'name="seen" value="1"' in page
    assert [kind for kind, _, _ in kinds()] == ["accepted"] * 3
    client.post(address, typed(services, REFUSE, REFUSE, REFUSE, seen=1))
    assert [kind for kind, _, _ in kinds()] == ["refused"] * 3


def test_both_sides_come_to_an_agreement(insurer, clinic, contract, sent, services):
    reviewer, owner = insurer.client("network-manager"), clinic.client("owner")
    desk = f"/insurer/price-lists/{sent}/"
    reviewer.post(f"{desk}lines/", typed(services, ACCEPT, COUNTER, NOTHING, do="check"))
    unready = reviewer.get(f"{desk}check/").content.decode()
    assert "Niektóre pozycje" in unready
    assert 'name="seen"' not in unready
    reviewer.post(f"{desk}lines/", typed(services, ACCEPT, COUNTER, REFUSE, seen=1, do="check"))
    assert 'name="seen" value="2"' in reviewer.get(f"{desk}check/").content.decode()
    rest = reviewer.post(f"{desk}check/", {"seen": 2})["Location"].split("/")[-2]
    assert models.ContractedPrice.objects.get().price_gr == 180_00
    place = f"/panel/contracts/{contract}/prices/{rest}/"
    assert "Odpowiedz na kontrofertę" in owner.get(place).content.decode()
    page = owner.get(f"{place}answer/").content.decode()
    assert "Limit 100" in page
    assert page.count('value="taken"') == 1  # a refusal cannot be taken
    owner.post(f"{place}answer/", typed(services[1:], NOTHING, ("dropped", "", ""), do="check"))
    owner.post(f"{place}answer/", typed(services[1:], NOTHING, ("dropped", "", ""), seen=1, do="take"))
    assert [kind for kind, _, _ in kinds()] == ["taken", "dropped"]
    owner.post(f"{place}answer/check/", {"seen": 2})
    prices = models.ContractedPrice.objects.order_by("service_id").values_list("price_gr", flat=True)
    assert list(prices) == [180_00, 120_00]
    assert selectors.price_list(clinic.actor("owner"), uuid=rest).status == "accepted"
    steps = [row.event for row in selectors.contract_history(clinic.actor("owner"), uuid=contract)]
    assert "price_list.accept" in steps
    assert "price_list.prepare" not in steps  # that an answer is being prepared is that side's business
    history = reviewer.get(f"/insurer/price-lists/{rest}/").content.decode()
    assert "Placówka przyjmuje kontrofertę" in history


def test_an_answer_that_changed_meanwhile_is_not_sent(insurer, sent, services):
    client, desk = insurer.client("network-manager"), f"/insurer/price-lists/{sent}/"
    client.post(f"{desk}lines/", typed(services, ACCEPT, COUNTER, REFUSE))
    page = client.post(f"{desk}check/", {"seen": 0}).content.decode()
    assert "inne odpowiedzi" in page
    assert client.post(f"{desk}check/", {"seen": "x"}).status_code == 200
    assert models.PriceList.objects.get().status == "sent"


def test_who_may_not_gets_nothing(insurer, clinic, contract, sent, services):
    rival, stranger = cast.insurer(2).client("network-manager"), cast.provider(2).client("owner")
    data = typed(services, ACCEPT, ACCEPT, ACCEPT)
    for path in ("lines/", "check/"):
        address = f"/insurer/price-lists/{sent}/{path}"
        assert rival.post(address, data).status_code == 404
        assert insurer.client("plan-manager").post(address, data).status_code == 403
        assert clinic.client("owner").post(address, data).status_code == 403
    for path in ("answer/", "answer/check/", "rework/"):
        address = f"/panel/contracts/{contract}/prices/{sent}/{path}"
        assert stranger.post(address, data).status_code == 404
        assert clinic.client("receptionist").post(address, data).status_code == 403
        assert clinic.client("owner").post(address, data).status_code == 302  # not the clinic's turn
    assert kinds() == []
    assert models.PriceList.objects.get().status == "sent"


def test_the_clinic_takes_the_list_back_into_the_grid(insurer, clinic, contract, sent, services):
    reviewer, owner = insurer.client("network-manager"), clinic.client("owner")
    desk = f"/insurer/price-lists/{sent}/"
    reviewer.post(f"{desk}lines/", typed(services, COUNTER, COUNTER, REFUSE))
    reviewer.post(f"{desk}check/", {"seen": 1})
    answer = owner.post(f"/panel/contracts/{contract}/prices/{sent}/rework/")
    assert answer["Location"] == f"/panel/contracts/{contract}/areas/CONS/prices/"
    assert owner.get(answer["Location"]).status_code == 200
    assert reviewer.get(desk).status_code == 404
