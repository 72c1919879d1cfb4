"""Remarks at single fields of an offer, and the deadline by the insurer's own office hours."""

import re
from datetime import UTC, datetime, time

import pytest
from tests import cast, scenes
from tests.cast import AT, Firm

from ols.accounts.models import Organization
from ols.accounts.permissions import Role
from ols.kernel import days
from ols.network import models, selectors, services
from ols.network.selectors import remarks
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
ASKED = {"iban": "Podaj konto placówki.", "document:OC": "Polisa wygasła."}


@pytest.fixture
def clinic(insurer: Firm) -> Firm:
    return scenes.ready_clinic()


@pytest.fixture
def returned(clinic: Firm, insurer: Firm) -> str:
    uuid = scenes.offered(clinic, insurer)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    services.return_offer(actor=manager, contract_uuid=uuid, remark="", fields=ASKED, at=AT)
    return uuid


def test_both_sides_see_the_remarks_a_stranger_none(clinic: Firm, insurer: Firm, returned: str) -> None:
    for actor in (clinic.actor(Role.OWNER), insurer.actor(Role.NETWORK_MANAGER)):
        found = remarks.open_remarks(actor, contract_uuid=returned)
        assert {name: row.text for name, row in found.items()} == ASKED
        assert {row.by for row in found.values()} == {"Network-manager 1 (demo)"}
    for stranger in (cast.provider(2).actor(Role.OWNER), cast.insurer(2).actor(Role.NETWORK_MANAGER)):
        assert remarks.open_remarks(stranger, contract_uuid=returned) == {}
        assert remarks.all_remarks(stranger, contract_uuid=returned) == []


def test_sending_again_clears_them_and_keeps_the_history(clinic: Firm, insurer: Firm, returned: str) -> None:
    owner = clinic.actor(Role.OWNER)
    scenes.fill_in(clinic, returned)
    services.send_offer(actor=owner, contract_uuid=returned, at=AT)
    assert remarks.open_remarks(owner, contract_uuid=returned) == {}
    assert {row.cleared_at for row in remarks.all_remarks(owner, contract_uuid=returned)} == {AT}
    again = {"iban": "Nadal nie to konto."}
    manager = insurer.actor(Role.NETWORK_MANAGER)
    services.return_offer(actor=manager, contract_uuid=returned, remark="", fields=again, at=AT)
    assert [row.text for row in remarks.open_remarks(owner, contract_uuid=returned).values()] == [
        "Nadal nie to konto."
    ]
    assert len(remarks.all_remarks(owner, contract_uuid=returned)) == 3


def test_the_history_and_the_letters_name_the_fields(clinic: Firm, returned: str) -> None:
    words = "- Rachunek bankowy: Podaj konto placówki.\n- Polisa OC: Polisa wygasła."
    history = selectors.contract_history(clinic.actor(Role.OWNER), uuid=returned)
    assert (history[-1].event, history[-1].remark) == ("contract.return", words)
    contexts = [
        row.payload["context"] for row in OutboxMessage.objects.filter(payload__template="offer_returned")
    ]
    assert {row["remark"] for row in contexts} == {words}
    assert {row["remark_en"].splitlines()[0] for row in contexts} == {"- Bank account: Podaj konto placówki."}


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({}, services.RemarkMissing),
        ({"iban": "  "}, services.RemarkMissing),
        ({"status": "x"}, services.UnknownField),
        ({"document:XX": "x"}, services.UnknownField),
    ],
)
def test_a_remark_needs_words_and_a_field_that_is_there(
    clinic: Firm, insurer: Firm, fields: dict[str, str], refusal: type[Exception]
) -> None:
    uuid = scenes.offered(clinic, insurer)
    with pytest.raises(refusal):
        services.return_offer(
            actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=uuid, remark="", fields=fields, at=AT
        )
    assert models.Contract.objects.get().status == "offered"
    assert models.OfferRemark.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-11-20 15:59", "2026-11-20 15:00"),
        ("2026-11-20 16:00", "2026-11-23 15:00"),
        ("2026-12-23 17:00", "2026-12-28 15:00"),
        ("2026-03-27 23:30", "2026-03-30 14:00"),
        ("2026-10-23 18:00", "2026-10-26 15:00"),
    ],
)
def test_the_answer_is_due_at_closing_time(clinic: Firm, insurer: Firm, sent: str, due: str) -> None:
    """The table of the product's calendar, with the hours as they are unless the insurer sets others."""
    uuid = scenes.start(clinic, insurer)
    scenes.fill_in(clinic, uuid)
    models.Contract.objects.update(starts_on="2027-01-01")
    at = datetime.fromisoformat(sent).replace(tzinfo=days.WARSAW)
    services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=uuid, at=at)
    assert models.Contract.objects.get().answer_due_at == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_the_insurers_own_hours_count(clinic: Firm, insurer: Firm) -> None:
    Organization.objects.filter(pk=insurer.id).update(office_opens=time(9), office_closes=time(18))
    scenes.offered(clinic, insurer)
    assert models.Contract.objects.get().answer_due_at == datetime(2026, 11, 23, 17, tzinfo=UTC)


def test_the_task_list_leads_to_what_was_remarked_on(clinic: Firm, returned: str) -> None:
    tasks = {
        row.code: (row.state, row.remark)
        for row in selectors.cooperation_tasks(clinic.actor(Role.OWNER), ready=True, on=cast.TODAY)
        if row.contract_uuid
    }
    assert tasks["parameters"] == (selectors.TaskState.RETURNED, ASKED["iban"])
    assert tasks["documents"] == (selectors.TaskState.RETURNED, ASKED["document:OC"])


def test_the_clinic_reads_each_remark_at_its_field(clinic: Firm, returned: str) -> None:
    client = clinic.client(Role.OWNER)
    form = client.get(f"/panel/contracts/{returned}/parameters/").content.decode()
    assert re.search(r'id="id_iban_helptext"><b class="remark">[^<]*Podaj konto placówki\.</b>', form)
    assert "Polisa wygasła." in client.get(f"/panel/contracts/{returned}/documents/").content.decode()
