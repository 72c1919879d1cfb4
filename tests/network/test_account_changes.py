"""Another account counts only after a second person at the clinic, or the insurer, has confirmed it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests import cast, scenes
from tests.cast import AT, Firm
from tests.network.steps import OTHER_IBAN, second_owner

from ols.accounts import models as accounts
from ols.accounts.permissions import Role
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.kernel.identifiers import IdentifierError
from ols.network import models, selectors, services
from ols.notifications.models import OutboxMessage
from ols.workflow.machine import TransitionRefused

pytestmark = pytest.mark.django_db
CLINIC, INSURER = "owner.provider1@example.org", "network-manager.insurer1@example.org"
CONTACT = "owner@example.org"


def asked(clinic: Firm, contract: str, **changes: Any) -> str:
    values = {"iban": OTHER_IBAN, "reason": "Nowy bank", "at": AT, **changes}
    return str(services.ask_account_change(actor=clinic.actor(Role.OWNER), contract_uuid=contract, **values))


def paid_to() -> str:
    return models.Contract.objects.get().iban


def letters(template: str) -> list[str]:
    found = OutboxMessage.objects.filter(payload__template=template)
    return sorted(message.payload["to"] for message in found)


def test_the_second_person_confirms_and_everybody_is_told(clinic: Firm, insurer: Firm, contract: str) -> None:
    second = second_owner(clinic)
    change = asked(clinic, contract)
    assert paid_to() == scenes.IBAN
    with pytest.raises(services.NotTheSecondPerson):
        services.confirm_account_change(actor=clinic.actor(Role.OWNER), change_uuid=change, at=AT)
    with pytest.raises(services.NotTheSecondPerson):
        services.confirm_account_change(actor=insurer.actor(Role.NETWORK_MANAGER), change_uuid=change, at=AT)
    services.confirm_account_change(actor=second, change_uuid=change, at=AT)
    row = models.Contract.objects.get()
    assert (row.iban, row.bank_name[:5]) == (OTHER_IBAN, "mBank")
    told = sorted([CLINIC, "second.owner@example.org", INSURER, CONTACT])
    assert letters("account_change_asked") == letters("account_change_confirmed") == told
    shown = [item.event for item in selectors.contract_history(second, uuid=contract)[-2:]]
    assert shown == ["account_change.ask", "account_change.confirm"]


def test_without_a_second_person_the_insurer_confirms(clinic: Firm, insurer: Firm, contract: str) -> None:
    change, manager = asked(clinic, contract), insurer.actor(Role.NETWORK_MANAGER)
    (waiting,) = selectors.account_changes_waiting(manager)
    assert (waiting.uuid, waiting.confirmed_by, waiting.may_confirm) == (change, "insurer", True)
    late = second_owner(clinic)  # taken on after the wish: not the second pair of eyes
    with pytest.raises(services.NotTheSecondPerson):
        services.confirm_account_change(actor=late, change_uuid=change, at=AT)
    services.confirm_account_change(actor=manager, change_uuid=change, at=AT)
    assert paid_to() == OTHER_IBAN
    assert selectors.account_changes_waiting(manager) == []


def test_the_insurer_confirms_when_the_second_person_has_left(
    clinic: Firm, insurer: Firm, contract: str
) -> None:
    second = second_owner(clinic)
    change = asked(clinic, contract)
    accounts.Membership.objects.filter(user_id=second.user_id).update(is_active=False)
    services.confirm_account_change(actor=insurer.actor(Role.NETWORK_MANAGER), change_uuid=change, at=AT)
    assert paid_to() == OTHER_IBAN


def test_both_may_refuse_with_a_reason_and_the_account_stays(
    clinic: Firm, insurer: Firm, contract: str
) -> None:
    second, manager = second_owner(clinic), insurer.actor(Role.NETWORK_MANAGER)
    for decider in (second, manager):
        change = asked(clinic, contract)
        with pytest.raises(services.RemarkMissing):
            services.refuse_account_change(actor=decider, change_uuid=change, reason=" ", at=AT)
        services.refuse_account_change(actor=decider, change_uuid=change, reason="To nie my", at=AT)
        row = selectors.account_change(decider, uuid=change)
        assert (row.status, row.remark, row.may_refuse) == ("refused", "To nie my", False)
        with pytest.raises(TransitionRefused):
            services.refuse_account_change(actor=decider, change_uuid=change, reason="x", at=AT)
    assert paid_to() == scenes.IBAN


def test_only_who_asked_takes_it_back(clinic: Firm, insurer: Firm, contract: str) -> None:
    second, change = second_owner(clinic), asked(clinic, contract)
    with pytest.raises(services.NotTheRequester):
        services.withdraw_account_change(actor=second, change_uuid=change, at=AT)
    services.withdraw_account_change(actor=clinic.actor(Role.OWNER), change_uuid=change, at=AT)
    with pytest.raises(TransitionRefused):
        services.confirm_account_change(actor=second, change_uuid=change, at=AT)
    assert paid_to() == scenes.IBAN
    assert letters("account_change_withdrawn") != []


def test_one_change_at_a_time_and_a_right_other_account(clinic: Firm, insurer: Firm, contract: str) -> None:
    for iban, error in ((scenes.IBAN, services.SameAccount), (OTHER_IBAN[:-1] + "8", IdentifierError)):
        with pytest.raises(error):
            asked(clinic, contract, iban=iban)
    with pytest.raises(services.RemarkMissing):
        asked(clinic, contract, reason=" ")
    asked(clinic, contract)
    with pytest.raises(services.ChangeWaitsAlready):
        asked(clinic, contract, iban="60102010260000042270201111")
    assert models.AccountChange.objects.count() == 1


def test_an_offer_keeps_its_account_in_its_parameters(clinic: Firm, insurer: Firm) -> None:
    with pytest.raises(services.ContractNotAccepted):
        asked(clinic, scenes.offered(clinic, insurer))


def test_strangers_and_colleagues_without_the_permission(clinic: Firm, insurer: Firm, contract: str) -> None:
    change = asked(clinic, contract)
    rival = cast.insurer(2).actor(Role.NETWORK_MANAGER)
    for stranger in (cast.provider(2).actor(Role.OWNER), rival):
        assert selectors.account_changes_waiting(stranger) == []
        for hidden in (
            lambda stranger=stranger: selectors.account_change(stranger, uuid=change),
            lambda stranger=stranger: services.confirm_account_change(
                actor=stranger, change_uuid=change, at=AT
            ),
            lambda stranger=stranger: services.refuse_account_change(
                actor=stranger, change_uuid=change, reason="x", at=AT
            ),
        ):
            with pytest.raises(NotFound):
                hidden()
    with pytest.raises(NotPermitted):
        services.refuse_account_change(
            actor=clinic.actor(Role.RECEPTIONIST), change_uuid=change, reason="x", at=AT
        )
    assert models.AccountChange.objects.get().status == "waiting"


def test_the_database_wants_four_eyes_too(clinic: Firm, contract: str) -> None:
    change = asked(clinic, contract)
    owner = clinic.people[Role.OWNER]
    for decided_by in (None, owner):
        with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
            models.AccountChange.objects.filter(uuid=change).update(status="confirmed", decided_by=decided_by)
