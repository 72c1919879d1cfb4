"""The clinic's pages of a co-operation that lasts: notice, contact, account, status, history."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast, scenes
from tests.cast import AT, TODAY, Firm
from tests.network.steps import OTHER_IBAN, second_owner
from tests.web.cooperation.browsing import Side

from ols.accounts.models import User
from ols.accounts.permissions import Role
from ols.network import models, services

pytestmark = pytest.mark.django_db
SIDE = Side("provider")
go, page = SIDE.go, SIDE.page
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def browser(clinic: Firm) -> Client:
    return clinic.client(Role.OWNER)


def test_notice_is_checked_before_it_is_sent_and_can_be_taken_back(browser: Client, contract: str) -> None:
    assert "Zakończ współpracę" in page(browser, "contract-history", contract)
    typed = {"ends_on": "23.12.2026", "reason": "Zamykamy poradnię"}
    check = page(browser, "contract-notice", contract, data=typed)
    assert "Sprawdź wypowiedzenie" in check
    assert models.Contract.objects.get().ends_on is None
    changed = page(browser, "contract-notice", contract, data={**typed, "change": "yes"})
    assert 'value="23.12.2026"' in changed
    assert models.Contract.objects.get().ends_on is None
    sent = go(browser, "contract-notice", contract, data={**typed, "confirmed": "yes"})
    assert sent.url == reverse("provider:contract-history", args=[contract])
    assert models.Contract.objects.get().ends_on == LATER
    shown = page(browser, "contract-parameters", contract)
    assert "Współpraca aktywna do 22.12.2026" in shown
    assert "Ostatni dzień współpracy: 22.12.2026." in shown
    again = go(browser, "contract-notice", contract, data={**typed, "confirmed": "yes"})
    assert again.status_code == 302
    go(browser, "contract-notice-withdraw", contract, data={})
    assert models.Contract.objects.get().ends_on is None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"ends_on": "22.11.2026", "reason": "x"}, "wybierz dzień od 23.11.2026 do 23.11.2027"),
        ({"ends_on": "24.11.2027", "reason": "x"}, "wybierz dzień od 23.11.2026 do 23.11.2027"),
        ({"ends_on": "31.11.2026", "reason": "x"}, "takiego dnia nie ma w kalendarzu"),
        ({"ends_on": "1.12.26", "reason": " "}, "Uzupełnij: Powód"),
        ({"ends_on": "", "reason": "x"}, "Uzupełnij: Pierwszy dzień bez współpracy"),
    ],
)
def test_a_wrong_notice_keeps_what_was_typed(
    browser: Client, contract: str, typed: dict[str, str], message: str
) -> None:
    refused = go(browser, "contract-notice", contract, data={**typed, "confirmed": "yes"})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert message in text
    assert not typed["ends_on"] or f'value="{typed["ends_on"]}"' in text
    assert models.Contract.objects.get().ends_on is None


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("iban", "61 1090 1014 0000 0712 1981 2875", "cyfry nie zgadzają się"),
        ("iban", "61 1090 1014 0000 0712", "26"),
        ("iban", "DE89 3704 0044 0532 0130 00", "tylko rachunek w polskim banku"),
        ("starts_on", "22.11.2026", "wybierz dzień od 23.11.2026 do 23.11.2027"),
        ("starts_on", "24.11.2027", "wybierz dzień od 23.11.2026 do 23.11.2027"),
        ("starts_on", "30.02.2027", "takiego dnia nie ma w kalendarzu"),
        ("contact_email", "nie adres", "E-mail: wpisz adres"),
        ("contact_phone", "12", "Numer telefonu"),
    ],
)
def test_wrong_parameters(
    browser: Client, clinic: Firm, insurer: Firm, field: str, typed: str, message: str
) -> None:
    uuid = scenes.start(clinic, insurer)
    right = {
        "starts_on": "1.12.2026",
        "iban": "61 1090 1014 0000 0712 1981 2874",
        "contact_name": "Owner 1 (demo)",
        "contact_email": "owner@example.org",
        "contact_phone": "600 000 013",
    }
    refused = go(browser, "contract-parameters", uuid, data={**right, field: typed})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert message.lower() in text.lower()
    assert typed in text
    assert right["contact_name"] in text
    assert models.Contract.objects.get().iban == ""


@pytest.mark.parametrize("typed", ["1.12.26", "1.12.2026", "01-12-2026", "1/12/2026", "2026-12-01"])
def test_a_start_in_every_accepted_form(browser: Client, clinic: Firm, insurer: Firm, typed: str) -> None:
    uuid = scenes.start(clinic, insurer)
    data = {
        "starts_on": typed,
        "iban": "PL61109010140000071219812874",
        "contact_name": "Owner 1 (demo)",
        "contact_email": "owner@example.org",
        "contact_phone": "600000013",
        "terms_person": "Prawnik (demo)",
    }
    assert go(browser, "contract-parameters", uuid, data=data).status_code == 302
    row = models.Contract.objects.get()
    assert (row.starts_on.isoformat(), row.terms_person) == ("2026-12-01", "Prawnik (demo)")
    assert "Rachunek prowadzi: Erste Bank Polska" in page(browser, "contract-parameters", uuid)


def test_the_bank_is_named_while_one_types(browser: Client) -> None:
    named = page(browser, "account-bank", data={"iban": "61 1090 1014 0000 0712 1981 2874"})
    assert "Erste Bank Polska" in named
    assert "WBKPPLPP" in named
    assert page(browser, "account-bank", data={"iban": "61 1090"}).strip() == ""


def test_another_account_waits_for_the_second_owner(browser: Client, clinic: Firm, contract: str) -> None:
    second = second_owner(clinic)
    wrong = go(browser, "account-new", contract, data={"iban": scenes.IBAN, "reason": "Nowy bank"})
    assert wrong.status_code == 422
    assert "to obecny rachunek" in wrong.content.decode()
    asked = go(browser, "account-new", contract, data={"iban": OTHER_IBAN, "reason": "Nowy bank"})
    change = models.AccountChange.objects.get()
    assert asked.url == reverse("provider:account-show", args=[change.uuid])
    own = page(browser, "account-show", change.uuid)
    assert "Potwierdź nowy rachunek" not in own
    assert "Wycofaj prośbę" in own
    go(browser, "account-confirm", change.uuid, data={})
    assert models.Contract.objects.get().iban == scenes.IBAN
    other = cast.logged_in(User.objects.get(pk=second.user_id))
    assert "Potwierdź nowy rachunek" in page(other, "account-show", change.uuid)
    refused = go(other, "account-refuse", change.uuid, data={"reason": ""})
    assert refused.status_code == 422
    go(other, "account-confirm", change.uuid, data={})
    assert models.Contract.objects.get().iban == OTHER_IBAN
    shown = page(browser, "contract-history", contract)
    assert "Zmiana rachunku potwierdzona przez placówkę" in shown
    assert "Rachunek …2874, nowy rachunek …5387." in shown


def test_one_takes_ones_own_wish_back(browser: Client, clinic: Firm, contract: str) -> None:
    go(browser, "account-new", contract, data={"iban": OTHER_IBAN, "reason": "Nowy bank"})
    change = models.AccountChange.objects.get()
    assert go(browser, "account-new", contract).url == reverse("provider:account-show", args=[change.uuid])
    go(browser, "account-withdraw", change.uuid, data={})
    change.refresh_from_db()
    assert change.status == "withdrawn"
    assert "Wycofana" in page(browser, "account-show", change.uuid)


def test_the_contact_of_an_active_cooperation_changes(browser: Client, contract: str) -> None:
    data = {
        "contact_name": "Nowa (demo)",
        "contact_email": "new@example.org",
        "contact_phone": "600 000 014",
        "terms_person": "",
    }
    wrong = go(browser, "contract-contact", contract, data={**data, "contact_email": "nie"})
    assert wrong.status_code == 422
    assert go(browser, "contract-contact", contract, data=data).status_code == 302
    assert models.Contract.objects.get().contact_email == "new@example.org"
    history = page(browser, "contract-history", contract)
    assert "Zmieniono: E-mail osoby do kontaktu, Osoba do kontaktu, Telefon osoby do kontaktu." in history


def test_before_acceptance_account_and_contact_are_in_the_offer(
    browser: Client, clinic: Firm, insurer: Firm
) -> None:
    uuid = scenes.offered(clinic, insurer)
    for name in ("account-new", "contract-contact"):
        assert go(browser, name, uuid).url == reverse("provider:contract-parameters", args=[uuid])
    assert go(browser, "contract-notice", uuid).status_code == 302


def test_the_history_is_a_file_too(browser: Client, contract: str) -> None:
    csv = go(browser, "contract-history-export", contract, "csv")
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert lines[0].split(";") == ["Kiedy", "Krok", "Szczegóły", "Uwagi lub powód", "Autor", "Strona"]
    assert "Oferta przyjęta" in lines[-1]
    assert go(browser, "contract-history-export", contract, "xlsx").content[:2] == b"PK"
    assert go(browser, "contract-history-export", contract, "pdf").status_code == 404


def test_an_ended_cooperation_is_begun_anew(
    browser: Client, clinic: Firm, insurer: Firm, contract: str
) -> None:
    services.terminate_cooperation(
        actor=insurer.actor(Role.NETWORK_MANAGER),
        contract_uuid=contract,
        ends_on=TODAY,
        reason="Powód",
        at=AT,
    )
    shown = page(browser, "contract-history", contract)
    assert "Współpraca się zakończyła" in shown
    assert reverse("provider:insurer-join", args=[insurer.uuid]) in shown
    assert "Współpraca się zakończyła" in page(browser, "insurer-show", insurer.uuid)


def test_a_start_to_come_is_shown_as_such(browser: Client, clinic: Firm, insurer: Firm) -> None:
    uuid = scenes.offered(clinic, insurer)
    models.Contract.objects.update(starts_on=LATER)
    services.accept_offer(actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=uuid, at=AT)
    assert "Przyjęta, zaczyna się 23.12.2026" in page(browser, "contract-parameters", uuid)
    assert "Przyjęta, zaczyna się 23.12.2026" in page(browser, "insurer-list")


def test_who_looks_for_a_patient_learns_that_a_cooperation_is_suspended(
    browser: Client, insurer: Firm, contract: str
) -> None:
    words = "Współpraca zawieszona: Towarzystwo Ubezpieczeń 1 (demo)."
    look = {"number": "90030840422"}
    assert words not in page(browser, "claim-new", data=look)
    services.suspend_cooperation(
        actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=contract, reason="Powód", at=AT
    )
    assert words in page(browser, "claim-new", data=look)
