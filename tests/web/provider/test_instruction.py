"""The instruction, the shortcuts and the installable panel."""

import json

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image
from tests import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def insurer():
    return scenes.ready_insurer("CONS")


@pytest.fixture
def clinic(insurer):
    return scenes.ready_clinic()


def test_the_instruction_is_there_for_everybody_at_the_clinic(clinic):
    page = clinic.client("accountant").get("/panel/instruction/").content.decode()
    assert "Jak udzielić świadczenia" in page
    assert "klucz" in page
    assert "/panel/shortcut/" not in page  # no co-operation yet
    pdf = clinic.client("accountant").get("/panel/instruction/pdf/")
    assert (pdf["Content-Type"], pdf.content[:4]) == ("application/pdf", b"%PDF")


def test_shortcuts_lead_to_the_claim_form_once_a_co_operation_is_active(clinic, insurer, settings):
    client = clinic.client("receptionist")
    assert client.get("/panel/shortcut/windows/").status_code == 404
    scenes.active(clinic, insurer)
    settings.PUBLIC_URL = "https://ols.example.org"
    page = client.get("/panel/instruction/").content.decode()
    assert "/panel/shortcut/windows/" in page
    windows = client.get("/panel/shortcut/windows/")
    assert windows.content == b"[InternetShortcut]\r\nURL=https://ols.example.org/panel/claims/new/\r\n"
    assert ".url" in windows["Content-Disposition"]
    linux = client.get("/panel/shortcut/linux/")
    assert 'Exec=xdg-open "https://ols.example.org/panel/claims/new/"' in linux.content.decode().splitlines()
    assert ".desktop" in linux["Content-Disposition"]


def test_the_manifest_names_icons_that_are_there(clinic):
    answer = Client().get("/app.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.content)
    assert (manifest["start_url"], manifest["display"], manifest["lang"]) == (
        "/panel/claims/new/",
        "standalone",
        "pl",
    )
    for icon in manifest["icons"]:
        found = finders.find(icon["src"].removeprefix("/static/"))
        with Image.open(found) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]
    page = clinic.client("owner").get("/panel/")
    assert '<link rel="manifest" href="/app.webmanifest">' in page.content.decode()
    assert "manifest-src 'self'" in page["Content-Security-Policy"]
    assert "app.webmanifest" not in Client().get("/").content.decode()
