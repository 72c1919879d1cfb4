"""A document that ends is asked for again, renewed, accepted or returned; nobody is told twice."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from tests import cast
from tests.cast import AT, TODAY, Firm
from tests.network import documents_scene as scene

from ols.accounts.permissions import Role
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.network import models, selectors, services
from ols.network.document_rules import Dates
from ols.network.selectors import TaskState
from ols.workflow.machine import TransitionRefused

pytestmark = pytest.mark.django_db
OWNER, MANAGER = "owner.provider1@example.org", "network-manager.insurer1@example.org"
NEW = Dates(valid_until=scene.SOON + timedelta(days=365))
END = AT + timedelta(days=40)  # the last day of the policy


@pytest.fixture
def pair() -> tuple[Firm, Firm]:
    return scene.pair()


def tell(at: datetime) -> int:
    return services.tell_of_endings(actor=cast.SYSTEM, at=at)


def letters() -> list[tuple[str, str]]:
    kinds = ("documents_ending", "documents_ended", "documents_ended_insurer", "cooperation_suspended")
    return [(kind, to) for kind in kinds for to in scene.letters(kind)]


def answer(insurer: Firm, file: UUID, at: datetime = AT) -> None:
    services.accept_document(actor=insurer.actor(Role.NETWORK_MANAGER), file_uuid=file, at=at)


def test_each_notice_is_written_once(pair: tuple[Firm, Firm]) -> None:
    scene.active(*pair)
    said = {}
    for day in range(45):
        at = AT + timedelta(days=day)
        tell(at)
        assert tell(at) == 0
        said[day] = letters()
    days = [day for day in range(1, 45) if said[day] != said[day - 1]]
    assert days == [10, 33, 41]
    assert said[44] == [
        ("documents_ending", OWNER),
        ("documents_ending", OWNER),
        ("documents_ended", OWNER),
        ("documents_ended_insurer", MANAGER),
    ]


def test_after_a_pause_only_the_most_pressing_notice_is_written(pair: tuple[Firm, Firm]) -> None:
    scene.active(*pair)
    tell(END + timedelta(days=3))
    assert letters() == [("documents_ended", OWNER), ("documents_ended_insurer", MANAGER)]


def test_an_expired_document_suspends_nothing_unless_the_insurer_says_so(pair: tuple[Firm, Firm]) -> None:
    scene.active(*pair)
    tell(END + timedelta(days=100))
    assert models.Contract.objects.get().status == "active"


def test_the_insurers_rule_suspends_after_its_days(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    scene.active(clinic, insurer)
    scene.set_kind(insurer, services.DocumentKind("Polisa OC", has_end=True, suspend_after_days=14))
    tell(END + timedelta(days=14))
    assert models.Contract.objects.get().status == "active"
    for _ in range(2):
        tell(END + timedelta(days=15))
    assert models.Contract.objects.get().status == "suspended"
    assert scene.letters("cooperation_suspended") == [OWNER, MANAGER]
    (item,) = selectors.documents_expiring(insurer.actor(Role.NETWORK_MANAGER), on=scene.SOON)
    assert item.suspends_on == scene.SOON + timedelta(days=15)


def test_a_new_document_resumes_what_the_rule_suspended(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, file = scene.active(clinic, insurer)
    scene.set_kind(insurer, services.DocumentKind("Polisa OC", has_end=True, suspend_after_days=0))
    later = END + timedelta(days=1)
    tell(later)
    answer(insurer, scene.replace(clinic, contract, file, NEW, at=later), later)
    assert models.Contract.objects.get().status == "active"


def test_a_new_document_does_not_resume_what_a_person_suspended(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, file = scene.active(clinic, insurer)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    services.suspend_cooperation(actor=manager, contract_uuid=contract, reason="Kontrola", at=AT)
    answer(insurer, scene.replace(clinic, contract, file, NEW))
    assert models.Contract.objects.get().status == "suspended"


def test_a_new_document_that_waits_keeps_the_cooperation(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, file = scene.active(clinic, insurer)
    scene.set_kind(insurer, services.DocumentKind("Polisa OC", has_end=True, suspend_after_days=0))
    scene.replace(clinic, contract, file, NEW)
    tell(END + timedelta(days=5))
    assert models.Contract.objects.get().status == "active"
    assert letters() == [("documents_ended_insurer", MANAGER)]


def test_a_new_document_waits_and_the_old_one_counts(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, file = scene.active(clinic, insurer)
    new = scene.replace(clinic, contract, file, NEW)
    (found,) = scene.wanted(clinic, contract).files
    assert (found.file_name, found.renewal.file_name, found.renewal.status) == (
        "oc.pdf",
        "new.pdf",
        "waiting",
    )
    assert scene.letters("document_renewed") == [MANAGER]
    with pytest.raises(services.DocumentChanged):
        scene.replace(clinic, contract, file, NEW)
    ((uuid, name, waiting),) = selectors.documents_waiting(insurer.actor(Role.NETWORK_MANAGER))
    assert (uuid, name, waiting.uuid) == (contract, clinic.name, str(new))
    answer(insurer, new)
    found = scene.wanted(clinic, contract)
    assert (scene.names(found.files), scene.names(found.earlier)) == (["new.pdf"], ["oc.pdf"])
    assert scene.letters("document_accepted") == [OWNER]
    with pytest.raises(TransitionRefused):
        answer(insurer, new)


def test_a_returned_document_is_mended(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, file = scene.active(clinic, insurer)
    new, manager = scene.replace(clinic, contract, file, NEW), insurer.actor(Role.NETWORK_MANAGER)
    with pytest.raises(services.RemarkMissing):
        services.return_document(actor=manager, file_uuid=new, remark=" ", at=AT)
    services.return_document(actor=manager, file_uuid=new, remark="Brak podpisu", at=AT)
    (found,) = scene.wanted(clinic, contract).files
    assert (found.renewal.status, found.renewal.remark) == ("returned", "Brak podpisu")
    again = scene.replace(clinic, contract, new, NEW, name="podpisana.pdf")
    answer(insurer, again)
    assert scene.names(scene.wanted(clinic, contract).files) == ["podpisana.pdf"]


def test_a_new_document_can_be_taken_back(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, file = scene.active(clinic, insurer)
    new = scene.replace(clinic, contract, file, NEW)
    same = {"actor": clinic.actor(Role.OWNER), "contract_uuid": contract, "at": AT}
    services.remove_document(**same, file_uuid=new)
    with pytest.raises(services.OfferNotEditable):
        services.remove_document(**same, file_uuid=file)
    with pytest.raises(TransitionRefused):
        answer(insurer, new)


def test_a_new_document_that_ends_while_it_waits_is_not_accepted(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, file = scene.active(clinic, insurer)
    new = scene.replace(clinic, contract, file, Dates(valid_until=TODAY))
    with pytest.raises(services.DocumentsExpired):
        answer(insurer, new, AT + timedelta(days=1))


def test_only_the_insurer_it_was_sent_to_answers(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, file = scene.active(clinic, insurer)
    new = scene.replace(clinic, contract, file, NEW)
    with pytest.raises(NotFound):
        answer(cast.insurer(2), new)
    with pytest.raises(TransitionRefused):
        answer(insurer, file)
    with pytest.raises(NotPermitted):
        services.accept_document(actor=insurer.actor(Role.PLAN_MANAGER), file_uuid=new, at=AT)
    with pytest.raises(NotPermitted):
        services.accept_document(actor=clinic.actor(Role.OWNER), file_uuid=new, at=AT)


def test_a_kind_asked_for_later_can_be_added(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, _file = scene.active(clinic, insurer)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    services.add_document_kind(actor=manager, kind=services.DocumentKind("Wykaz"), code="LIST", at=AT)

    def wanted() -> selectors.RequiredDocument:
        return selectors.contract(clinic.actor(Role.OWNER), uuid=contract).documents[1]

    assert (wanted().is_required, wanted().is_missing) == (False, False)
    new = scene.add(clinic, contract, code="LIST", name="wykaz.pdf")
    assert (wanted().files, scene.names(wanted().coming), wanted().has_room) == ((), ["wykaz.pdf"], False)
    with pytest.raises(services.TooManyFiles):
        scene.add(clinic, contract, code="LIST")
    answer(insurer, new)
    assert (scene.names(wanted().files), wanted().coming) == (["wykaz.pdf"], ())


def test_the_home_page_asks_for_it(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, file = scene.active(clinic, insurer)

    def task(days: int) -> tuple[str, str] | None:
        rows = selectors.cooperation_tasks(
            clinic.actor(Role.OWNER), ready=True, on=TODAY + timedelta(days=days)
        )
        return next(((row.state, row.document) for row in rows if row.code == "renewal"), None)

    assert task(9) is None
    assert task(10) == (TaskState.TODO, "Polisa OC")
    scene.replace(clinic, contract, file, NEW)
    assert task(10) == (TaskState.WAITING, "Polisa OC")


def test_each_side_sees_its_own_list(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    scene.active(clinic, insurer)
    for firm, role in ((clinic, Role.OWNER), (insurer, Role.NETWORK_MANAGER)):
        (item,) = selectors.documents_expiring(firm.actor(role), on=TODAY + timedelta(days=41))
        assert (item.name, item.days_left, item.is_expired) == ("Polisa OC", -1, True)
    for firm, role in ((cast.provider(2), Role.OWNER), (cast.insurer(2), Role.NETWORK_MANAGER)):
        assert selectors.documents_expiring(firm.actor(role), on=TODAY + timedelta(days=41)) == []
