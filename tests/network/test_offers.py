"""A provider offers co-operation, the insurer answers."""

from datetime import UTC, datetime, timedelta

import pytest
from tests import cast, scenes
from tests.cast import AT, TODAY, Firm

from ols.accounts.permissions import Role
from ols.db.errors import NotFound
from ols.documents import selectors as documents
from ols.kernel.actor import NotPermitted
from ols.kernel.identifiers import IdentifierError
from ols.ledger.models import Account
from ols.network import models, selectors, services
from ols.network.states import ContractStatus
from ols.notifications.models import OutboxMessage
from ols.workflow.machine import TransitionRefused

pytestmark = pytest.mark.django_db
BOTH = ["owner.provider1@example.org", "network-manager.insurer1@example.org"]


def letters(template: str) -> list[str]:
    found = OutboxMessage.objects.filter(payload__template=template).order_by("id")
    return [message.payload["to"] for message in found]


def events(clinic: Firm, uuid: str) -> list[str]:
    return [row.event for row in selectors.contract_history(clinic.actor(Role.OWNER), uuid=uuid)]


def test_cooperation_starts_after_stage_two(insurer: Firm) -> None:
    with pytest.raises(services.ServiceTermsNotAccepted):
        scenes.start(cast.provider(), insurer)
    assert models.Contract.objects.count() == 0


def test_general_terms_must_have_been_opened(clinic: Firm, insurer: Firm) -> None:
    with pytest.raises(services.TermsNotOpened):
        services.start_cooperation(actor=clinic.actor(Role.OWNER), insurer_id=insurer.id, at=AT)
    assert models.Contract.objects.count() == 0


def test_an_insurer_without_terms_cannot_be_joined(clinic: Firm) -> None:
    other = cast.insurer(2)
    with pytest.raises(services.TermsNotPublished):
        services.start_cooperation(actor=clinic.actor(Role.OWNER), insurer_id=other.id, at=AT)
    with pytest.raises(NotFound):
        services.start_cooperation(actor=clinic.actor(Role.OWNER), insurer_id=clinic.id, at=AT)


def test_starting_twice_gives_the_same_draft(clinic: Firm, insurer: Firm) -> None:
    first = scenes.start(clinic, insurer)
    assert scenes.start(clinic, insurer) == first
    row = models.Contract.objects.get()
    assert (row.status, row.number[:7]) == (ContractStatus.DRAFT, "U/2026/")
    assert events(clinic, first) == ["terms.accept", "contract.start"]


def test_parameters_are_checked_and_the_bank_is_named(clinic: Firm, insurer: Firm) -> None:
    uuid, owner = scenes.start(clinic, insurer), clinic.actor(Role.OWNER)
    services.set_parameters(
        actor=owner, contract_uuid=uuid, parameters=scenes.parameters(TODAY + timedelta(days=365)), at=AT
    )
    detail = selectors.contract(owner, uuid=uuid)
    assert detail.iban == scenes.IBAN
    assert detail.bank_name != ""
    assert detail.missing == ("OC",)


@pytest.mark.parametrize("days", [-1, 366])
def test_a_start_outside_the_coming_year_is_refused(clinic: Firm, insurer: Firm, days: int) -> None:
    uuid = scenes.start(clinic, insurer)
    wrong = scenes.parameters(TODAY + timedelta(days=days))
    with pytest.raises(services.StartOutOfRange):
        services.set_parameters(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, parameters=wrong, at=AT)
    assert models.Contract.objects.get().starts_on is None


def test_a_wrong_account_is_refused(clinic: Firm, insurer: Firm) -> None:
    uuid = scenes.start(clinic, insurer)
    right = scenes.parameters()
    wrong = services.Parameters(
        TODAY, scenes.IBAN[:-1] + "5", right.contact_name, right.contact_email, right.contact_phone
    )
    with pytest.raises(IdentifierError):
        services.set_parameters(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, parameters=wrong, at=AT)
    assert models.Contract.objects.get().iban == ""


def test_a_document_nobody_asks_for_is_refused(clinic: Firm, insurer: Firm) -> None:
    uuid, owner = scenes.start(clinic, insurer), clinic.actor(Role.OWNER)
    with pytest.raises(NotFound):
        services.add_document(
            actor=owner, contract_uuid=uuid, requirement_code="XX", file=scenes.PDF, name="x.pdf", at=AT
        )


def test_an_incomplete_offer_names_what_is_missing(clinic: Firm, insurer: Firm) -> None:
    uuid, owner = scenes.start(clinic, insurer), clinic.actor(Role.OWNER)
    with pytest.raises(services.OfferIncomplete) as refused:
        services.send_offer(actor=owner, contract_uuid=uuid, at=AT)
    assert refused.value.missing == ("parameters", "OC")
    assert models.Contract.objects.get().status == ContractStatus.DRAFT
    assert letters("offer_received") == []


def test_a_start_that_passed_meanwhile_is_refused(clinic: Firm, insurer: Firm) -> None:
    uuid = scenes.start(clinic, insurer)
    scenes.fill_in(clinic, uuid)
    with pytest.raises(services.StartOutOfRange):
        services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, at=AT + timedelta(days=1))


def test_a_sent_offer_has_a_clock_and_both_sides_know(clinic: Firm, insurer: Firm) -> None:
    scenes.offered(clinic, insurer)
    (row,) = selectors.offers_waiting(insurer.actor(Role.NETWORK_MANAGER))
    assert row.answer_due_at == datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert letters("offer_sent") == ["owner.provider1@example.org"]
    assert letters("offer_received") == ["network-manager.insurer1@example.org"]


def test_nothing_changes_in_a_sent_offer(clinic: Firm, insurer: Firm) -> None:
    uuid, owner = scenes.offered(clinic, insurer), clinic.actor(Role.OWNER)
    with pytest.raises(services.OfferNotEditable):
        services.set_parameters(
            actor=owner, contract_uuid=uuid, parameters=scenes.parameters(TODAY + timedelta(days=9)), at=AT
        )
    with pytest.raises(services.OfferNotEditable):
        services.add_document(
            actor=owner, contract_uuid=uuid, requirement_code="OC", file=scenes.PDF, name="x.pdf", at=AT
        )
    with pytest.raises(TransitionRefused):
        services.send_offer(actor=owner, contract_uuid=uuid, at=AT)
    assert models.Contract.objects.get().starts_on == TODAY


def test_the_insurer_sees_an_offer_and_its_documents_only_when_sent(clinic: Firm, insurer: Firm) -> None:
    uuid, manager = scenes.start(clinic, insurer), insurer.actor(Role.NETWORK_MANAGER)
    scenes.fill_in(clinic, uuid)
    document = str(models.ContractDocument.objects.get().document.uuid)
    for hidden in (
        lambda: selectors.offer(manager, uuid=uuid),
        lambda: selectors.contract_history(manager, uuid=uuid),
        lambda: documents.open_document(actor=manager, uuid=document),
    ):
        with pytest.raises(NotFound):
            hidden()
    services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, at=AT)
    offer = selectors.offer(manager, uuid=uuid)
    assert offer.facility.email == "clinic1@example.org"
    assert [row.terms.kind for row in offer.acceptances] == ["general"]
    assert documents.open_document(actor=manager, uuid=document).content == b"%PDF"
    services.withdraw_offer(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, at=AT)
    with pytest.raises(NotFound):
        selectors.offer(manager, uuid=uuid)


def test_accepting_opens_the_accounts_and_tells_both(clinic: Firm, insurer: Firm) -> None:
    uuid = scenes.active(clinic, insurer)
    assert models.Contract.objects.get().status == ContractStatus.ACTIVE
    assert set(Account.objects.values_list("code", flat=True)) == {
        f"insurer:{insurer.id}:provider:{clinic.id}:decided",
        f"insurer:{insurer.id}:provider:{clinic.id}:payable",
        f"insurer:{insurer.id}:benefit-expense",
        f"insurer:{insurer.id}:clearing",
        f"insurer:{insurer.id}:bank",
    }
    assert letters("offer_accepted") == BOTH
    assert events(clinic, uuid)[-2:] == ["contract.send_offer", "contract.accept"]


def test_an_offer_accepted_late_starts_on_the_day_of_the_answer(clinic: Firm, insurer: Firm) -> None:
    uuid, later = scenes.offered(clinic, insurer), AT + timedelta(days=2)
    services.accept_offer(actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=uuid, at=later)
    assert models.Contract.objects.get().starts_on == TODAY + timedelta(days=2)


def test_a_returned_offer_is_mended_and_sent_again(clinic: Firm, insurer: Firm) -> None:
    uuid, manager = scenes.offered(clinic, insurer), insurer.actor(Role.NETWORK_MANAGER)
    services.return_offer(actor=manager, contract_uuid=uuid, remark="Polisa wygasła", at=AT)
    assert selectors.contract(clinic.actor(Role.OWNER), uuid=uuid).remark == "Polisa wygasła"
    assert selectors.offers_waiting(manager) == []
    scenes.fill_in(clinic, uuid)
    services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, at=AT)
    assert [row.uuid for row in selectors.offers_waiting(manager)] == [uuid]


def test_a_rejected_offer_ends_and_a_new_one_may_start(clinic: Firm, insurer: Firm) -> None:
    uuid = scenes.offered(clinic, insurer)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    with pytest.raises(services.RemarkMissing):
        services.reject_offer(actor=manager, contract_uuid=uuid, reason="  ", at=AT)
    services.reject_offer(actor=manager, contract_uuid=uuid, reason="Sieć pełna", at=AT)
    with pytest.raises(TransitionRefused):
        services.accept_offer(actor=manager, contract_uuid=uuid, at=AT)
    assert scenes.start(clinic, insurer) != uuid
    assert letters("offer_rejected") == BOTH


def test_only_the_two_of_them_see_a_contract(clinic: Firm, insurer: Firm) -> None:
    uuid = scenes.active(clinic, insurer)
    for actor in (cast.provider(2).actor(Role.OWNER), cast.insurer(2).actor(Role.NETWORK_MANAGER)):
        assert selectors.contracts(actor) == []
        for hidden in (
            lambda actor=actor: selectors.contract(actor, uuid=uuid),
            lambda actor=actor: selectors.offer(actor, uuid=uuid),
            lambda actor=actor: selectors.contract_history(actor, uuid=uuid),
            lambda actor=actor: selectors.contract_areas(actor, uuid=uuid, on=TODAY),
        ):
            with pytest.raises(NotFound):
                hidden()


def test_a_strangers_acts_are_refused(clinic: Firm, insurer: Firm) -> None:
    uuid = scenes.offered(clinic, insurer)
    stranger, rival = cast.provider(2).actor(Role.OWNER), cast.insurer(2).actor(Role.NETWORK_MANAGER)
    for act in (
        lambda: services.withdraw_offer(actor=stranger, contract_uuid=uuid, at=AT),
        lambda: services.send_offer(actor=stranger, contract_uuid=uuid, at=AT),
        lambda: services.accept_offer(actor=rival, contract_uuid=uuid, at=AT),
        lambda: services.return_offer(actor=rival, contract_uuid=uuid, remark="x", at=AT),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotPermitted):
        services.withdraw_offer(actor=clinic.actor(Role.RECEPTIONIST), contract_uuid=uuid, at=AT)
    with pytest.raises(NotPermitted):
        services.accept_offer(actor=insurer.actor(Role.PLAN_MANAGER), contract_uuid=uuid, at=AT)
    assert models.Contract.objects.get().status == ContractStatus.OFFERED
