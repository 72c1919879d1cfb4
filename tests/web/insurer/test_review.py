"""The insurer's answers to offers and price lists, through the pages."""

import pytest
from tests import cast, scenes

from ols.network import selectors
from ols.network.models import ContractedPrice

pytestmark = pytest.mark.django_db


@pytest.fixture
def insurer():
    cast.operator()
    made = cast.insurer()
    scenes.prepare_insurer(made, "CONS")
    return made


@pytest.fixture
def clinic(insurer):
    made = cast.provider()
    scenes.finish_stage_two(cast.firm("operator", 2), made)
    return made


@pytest.fixture
def offer(clinic, insurer):
    return scenes.offered(clinic, insurer)


def status(clinic, uuid):
    return selectors.contract(clinic.actor("owner"), uuid=uuid).row.status


def test_the_queue_shows_the_offer_and_the_page_everything_beside_it(insurer, clinic, offer):
    client = insurer.client("network-manager")
    assert clinic.name in client.get("/insurer/offers/").content.decode()
    assert "1 czeka" in client.get("/insurer/").content.decode()
    page = client.get(f"/insurer/contracts/{offer}/").content.decode()
    for text in ("61 1090 1014 0000 0712 1981 2874", "oc.pdf", "Polisa OC", "Owner 1 (demo)"):
        assert text in page
    assert clinic.name in client.get("/insurer/contracts/").content.decode()


def test_an_offer_is_accepted_once(insurer, clinic, offer):
    client = insurer.client("network-manager")
    for _ in range(2):
        answer = client.post(f"/insurer/contracts/{offer}/accept/")
        assert (answer.status_code, answer["Location"]) == (302, f"/insurer/contracts/{offer}/")
    assert status(clinic, offer) == "active"


@pytest.mark.parametrize(("choice", "result"), [("return", "returned"), ("reject", "rejected")])
def test_an_offer_is_refused_with_words(insurer, clinic, offer, choice, result):
    client = insurer.client("network-manager")
    address = f"/insurer/contracts/{offer}/refuse/"
    empty = client.post(address, {"answer": choice, "remark": " "})
    assert (empty.status_code, status(clinic, offer)) == (422, "offered")
    client.post(address, {"answer": choice, "remark": "Brakuje polisy <b>OC</b>"})
    assert status(clinic, offer) == result
    page = client.get(f"/insurer/contracts/{offer}/").content.decode()
    assert "Brakuje polisy &lt;b&gt;OC&lt;/b&gt;" in page


def test_a_document_is_sent_as_an_attachment_to_this_insurer_only(insurer, offer):
    page = insurer.client("network-manager").get(f"/insurer/contracts/{offer}/").content.decode()
    address = next(part for part in page.split('"') if f"/insurer/contracts/{offer}/documents/" in part)
    answer = insurer.client("network-manager").get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="oc.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content == b"%PDF"
    assert cast.insurer(2).client("network-manager").get(address).status_code == 404


def test_who_may_not_gets_nothing(insurer, clinic, offer, client):
    rival = cast.insurer(2).client("network-manager")
    for path, verb in (("", "get"), ("accept/", "post"), ("refuse/", "post")):
        address = f"/insurer/contracts/{offer}/{path}"
        assert getattr(insurer.client("plan-manager"), verb)(address).status_code == 403
        assert getattr(clinic.client("owner"), verb)(address).status_code == 403
        foreign = getattr(rival, verb)(address, {"answer": "reject", "remark": "x"})
        assert foreign.status_code == 404
        assert getattr(client, verb)(address).status_code == 302
    assert insurer.client("network-manager").get(f"/insurer/contracts/{offer}/accept/").status_code == 405
    assert status(clinic, offer) == "offered"


@pytest.fixture
def prices(clinic, insurer):
    contract = scenes.active(clinic, insurer)
    scenes.accept_area(clinic, insurer, "CONS")
    service = scenes.catalog.services(area_id=scenes.catalog.area(code="CONS").id)[0]
    return scenes.sent_prices(clinic, contract, "CONS", {service.id: 20_100})


def test_prices_stand_beside_their_limits_and_are_accepted(insurer, prices):
    client = insurer.client("network-manager")
    page = client.get(f"/insurer/price-lists/{prices}/").content.decode()
    assert "201,00\u00a0zł" in page
    client.post(f"/insurer/price-lists/{prices}/accept/")
    assert ContractedPrice.objects.get().price_gr == 20_100
    client.post(f"/insurer/price-lists/{prices}/accept/")
    assert ContractedPrice.objects.count() == 1


def test_prices_are_returned_with_words(insurer, clinic, prices):
    client = insurer.client("network-manager")
    assert client.post(f"/insurer/price-lists/{prices}/return/", {"remark": ""}).status_code == 422
    client.post(f"/insurer/price-lists/{prices}/return/", {"remark": "Obniż cenę"})
    assert ContractedPrice.objects.count() == 0
    assert client.get(f"/insurer/price-lists/{prices}/").status_code == 404
    row = selectors.price_list(clinic.actor("owner"), uuid=prices)
    assert (row.status, row.remark) == ("returned", "Obniż cenę")


def test_price_lists_belong_to_their_insurer(insurer, clinic, prices):
    address = f"/insurer/price-lists/{prices}/"
    assert cast.insurer(2).client("network-manager").get(address).status_code == 404
    assert insurer.client("finance-preparer").get(address).status_code == 403
    assert clinic.client("owner").post(f"{address}accept/").status_code == 403
    assert ContractedPrice.objects.count() == 0
