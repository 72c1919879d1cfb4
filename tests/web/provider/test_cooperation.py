"""A clinic joins an insurer in its browser: stage II, the offer, thematic terms, prices."""

from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import cast, scenes
from tests.cast import AT, TODAY, Firm

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.network import models, services
from ols.registry import models as registry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


def pdf() -> bytes:
    """Return a real one-page document."""
    stream = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(stream)
    return stream.getvalue()


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def clinic() -> Firm:
    return cast.provider()


@pytest.fixture
def browser(clinic: Firm) -> Client:
    return clinic.client(Role.OWNER)


@pytest.fixture
def insurer() -> Firm:
    made = cast.insurer()
    scenes.publish(cast.operator(), "insurance-service")
    scenes.prepare_insurer(made, "CONS")
    return made


def go(browser: Client, name: str, *args: object, data: dict | None = None):
    url = reverse(f"provider:{name}", args=args)
    return browser.get(url) if data is None else browser.post(url, data)


def test_stage_two_from_the_information_to_the_acceptance(
    browser: Client, clinic: Firm, insurer: Firm
) -> None:
    home = text_of(go(browser, "home-show"))
    assert "Ubezpieczenia" in home
    shown = text_of(go(browser, "service-show"))
    assert "Informacje" in shown
    assert "Regulamin" in shown
    assert "Przejdź do akceptacji regulaminu" in text_of(go(browser, "service-about"))
    to_data = go(browser, "service-terms")
    assert to_data.url == reverse("provider:facility-show")
    page = text_of(go(browser, "facility-show"))
    assert "Potwierdzam poprawność danych" in page
    assert "Edytuj dane" in page
    refused = go(browser, "facility-show", data={})
    assert refused.status_code == 422
    assert registry.DataConfirmation.objects.count() == 0
    assert go(browser, "facility-show", data={"confirmed": "on"}).url == reverse("provider:service-terms")
    terms = go(browser, "service-terms").url
    opened = text_of(browser.get(terms))
    assert "Akceptację regulaminu" in opened
    assert "<h2>Postanowienia</h2>" in opened
    assert browser.post(terms, {}).status_code == 422
    assert browser.post(terms, {"accepted": "on"}).url == reverse("provider:insurer-list")
    assert models.TermsAcceptance.objects.get().user_id == clinic.people[Role.OWNER].pk


def test_editing_keeps_what_was_typed_and_names_the_field(browser: Client) -> None:
    typed = {
        "name": "Nowa",
        "street": "Długa 2",
        "postal_code": "9",
        "city": "Łódź",
        "phone": "600 000 012",
        "email": "x",
    }
    refused = go(browser, "facility-edit", data=typed)
    assert refused.status_code == 422
    assert 'value="Łódź"' in text_of(refused)
    assert registry.Facility.objects.get().city == "Warszawa"
    right = {**typed, "postal_code": "90-001", "email": "nowa@example.org"}
    assert go(browser, "facility-edit", data=right).url == reverse("provider:facility-show")
    assert registry.Facility.objects.get().city == "Łódź"


def test_terms_posted_without_being_opened_are_refused(browser: Client, clinic: Firm, insurer: Firm) -> None:
    go(browser, "facility-show", data={"confirmed": "on"})
    uuid = models.TermsVersion.objects.get(kind="insurance-service").uuid
    assert go(browser, "terms-show", uuid, data={"accepted": "on"}).status_code == 422
    assert models.TermsAcceptance.objects.count() == 0


def test_terms_are_a_pdf_too(browser: Client, insurer: Firm) -> None:
    uuid = models.TermsVersion.objects.get(kind="insurance-service").uuid
    answer = go(browser, "terms-print", uuid)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="regulamin-1.0.pdf"'
    assert answer.content[:5] == b"%PDF-"


@pytest.fixture
def ready(clinic: Firm, insurer: Firm) -> Firm:
    scenes.finish_stage_two(cast.firm("operator", 2), clinic)
    return clinic


def test_joining_needs_the_opened_terms_and_the_tick(browser: Client, ready: Firm, insurer: Firm) -> None:
    page = text_of(go(browser, "insurer-show", insurer.uuid))
    assert "Nawiąż współpracę" in page
    join = text_of(go(browser, "insurer-join", insurer.uuid))
    for words in ("zobacz regulamin", "Przystąp", "Akceptuję regulamin i chcę nawiązać współpracę"):
        assert words in join
    assert go(browser, "insurer-join", insurer.uuid, data={"joined": "on"}).status_code == 422
    go(browser, "terms-show", models.TermsVersion.objects.get(kind="general").uuid)
    assert go(browser, "insurer-join", insurer.uuid, data={}).status_code == 422
    assert models.Contract.objects.count() == 0
    started = go(browser, "insurer-join", insurer.uuid, data={"joined": "on"})
    contract = models.Contract.objects.get()
    assert started.url == reverse("provider:contract-show", args=[contract.uuid])
    again = go(browser, "insurer-join", insurer.uuid, data={"joined": "on"})
    assert again.url == started.url
    assert models.Contract.objects.count() == 1


PARAMETERS = {
    "starts_on": "23.11.2026",
    "iban": "61 1090 1014 0000 0712 1981 2874",
    "contact_name": "Owner (demo)",
    "contact_email": "owner@example.org",
    "contact_phone": "600 000 013",
}


def test_an_offer_from_parameters_to_sending(browser: Client, ready: Firm, insurer: Firm) -> None:
    uuid = scenes.start(ready, insurer)
    wrong = go(
        browser, "contract-parameters", uuid, data={**PARAMETERS, "iban": "61 1090 1014 0000 0712 1981 2875"}
    )
    assert wrong.status_code == 422
    assert 'value="61 1090 1014 0000 0712 1981 2875"' in text_of(wrong)
    late = go(browser, "contract-parameters", uuid, data={**PARAMETERS, "starts_on": "24.11.2027"})
    assert late.status_code == 422
    assert "23.11.2026" in text_of(late)
    saved = browser.post(reverse("provider:contract-parameters", args=[uuid]), PARAMETERS, follow=True)
    assert models.Contract.objects.get().bank_name in text_of(saved)
    refused = go(browser, "contract-send", uuid, data={})
    assert refused.status_code == 422
    assert "Polisa OC" in text_of(refused)
    add = reverse("provider:contract-document-new", args=[uuid, "OC"])
    text_file = SimpleUploadedFile("oc.pdf", b"not a pdf")
    assert browser.post(add, {"file": text_file}).status_code == 422
    assert browser.post(add, {}).status_code == 422
    assert models.ContractDocument.objects.count() == 0
    assert browser.post(add, {"file": SimpleUploadedFile("oc.pdf", pdf())}).status_code == 302
    document = models.ContractDocument.objects.get().document
    file = go(browser, "contract-document", uuid, document.uuid)
    assert (file["Content-Disposition"], file["X-Content-Type-Options"]) == (
        'attachment; filename="oc.pdf"',
        "nosniff",
    )
    assert go(browser, "contract-send", uuid, data={}).url == reverse(
        "provider:contract-history", args=[uuid]
    )
    history = text_of(go(browser, "contract-history", uuid))
    assert "Status współpracy" in history
    assert "23.11.2026 16:00" in history
    assert models.Contract.objects.get().status == "offered"
    assert go(browser, "contract-send", uuid, data={}).status_code == 422
    assert go(browser, "contract-withdraw", uuid, data={}).status_code == 302
    assert models.Contract.objects.get().status == "draft"


@pytest.fixture
def active(ready: Firm, insurer: Firm) -> str:
    return scenes.active(ready, insurer)


def test_thematic_terms_lead_to_prices_and_prices_to_sending(
    browser: Client, insurer: Firm, active: str
) -> None:
    dent = catalog.area(code="DENT")
    services.open_area(
        actor=insurer.actor(Role.NETWORK_MANAGER),
        area_id=dent.id,
        opens_on=TODAY.replace(day=30),
        at=AT,
    )
    scenes.publish(insurer, "thematic", area_id=dent.id)
    areas = text_of(go(browser, "contract-areas", active))
    assert "30.11.2026" in areas
    terms = models.TermsVersion.objects.get(kind="thematic", area_id=catalog.area(code="CONS").id)
    assert go(browser, "pricelist-edit", active, "CONS").url == reverse(
        "provider:terms-show", args=[terms.uuid]
    )
    go(browser, "terms-show", terms.uuid)
    prices = go(browser, "terms-show", terms.uuid, data={"accepted": "on"}).url
    assert prices == reverse("provider:pricelist-edit", args=[active, "CONS"])
    first, second, *_ = catalog.services(area_id=terms.area_id)
    services.set_price_limits(
        actor=insurer.actor(Role.PLAN_MANAGER), limits={first.id: 180_00}, valid_from=TODAY, at=AT
    )
    assert "180,00\xa0zł" in text_of(browser.get(prices))
    typed = {"valid_from": "23.11.2026", f"price-{first.id}": "200,50", f"price-{second.id}": "1e3"}
    wrong = browser.post(prices, typed)
    assert wrong.status_code == 422
    assert 'value="1e3"' in text_of(wrong)
    assert 'value="200,50"' in text_of(wrong)
    assert models.PriceListItem.objects.get().price_gr == 200_50
    assert 'value="1e3"' in text_of(browser.get(prices))
    saved = browser.post(prices, {**typed, f"price-{second.id}": "170"}, follow=True)
    assert "20,50\xa0zł powyżej limitu" in text_of(saved)
    assert models.PriceList.objects.get().status == "draft"
    checked = browser.post(prices, {**typed, f"price-{second.id}": "170", "check": "1"}, follow=True)
    assert "20,50\xa0zł powyżej limitu" in text_of(checked)
    sent = go(browser, "pricelist-check", active, "CONS", data={})
    price_list = models.PriceList.objects.get()
    assert price_list.status == "sent"
    assert sent.url == reverse("provider:pricelist-show", args=[active, price_list.uuid])
    assert "200,50\xa0zł" in text_of(browser.get(sent.url))
    assert browser.get(prices).url == sent.url
    assert go(browser, "pricelist-withdraw", active, price_list.uuid, data={}).status_code == 302
    assert models.PriceList.objects.get().status == "draft"


def test_an_empty_list_is_not_sent(browser: Client, ready: Firm, insurer: Firm, active: str) -> None:
    scenes.accept_area(ready, insurer, "CONS")
    answer = go(browser, "pricelist-edit", active, "CONS", data={"valid_from": "23.11.2026", "check": "1"})
    assert answer.url == reverse("provider:pricelist-check", args=[active, "CONS"])
    assert "Wpisz co najmniej jedną cenę" in text_of(browser.get(answer.url))
    assert browser.post(answer.url).status_code == 422
    assert models.PriceList.objects.count() == 0


def test_home_leads_through_the_stages(browser: Client, ready: Firm, insurer: Firm) -> None:
    uuid = scenes.start(ready, insurer)
    assert reverse("provider:contract-parameters", args=[uuid]) in text_of(go(browser, "home-show"))
    scenes.fill_in(ready, uuid)
    services.send_offer(actor=ready.actor(Role.OWNER), contract_uuid=uuid, at=AT)
    assert "Czeka na ubezpieczyciela" in text_of(go(browser, "home-show"))
    services.accept_offer(actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=uuid, at=AT)
    terms = models.TermsVersion.objects.get(area__code="CONS")
    assert reverse("provider:terms-show", args=[terms.uuid]) in text_of(go(browser, "home-show"))
    scenes.accept_area(ready, insurer, "CONS")
    assert reverse("provider:pricelist-edit", args=[uuid, "CONS"]) in text_of(go(browser, "home-show"))
