"""The insurer suspends, resumes and ends a co-operation, and decides a change of the clinic's account."""

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.cast import AT, Firm
from tests.network.steps import OTHER_IBAN
from tests.web.cooperation.browsing import Side

from ols.accounts.permissions import Role
from ols.network import models, services

pytestmark = pytest.mark.django_db
SIDE = Side("insurer")
go, page = SIDE.go, SIDE.page


@pytest.fixture
def browser(insurer: Firm) -> Client:
    return insurer.client(Role.NETWORK_MANAGER)


def test_suspended_with_a_reason_and_resumed(browser: Client, clinic: Firm, contract: str) -> None:
    assert "Zawieś" in page(browser, "contract-show", contract)
    assert go(browser, "contract-suspend", contract, data={"reason": ""}).status_code == 422
    go(browser, "contract-suspend", contract, data={"reason": "Polisa wygasła"})
    shown = page(browser, "contract-show", contract)
    assert "Współpraca jest zawieszona od 23.11.2026" in shown
    assert "Powód: Polisa wygasła" in shown
    late = go(browser, "contract-suspend", contract, data={"reason": "drugi raz"})
    assert late.status_code == 302
    assert models.Contract.objects.get().remark == "Polisa wygasła"
    own = clinic.client(Role.OWNER).get(reverse("provider:contract-history", args=[contract]))
    assert "Powód: Polisa wygasła" in own.content.decode()
    go(browser, "contract-resume", contract, data={"remark": ""})
    assert models.Contract.objects.get().status == "active"


def test_ended_from_a_day_after_a_look_and_taken_back(browser: Client, contract: str) -> None:
    typed = {"ends_on": "23.12.2026", "reason": "Zmiana sieci"}
    assert go(browser, "contract-end", contract, data={**typed, "ends_on": "1.1.26"}).status_code == 422
    checked = go(browser, "contract-end", contract, data=typed).content.decode()
    assert "Sprawdź wypowiedzenie" in checked
    go(browser, "contract-end", contract, data={**typed, "confirmed": "yes"})
    assert models.Contract.objects.get().notice_side == "insurer"
    go(browser, "contract-end-withdraw", contract, data={})
    assert models.Contract.objects.get().ends_on is None
    go(browser, "contract-end", contract, data={**typed, "ends_on": "23.11.2026", "confirmed": "yes"})
    assert models.Contract.objects.get().status == "ended"
    assert (
        "Nie ma Twojego wypowiedzenia"
        in browser.post(
            reverse("insurer:contract-end-withdraw", args=[contract]), follow=True
        ).content.decode()
    )


def test_the_account_is_confirmed_where_the_clinic_has_nobody_else(
    browser: Client, clinic: Firm, contract: str
) -> None:
    change = services.ask_account_change(
        actor=clinic.actor(Role.OWNER), contract_uuid=contract, iban=OTHER_IBAN, reason="Nowy bank", at=AT
    )
    assert reverse("insurer:account-show", args=[change]) in page(browser, "contract-show", contract)
    assert "Potwierdź nowy rachunek" in page(browser, "account-show", change)
    assert go(browser, "account-refuse", change, data={"reason": ""}).status_code == 422
    go(browser, "account-confirm", change, data={})
    assert models.Contract.objects.get().iban == OTHER_IBAN
    go(browser, "account-refuse", change, data={"reason": "za późno"})
    assert models.AccountChange.objects.get().status == "confirmed"


def test_the_history_without_the_clinics_drafts(browser: Client, contract: str) -> None:
    shown = page(browser, "contract-history", contract)
    assert "Oferta współpracy wysłana" in shown
    assert "Parametry zapisane" not in shown
    assert "Oferta przyjęta" in go(browser, "contract-history-export", contract, "csv").content.decode()
    assert go(browser, "contract-history-export", contract, "pdf").status_code == 404


def test_another_insurers_co_operation_is_not_found(contract: str) -> None:
    rival = cast.insurer(2).client(Role.NETWORK_MANAGER)
    for name in ("contract-suspend", "contract-resume", "contract-end", "contract-history"):
        assert go(rival, name, contract).status_code == 404
    assert go(rival, "contract-suspend", contract, data={"reason": "x"}).status_code == 404
    assert models.Contract.objects.get().status == "active"
