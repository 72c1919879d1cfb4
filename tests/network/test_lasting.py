"""A co-operation that lasts is suspended, resumed, announced to end and ended; nothing granted is lost."""

from datetime import timedelta
from typing import Any

import pytest
from tests import cast, scenes
from tests.cast import AT, SYSTEM, TODAY, Firm

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.network import models, selectors, services
from ols.network.states import ContractStatus
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
BOTH = ["network-manager.insurer1@example.org", "owner.provider1@example.org"]
LAST = TODAY + timedelta(days=30)


@pytest.fixture
def operator() -> Firm:
    return cast.operator()


@pytest.fixture
def insurer(operator: Firm) -> Firm:
    return scenes.ready_insurer("CONS")


@pytest.fixture
def clinic(operator: Firm) -> Firm:
    made = cast.provider()
    scenes.finish_stage_two(operator, made)
    return made


def letters(template: str) -> list[str]:
    found = OutboxMessage.objects.filter(payload__template=template)
    return sorted(message.payload["to"] for message in found)


def notice(clinic: Firm, uuid: str, **changes: Any) -> None:
    values = {"ends_on": LAST, "reason": "Zamykamy poradnię", "at": AT, **changes}
    services.give_notice(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, **values)


def test_suspended_and_resumed_with_words_and_letters(insurer: Firm, clinic: Firm) -> None:
    uuid, manager = scenes.active(clinic, insurer), insurer.actor(Role.NETWORK_MANAGER)
    with pytest.raises(services.RemarkMissing):
        services.suspend_cooperation(actor=manager, contract_uuid=uuid, reason=" ", at=AT)
    services.suspend_cooperation(actor=manager, contract_uuid=uuid, reason="Polisa wygasła", at=AT)
    row = models.Contract.objects.get()
    assert (row.status, row.suspended_at, row.remark) == ("suspended", AT, "Polisa wygasła")
    services.resume_cooperation(actor=manager, contract_uuid=uuid, at=AT)
    row.refresh_from_db()
    assert (row.status, row.suspended_at, row.remark) == ("active", None, "")
    assert letters("cooperation_suspended") == letters("cooperation_resumed") == BOTH
    steps = selectors.contract_history(clinic.actor(Role.OWNER), uuid=uuid)[-2:]
    assert [(item.event, item.remark) for item in steps] == [
        ("contract.suspend", "Polisa wygasła"),
        ("contract.resume", ""),
    ]


def test_a_notice_is_announced_taken_back_and_only_by_who_gave_it(insurer: Firm, clinic: Firm) -> None:
    uuid, manager = scenes.active(clinic, insurer), insurer.actor(Role.NETWORK_MANAGER)
    notice(clinic, uuid)
    row = models.Contract.objects.get()
    assert (row.status, row.ends_on, row.notice_side) == (ContractStatus.ACTIVE, LAST, "provider")
    with pytest.raises(services.NoticeGivenAlready):
        services.terminate_cooperation(actor=manager, contract_uuid=uuid, ends_on=LAST, reason="x", at=AT)
    with pytest.raises(services.NoNotice):
        services.cancel_termination(actor=manager, contract_uuid=uuid, at=AT)
    services.withdraw_notice(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, at=AT)
    row.refresh_from_db()
    assert (row.ends_on, row.notice_side, row.notice_at, row.notice_reason) == (None, "", None, "")
    assert letters("notice_given") == letters("notice_withdrawn") == BOTH
    with pytest.raises(services.NoNotice):
        services.withdraw_notice(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, at=AT)


@pytest.mark.parametrize("days", [-1, 366])
def test_an_end_outside_the_coming_year_is_refused(insurer: Firm, clinic: Firm, days: int) -> None:
    uuid = scenes.active(clinic, insurer)
    with pytest.raises(services.EndOutOfRange):
        notice(clinic, uuid, ends_on=TODAY + timedelta(days=days))
    assert models.Contract.objects.get().ends_on is None


def test_the_job_ends_on_the_day_and_not_before(insurer: Firm, clinic: Firm) -> None:
    uuid = scenes.active(clinic, insurer)
    prices = scenes.contracted_prices(clinic, insurer, uuid, "CONS")
    notice(clinic, uuid)
    before = AT + timedelta(days=29)
    assert services.end_contracts(actor=SYSTEM, at=before) == 0
    assert services.end_contracts(actor=SYSTEM, at=AT + timedelta(days=30)) == 1
    assert services.end_contracts(actor=SYSTEM, at=AT + timedelta(days=30)) == 0
    row = models.Contract.objects.get()
    assert (row.status, row.remark) == (ContractStatus.ENDED, "Zamykamy poradnię")
    ends = list(models.ContractedPrice.objects.values_list("valid_to", flat=True))
    assert ends == [LAST] * len(prices)
    assert letters("cooperation_ended") == sorted([*BOTH, "owner@example.org"])
    assert selectors.open_contract(clinic.actor(Role.OWNER), insurer_id=insurer.id) is None


def test_an_end_today_is_carried_out_and_waiting_prices_go_back(insurer: Firm, clinic: Firm) -> None:
    uuid, manager = scenes.active(clinic, insurer), insurer.actor(Role.NETWORK_MANAGER)
    scenes.accept_area(clinic, insurer, "CONS")
    service = catalog.services(area_id=catalog.area(code="CONS").id)[0]
    scenes.sent_prices(clinic, uuid, "CONS", {service.id: 100})
    services.terminate_cooperation(
        actor=manager, contract_uuid=uuid, ends_on=TODAY, reason="Wypis z rejestru", at=AT
    )
    assert models.Contract.objects.get().status == ContractStatus.ENDED
    assert models.PriceList.objects.get().status == "draft"
    assert selectors.price_lists_waiting(manager) == []
    assert letters("notice_given") == []


def test_a_price_that_was_to_begin_after_the_end_never_counts(insurer: Firm, clinic: Firm) -> None:
    uuid, later = scenes.active(clinic, insurer), LAST + timedelta(days=5)
    scenes.contracted_prices(clinic, insurer, uuid, "CONS")
    first = models.ContractedPrice.objects.order_by("pk")[0]
    other = catalog.services(area_id=catalog.area(code="NURS").id)[0]
    planned = models.ContractedPrice.objects.create(
        contract_id=first.contract_id,
        insurer_id=insurer.id,
        provider_id=clinic.id,
        area_id=other.area_id,
        service_id=other.id,
        price_list_id=first.price_list_id,
        price_gr=100,
        valid_from=later,
    )
    notice(clinic, uuid)
    services.end_contracts(actor=SYSTEM, at=AT + timedelta(days=30))
    planned.refresh_from_db()
    assert (planned.valid_from, planned.valid_to) == (later, later)


def test_begun_anew_with_the_earlier_data(insurer: Firm, clinic: Firm) -> None:
    uuid = scenes.active(clinic, insurer)
    notice(clinic, uuid, ends_on=TODAY)
    again = scenes.start(clinic, insurer)
    assert again != uuid
    detail = selectors.contract(clinic.actor(Role.OWNER), uuid=again)
    assert (detail.row.status, detail.row.starts_on, detail.iban) == ("draft", None, scenes.IBAN)
    assert detail.contact_email == "owner@example.org"
    assert [item.file_name for item in detail.documents] == ["oc.pdf"]
    assert detail.missing == ("parameters",)
    (begun,) = selectors.contract_history(clinic.actor(Role.OWNER), uuid=again)[-1:]
    assert begun.data == {"earlier": models.Contract.objects.get(uuid=uuid).number}
    scenes.fill_in(clinic, again)
    services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=again, at=AT)
    services.accept_offer(actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=again, at=AT)


def test_a_changed_contact_is_told_to_both_addresses(insurer: Firm, clinic: Firm) -> None:
    uuid, owner = scenes.active(clinic, insurer), clinic.actor(Role.OWNER)
    contact = services.Contact("", "Nowa Osoba (demo)", "new@example.org", "+48600000014")
    services.change_contact(actor=owner, contract_uuid=uuid, contact=contact, at=AT)
    services.change_contact(actor=owner, contract_uuid=uuid, contact=contact, at=AT)
    row = models.Contract.objects.get()
    assert (row.contact_email, row.earlier_contact_email) == ("new@example.org", "owner@example.org")
    assert letters("contact_changed") == sorted([*BOTH, "new@example.org", "owner@example.org"])
    (step,) = selectors.contract_history(insurer.actor(Role.NETWORK_MANAGER), uuid=uuid)[-1:]
    assert step.data == {"fields": ["contact_email", "contact_name", "contact_phone"]}


def test_the_insurer_reads_what_was_changed_but_not_the_drafts(insurer: Firm, clinic: Firm) -> None:
    uuid, manager = scenes.offered(clinic, insurer), insurer.actor(Role.NETWORK_MANAGER)
    services.return_offer(actor=manager, contract_uuid=uuid, remark="Polisa wygasła", at=AT)
    scenes.fill_in(clinic, uuid)
    services.set_parameters(
        actor=clinic.actor(Role.OWNER),
        contract_uuid=uuid,
        parameters=scenes.parameters(TODAY + timedelta(days=7)),
        at=AT,
    )
    services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, at=AT)
    seen = [(row.event, row.data) for row in selectors.contract_history(manager, uuid=uuid)[1:]]
    assert seen == [
        ("contract.send_offer", {}),
        ("contract.return", {}),
        ("contract.send_offer", {"requirement": ["OC"], "fields": ["starts_on"]}),
    ]
    own = [row.event for row in selectors.contract_history(clinic.actor(Role.OWNER), uuid=uuid)]
    assert own.count("contract.document") == 2
