"""The platform's terms: for everybody, on the page and as PDF."""

import pytest
from django.test import Client
from tests.onboarding import world

pytestmark = pytest.mark.django_db


def test_the_terms_in_force_are_read_and_taken_away() -> None:
    world.operator("1.2")
    client = Client()
    page = client.get("/terms/").content.decode()
    assert "Treść (demo)." in page
    assert "/terms/pdf/" in page
    file = client.get("/terms/pdf/")
    assert file.headers["Content-Type"] == "application/pdf"
    assert "regulamin-1.2.pdf" in file.headers["Content-Disposition"]
    assert file.content.startswith(b"%PDF-")
    assert client.post("/terms/").status_code == 405


def test_before_the_first_terms_there_is_no_page() -> None:
    assert Client().get("/terms/").status_code == 404
    assert Client().get("/terms/pdf/").status_code == 404
