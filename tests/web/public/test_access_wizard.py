"""The way in: home page, register, application, confirmation, decision, password, panel."""

import io
import re

import pikepdf
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.onboarding import world
from tests.registry import register_files

from ols.accounts import models as accounts_models
from ols.jobs import outbox
from ols.notifications import models as notifications_models
from ols.onboarding import models, selectors
from ols.onboarding import services as onboarding
from ols.registry import models as registry_models

pytestmark = pytest.mark.django_db

WELCOME = "/osoz-www/swiadczeniodawca/kreatorDostepu/powitanie/2"


@pytest.fixture
def firm():
    return world.operator()


@pytest.fixture
def entry(firm):
    register_files.load(register_files.rows(2))
    return registry_models.RegisterEntry.objects.get(register_book_no="000000000001")


def typed(entry=None, **changes) -> dict[str, str]:
    values = {
        "name": "Przychodnia Świt (demo)",
        "nip": "526-000-12-46",
        "regon": "",
        "krs": "",
        "register_book_no": "",
        "legal_form": "",
        "street": "ul. Lipowa 1",
        "postal_code": "00-001",
        "city": "Warszawa",
        "representative_name": "Anna Przykładowa (demo)",
        "representative_function": "właścicielka",
        "email": "anna@example.org",
        "phone": "600 000 012",
        "accepted": "on",
    }
    if entry is not None:
        values |= {"nip": entry.nip, "name": entry.name, "register_book_no": entry.register_book_no}
    return values | changes


def text(response) -> str:
    return response.content.decode()


def choose(client: Client, entry) -> None:
    response = client.post(WELCOME, {"text": entry.nip})
    assert response.url == "/access/results/?search=1"
    assert entry.name in text(client.get(response.url))
    response = client.post("/access/choose/", {"register_book_no": entry.register_book_no})
    assert response.url == "/access/application/"


def test_from_the_home_page_to_the_wizard() -> None:
    client = Client()
    assert "/medicine/" in text(client.get("/"))
    assert "/medicine/insurance/" in text(client.get("/medicine/"))
    assert WELCOME in text(client.get("/medicine/insurance/"))
    assert client.get(WELCOME).status_code == 200


@pytest.mark.usefixtures("firm")
def test_a_wrong_number_is_said_and_stays_typed() -> None:
    response = Client().post(WELCOME, {"text": "526-000-12-47"})
    assert response.status_code == 422
    assert 'value="526-000-12-47"' in text(response)
    assert "NIP" in text(response)


def test_the_form_is_filled_in_from_the_register(entry) -> None:
    client = Client()
    choose(client, entry)
    page = text(client.get("/access/application/"))
    for value in (entry.name, entry.street, entry.postal_code, entry.city, entry.email):
        assert value.replace("&", "&amp;") in page


def test_sent_once_whatever_is_clicked(entry) -> None:
    client = Client()
    choose(client, entry)
    response = client.post("/access/application/", typed(entry))
    assert response.url == "/access/application/check/"
    page = text(client.get("/access/application/check/"))
    assert "anna@example.org" in page
    first = client.post("/access/application/check/")
    second = client.post("/access/application/check/")
    assert first.url == second.url
    row = models.AccessApplication.objects.get()
    assert (row.nip, row.entry_id, row.phone) == (entry.nip, entry.pk, "+48600000012")
    shown = client.get(first.url)
    assert shown.status_code == 200
    assert row.number in text(shown)
    assert client.post("/access/application/check/").url == first.url
    assert client.get("/access/application/").url == first.url
    assert models.AccessApplication.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nip", "5260001247"),
        ("nip", ""),
        ("postal_code", "1"),
        ("phone", "12"),
        ("email", "anna"),
        ("accepted", ""),
        ("name", "x" * 251),
    ],
)
def test_a_wrong_field_keeps_everything_typed_and_sends_nothing(entry, field, value) -> None:
    client = Client()
    choose(client, entry)
    response = client.post("/access/application/", typed(entry, **{field: value}, city="Łódź"))
    assert response.status_code == 422
    assert 'value="Łódź"' in text(response)
    assert f'href="#id_{field}"' in text(response)
    assert 'value="Łódź"' in text(client.get("/access/application/"))
    assert client.get("/access/application/check/").status_code == 302
    assert models.AccessApplication.objects.count() == 0


@pytest.mark.usefixtures("firm")
def test_not_found_leads_to_the_empty_form() -> None:
    client = Client()
    client.post(WELCOME, {"text": "5260001246"})
    assert 'name="register_book_no" value=""' in text(client.get("/access/results/"))
    client.post("/access/choose/", {"register_book_no": ""})
    # Who is not on the register shows an extract.
    assert 'href="#id_extract"' in text(client.post("/access/application/", typed()))
    client.post("/access/application/", typed() | {"extract": _file(_pdf(), "wypis.pdf")})
    client.post("/access/application/check/")
    row = models.AccessApplication.objects.get()
    assert (row.nip, row.entry_id) == ("5260001246", None)


def test_who_joined_gets_a_link_not_a_second_account(entry) -> None:
    provider = world.cast.provider()
    accounts_models.Organization.objects.filter(pk=provider.id).update(nip=entry.nip)
    client = Client()
    client.post(WELCOME, {"text": entry.nip})
    response = client.post("/access/choose/", {"register_book_no": entry.register_book_no})
    assert response.url == "/access/joined/"
    page = text(client.get("/access/joined/"))
    assert "+48 600 000 001" in page
    assert provider.people["owner"].email not in page
    before = notifications_models.OutboxMessage.objects.count()
    client.post("/access/joined/")
    assert notifications_models.OutboxMessage.objects.count() == before + 1
    sent = notifications_models.OutboxMessage.objects.latest("id")
    assert sent.payload["to"] == provider.people["owner"].email


def test_a_hostile_extract_is_refused_and_a_good_one_survives_a_wrong_field(entry) -> None:
    client = Client()
    choose(client, entry)
    fake = _file(b"MZ this is a program", "wypis.pdf")
    response = client.post("/access/application/", typed(entry) | {"extract": fake})
    assert response.status_code == 422
    assert 'href="#id_extract"' in text(response)
    good = _file(_pdf(), "wypis.pdf")
    response = client.post("/access/application/", typed(entry, city="") | {"extract": good})
    assert response.status_code == 422
    assert "wypis.pdf" in text(response)
    client.post("/access/application/", typed(entry))
    client.post("/access/application/check/")
    assert models.AccessApplication.objects.get().extract.original_name == "wypis.pdf"


def test_approved_then_password_then_panel(firm, entry, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client = Client()
    choose(client, entry)
    client.post("/access/application/", typed(entry))
    client.post("/access/application/check/")
    row = models.AccessApplication.objects.get()
    onboarding.approve_application(actor=firm.actor("operator"), application_uuid=row.uuid, at=timezone.now())
    user = accounts_models.User.objects.get(email="anna@example.org")
    outbox.deliver_batch()
    message = next(item for item in mail.outbox if item.to == [user.email] and "/password/" in item.body)
    path = re.search(r"(/password/[\w-]{20,}/)", message.body)[1]

    assert client.get(path).url == "/password/new/"
    weak = client.post("/password/new/", {"password": "haslo", "repeated": "haslo"})
    assert weak.status_code == 422
    unequal = {"password": "lipa-klon-dab-9", "repeated": "lipa-klon-dab-8"}
    assert client.post("/password/new/", unequal).status_code == 422
    done = client.post("/password/new/", {"password": "lipa-klon-dab-9", "repeated": "lipa-klon-dab-9"})
    assert done.url == "/home/"
    assert client.get("/home/").url == "/panel/"
    assert Client().get(path, follow=True).status_code == 410


def test_a_returned_application_is_corrected_behind_its_address(firm) -> None:
    sent = world.submit()
    onboarding.return_application(
        actor=firm.actor("operator"), application_uuid=sent.uuid, remark="Brak KRS", at=world.AT
    )
    path = onboarding_path(sent)
    client = Client()
    assert "Brak KRS" in text(client.get(path))
    values = typed(krs="345077")
    assert client.post(f"{path}edit/", values | {"city": ""}).status_code == 422
    assert client.post(f"{path}edit/", values).url == path
    row = models.AccessApplication.objects.get()
    assert (row.status, row.krs, row.nip) == ("submitted", "0000345077", world.NIP)
    assert client.get(f"{path}edit/").url == path


def test_a_guessed_address_is_404(firm) -> None:
    sent = world.submit()
    assert Client().get(f"/applications/{sent.uuid}/").status_code == 404
    assert Client().get(f"/applications/{sent.uuid.hex}:abc/").status_code == 404


def onboarding_path(sent) -> str:
    return selectors.status_path(sent.uuid)


def _pdf() -> bytes:
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(stream)
    return stream.getvalue()


def _file(content: bytes, name: str):
    return SimpleUploadedFile(name, content, "application/pdf")
