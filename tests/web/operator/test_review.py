"""The page on which an application is decided: differences, duplicates, what to ask for, who is looking."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from tests import cast
from tests.onboarding import world
from tests.registry import register_files

from ols.accounts import services as accounts
from ols.accounts.permissions import Role
from ols.onboarding import models
from ols.registry import models as registry_models

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(world.AT) as traveller:
        yield traveller


@pytest.fixture
def firm(clock):
    return world.operator()


@pytest.fixture
def desk(firm):
    return firm.client("operator")


@pytest.fixture
def address(firm):
    register_files.load(register_files.rows(1))
    entry = registry_models.RegisterEntry.objects.get()
    sent = world.submit(
        register_book_no=entry.register_book_no, nip=entry.nip, regon=entry.regon, krs=entry.krs,
        legal_form=entry.legal_form, name=entry.name, street="ul. Zmyślona 99", postal_code=entry.postal_code,
        city=entry.city,
    )  # fmt: skip
    return f"/operator/applications/{sent.uuid}/"


def test_the_words_that_differ_are_marked_and_ticked(desk, address) -> None:
    entry = registry_models.RegisterEntry.objects.get()
    page = desk.get(address).content.decode()
    assert "<mark>Zmyślona 99</mark>" in page
    assert "inaczej niż w rejestrze: Ulica i numer, Telefon, Adres e-mail." in page
    assert 'name="ask_street" id="id_ask_street" checked' in page
    assert f"W rejestrze jest: {entry.street}." in page
    # People may be reached otherwise than the register says.
    assert 'name="ask_email" id="id_ask_email" checked' not in page
    assert "Sprawdzono w rejestrze dnia 23.11.2026." in page


@pytest.mark.parametrize(
    ("sent", "remark"),
    [
        ({"why_krs": "Podaj numer"}, "Podaj numer"),
        ({"common_krs": "Podaj numer KRS spółki."}, "Podaj numer KRS spółki."),
        (
            {"common_krs": "Podaj numer KRS spółki.", "why_krs": "Jest w wypisie."},
            "Podaj numer KRS spółki. Jest w wypisie.",
        ),
    ],
)
def test_a_common_remark_and_own_words_go_to_the_applicant(desk, address, sent, remark) -> None:
    answer = desk.post(f"{address}return/", {"ask_krs": "on", **sent})
    assert answer.status_code == 302
    assert models.AccessApplication.objects.get().asked_remarks == {"krs": remark}


def test_a_common_remark_replaces_the_words_that_came_with_the_page(desk, address) -> None:
    entry = registry_models.RegisterEntry.objects.get()
    common = "Brakuje numeru domu lub lokalu."
    prefilled = f"W rejestrze jest: {entry.street}. Popraw albo wyjaśnij różnicę."
    desk.post(f"{address}return/", {"ask_street": "on", "common_street": common, "why_street": prefilled})
    assert models.AccessApplication.objects.get().asked_remarks == {"street": common}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Zaznacz pole albo napisz, co wnioskodawca ma uzupełnić."),
        ({"ask_krs": "on"}, "KRS: wybierz gotową uwagę albo napisz, co trzeba poprawić."),
        ({"ask_krs": "on", "common_krs": "x"}, "KRS"),
        ({"ask_krs": "on", "why_krs": "x" * 301, "remark": "Zachowane słowa"}, "Zachowane słowa"),
    ],
)
def test_without_words_the_form_comes_back_open_with_everything_typed(desk, address, sent, words) -> None:
    answer = desk.post(f"{address}return/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "<details open>" in page
    assert models.AccessApplication.objects.get().status == "submitted"


def test_a_colleague_who_looks_is_named_for_five_minutes(clock, firm, desk, address) -> None:
    other = accounts_member(firm)
    assert "Ogląda teraz" not in desk.get(address).content.decode()
    assert "Ogląda teraz:</b> Operator 1 (demo)." in other.get(address).content.decode()
    assert "Ogląda teraz:</b> Druga Operatorka (demo)." in desk.get(address).content.decode()
    clock.shift(timedelta(minutes=5, seconds=1))
    assert "Ogląda teraz" not in desk.get(address).content.decode()
    assert models.ApplicationReader.objects.count() == 2


def accounts_member(firm: cast.Firm):
    """Add a second operator; return a browser in which she is logged in."""
    with transaction.atomic():
        firm.people["second"] = accounts.add_member(
            actor=cast.SYSTEM, organization_id=firm.id, email="druga@example.org",
            name="Druga Operatorka (demo)", roles=[Role.OPERATOR], at=world.AT,
        )  # fmt: skip
    return firm.client("second")


def test_the_second_operator_sees_what_the_first_did(firm, desk, address) -> None:
    other = accounts_member(firm)
    desk.post(f"{address}reject/", {"code": "not-verified", "reason": "Wypis innej placówki (demo)"})
    answer = other.post(f"{address}approve/", follow=True)
    assert "Decyzja już zapadła. Operator 1 (demo): Wniosek odrzucony" in answer.content.decode()
    assert models.AccessApplication.objects.get().status == "rejected"
