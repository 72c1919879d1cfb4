"""The insurer's answers to offers and price lists, through the pages."""

import pytest
from tests import cast, scenes

from ols.network import selectors, services
from ols.network.models import ContractedPrice

pytestmark = pytest.mark.django_db


@pytest.fixture
def insurer():
    return scenes.ready_insurer("CONS")


@pytest.fixture
def clinic(insurer):
    return scenes.ready_clinic()


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


def test_an_offer_is_accepted_once_and_the_second_sees_by_whom(insurer, clinic, offer):
    client = insurer.client("network-manager")
    answer = client.post(f"/insurer/contracts/{offer}/accept/")
    assert (answer.status_code, answer["Location"]) == (302, f"/insurer/contracts/{offer}/answered/")
    assert "Co dalej" in client.get(answer["Location"]).content.decode()
    again = client.post(f"/insurer/contracts/{offer}/reject/", {"reason": "x"}, follow=True)
    assert "Decyzja już zapadła. Network-manager 1 (demo)" in again.content.decode()
    assert status(clinic, offer) == "active"


def test_an_offer_is_rejected_with_words(insurer, clinic, offer):
    client = insurer.client("network-manager")
    address = f"/insurer/contracts/{offer}/reject/"
    empty = client.post(address, {"common": "", "reason": " "})
    assert (empty.status_code, status(clinic, offer)) == (422, "offered")
    client.post(
        address, {"common": "Sieć w tym obszarze jest teraz pełna.", "reason": "Spróbuj <b>za rok</b>"}
    )
    assert status(clinic, offer) == "rejected"
    page = client.get(f"/insurer/contracts/{offer}/").content.decode()
    assert "Sieć w tym obszarze jest teraz pełna. Spróbuj &lt;b&gt;za rok&lt;/b&gt;" in page


def test_an_offer_is_returned_with_remarks_at_fields(insurer, clinic, offer):
    client = insurer.client("network-manager")
    address = f"/insurer/contracts/{offer}/return/"
    assert client.post(address, {}).status_code == 422
    wrong = client.post(address, {"ask_iban": "on", "remark": "Zachowane słowa"})
    assert wrong.status_code == 422
    assert "Zachowane słowa" in wrong.content.decode()
    assert "Rachunek bankowy: wybierz gotową uwagę" in wrong.content.decode()
    client.post(address, {"ask_iban": "on", "why_iban": "Inne konto", "ask_document:OC": "on",
                          "common_document:OC": "Brakuje podpisu."})  # fmt: skip
    assert status(clinic, offer) == "returned"
    page = client.get(f"/insurer/contracts/{offer}/").content.decode()
    for words in ("Inne konto", "Brakuje podpisu.", "czeka na placówkę"):
        assert words in page


def test_what_the_clinic_took_back_is_not_answered(insurer, clinic, offer):
    services.withdraw_offer(actor=clinic.actor("owner"), contract_uuid=offer, at=cast.AT)
    answer = insurer.client("network-manager").post(f"/insurer/contracts/{offer}/accept/", follow=True)
    assert answer.redirect_chain == [("/insurer/offers/", 302)]
    assert "Placówka cofnęła ofertę" in answer.content.decode()


def test_a_document_is_sent_as_an_attachment_to_this_insurer_only(insurer, offer):
    page = insurer.client("network-manager").get(f"/insurer/contracts/{offer}/").content.decode()
    shown = next(part for part in page.split('"') if f"/insurer/contracts/{offer}/documents/" in part)
    address = shown.removesuffix("preview/")
    answer = insurer.client("network-manager").get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="oc.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content == b"%PDF"
    assert cast.insurer(2).client("network-manager").get(address).status_code == 404


def test_who_may_not_gets_nothing(insurer, clinic, offer, client):
    rival = cast.insurer(2).client("network-manager")
    for path, verb in (("", "get"), ("accept/", "post"), ("return/", "post"), ("reject/", "post")):
        address = f"/insurer/contracts/{offer}/{path}"
        assert getattr(insurer.client("plan-manager"), verb)(address).status_code == 403
        assert getattr(clinic.client("owner"), verb)(address).status_code == 403
        foreign = getattr(rival, verb)(address, {"reason": "x", "remark": "x"})
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
