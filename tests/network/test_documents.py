"""Documents of an offer: given, replaced, removed, put back; judged at sending and accepting."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests import cast, scenes
from tests.cast import AT, TODAY, Firm
from tests.network import documents_scene as scene

from ols.accounts.permissions import Role
from ols.audit import models as audit
from ols.db.errors import NotFound
from ols.documents import selectors as stored
from ols.kernel.actor import NotPermitted
from ols.network import models, selectors, services
from ols.network.document_rules import Dates, Problem

pytestmark = pytest.mark.django_db
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.fixture
def pair() -> tuple[Firm, Firm]:
    return scene.pair()


def send(clinic: Firm, contract: str, days: int = 0) -> None:
    services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=contract, at=AT + timedelta(days=days))


def test_a_kind_takes_as_many_files_as_it_says(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract = scene.draft(clinic, insurer)
    scene.add(clinic, contract)
    with pytest.raises(services.TooManyFiles):
        scene.add(clinic, contract)
    scene.set_kind(insurer, services.DocumentKind("Polisa OC", max_files=2))
    scene.add(clinic, contract, name="strona-2.pdf")
    assert scene.names(scene.wanted(clinic, contract).files) == ["oc.pdf", "strona-2.pdf"]
    with pytest.raises(services.TooManyFiles):
        scene.add(clinic, contract)


def test_a_replaced_file_is_kept_with_its_dates(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract = scene.draft(clinic, insurer)
    first = scene.add(clinic, contract)
    later = AT + timedelta(hours=1)
    scene.replace(clinic, contract, first, at=later)
    found = scene.wanted(clinic, contract)
    assert scene.names(found.files) == ["new.pdf"]
    (earlier,) = found.earlier
    assert (earlier.file_name, earlier.added_at, earlier.replaced_at) == ("oc.pdf", AT, later)
    with pytest.raises(services.DocumentChanged):
        scene.replace(clinic, contract, first)


def test_a_removed_file_can_be_put_back(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract = scene.draft(clinic, insurer)
    first = scene.add(clinic, contract)
    same = {"actor": clinic.actor(Role.OWNER), "contract_uuid": contract, "at": AT}
    services.remove_document(**same, file_uuid=first)
    found = scene.wanted(clinic, contract)
    assert (found.files, scene.names(found.earlier), found.is_missing) == ((), ["oc.pdf"], True)
    with pytest.raises(services.DocumentChanged):
        services.remove_document(**same, file_uuid=first)
    services.restore_document(**same, file_uuid=first)
    assert scene.names(scene.wanted(clinic, contract).files) == ["oc.pdf"]
    with pytest.raises(services.TooManyFiles):
        services.restore_document(**same, file_uuid=first)


@pytest.mark.parametrize(
    ("dates", "problem"),
    [
        (Dates(), Problem.NO_END_DAY),
        (Dates(valid_until=YESTERDAY), Problem.EXPIRED),
        (Dates(issued_on=TOMORROW, valid_until=TOMORROW), Problem.ISSUED_LATER),
    ],
)
def test_dates_that_do_not_do_are_refused(pair: tuple[Firm, Firm], dates: Dates, problem: str) -> None:
    clinic, insurer = pair
    scene.set_kind(insurer, scene.POLICY)
    contract = scene.draft(clinic, insurer)
    with pytest.raises(services.DatesRefused) as refusal:
        scene.add(clinic, contract, dates)
    assert refusal.value.problem == problem
    assert models.ContractDocument.objects.count() == 0


def test_dates_can_be_corrected_before_sending(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    scene.set_kind(insurer, scene.POLICY)
    contract = scene.draft(clinic, insurer)
    file = scene.add(clinic, contract, Dates(valid_until=TODAY))
    same = {"actor": clinic.actor(Role.OWNER), "contract_uuid": contract, "file_uuid": file, "at": AT}
    services.date_document(**same, dates=Dates(valid_until=scene.SOON))
    with pytest.raises(services.DatesRefused):
        services.date_document(**same, dates=Dates(valid_until=YESTERDAY))
    (found,) = scene.wanted(clinic, contract).files
    assert found.valid_until == scene.SOON
    assert audit.Event.objects.filter(event="contract_document.dates").count() == 1


def test_an_expired_document_keeps_an_offer_from_going_out(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    scene.set_kind(insurer, scene.POLICY)
    contract = scene.draft(clinic, insurer)
    scene.add(clinic, contract, Dates(valid_until=TODAY))
    models.Contract.objects.update(starts_on=scene.SOON)
    with pytest.raises(services.OfferIncomplete) as refusal:
        send(clinic, contract, days=1)
    assert refusal.value.missing == ("OC",)
    send(clinic, contract)


def test_a_document_that_ends_while_the_offer_waits_is_refused_at_accepting(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    scene.set_kind(insurer, scene.POLICY)
    contract = scene.draft(clinic, insurer)
    scene.add(clinic, contract, Dates(valid_until=TODAY))
    send(clinic, contract)
    manager, later = insurer.actor(Role.NETWORK_MANAGER), AT + timedelta(days=1)
    with pytest.raises(services.DocumentsExpired) as refusal:
        services.accept_offer(actor=manager, contract_uuid=contract, at=later)
    assert refusal.value.names == ("Polisa OC",)
    assert models.Contract.objects.get().status == "offered"
    services.return_offer(actor=manager, contract_uuid=contract, remark="Polisa wygasła", at=later)


def test_editing_a_kind_changes_nothing_of_what_was_sent(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, _file = scene.active(clinic, insurer)
    stricter = services.DocumentKind("Polisa OC i OCZ", has_end=True, max_age=1, is_required=False)
    scene.set_kind(insurer, stricter)
    found = scene.wanted(insurer, contract, Role.NETWORK_MANAGER)
    assert (found.name, found.problem, found.is_required) == ("Polisa OC", "", True)


def test_a_draft_is_judged_by_the_rules_of_its_day(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract = scene.draft(clinic, insurer)
    scene.add(clinic, contract)
    scene.set_kind(insurer, scene.POLICY)
    assert scene.wanted(clinic, contract).problem == Problem.NO_END_DAY
    with pytest.raises(services.OfferIncomplete):
        send(clinic, contract)


def test_the_insurer_sees_what_was_sent_and_nothing_else(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    manager = insurer.actor(Role.NETWORK_MANAGER)
    contract = scenes.offered(clinic, insurer)
    services.return_offer(actor=manager, contract_uuid=contract, remark="Nieczytelna", at=AT)
    (sent,) = scene.wanted(clinic, contract).files
    scene.replace(clinic, contract, UUID(sent.uuid))
    assert scene.names(scene.wanted(insurer, contract, Role.NETWORK_MANAGER).earlier) == ["oc.pdf"]
    (fresh,) = scene.wanted(clinic, contract).files
    with pytest.raises(NotFound):
        selectors.contract_file(manager, contract_uuid=contract, document_uuid=fresh.document_uuid)
    with pytest.raises(NotFound):
        stored.open_document(actor=manager, uuid=fresh.document_uuid)
    send(clinic, contract)
    assert scene.names(scene.wanted(insurer, contract, Role.NETWORK_MANAGER).files) == ["new.pdf"]


def test_others_reach_no_file(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract = scenes.offered(clinic, insurer)
    (file,) = scene.wanted(clinic, contract).files
    found = {"contract_uuid": contract, "document_uuid": file.document_uuid}
    for firm, role in ((cast.provider(2), Role.OWNER), (cast.insurer(2), Role.NETWORK_MANAGER)):
        with pytest.raises(NotFound):
            selectors.contract_file(firm.actor(role), **found)
    assert selectors.contract_file(insurer.actor(Role.NETWORK_MANAGER), **found).file_name == "oc.pdf"


def test_strangers_and_colleagues_without_the_permission_change_nothing(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract = scene.draft(clinic, insurer)
    file = scene.add(clinic, contract)
    for actor, refusal in (
        (cast.provider(2).actor(Role.OWNER), NotFound),
        (insurer.actor(Role.NETWORK_MANAGER), NotPermitted),
        (clinic.actor(Role.RECEPTIONIST), NotPermitted),
    ):
        with pytest.raises(refusal):
            services.remove_document(actor=actor, contract_uuid=contract, file_uuid=file, at=AT)
    with pytest.raises(NotFound):
        scene.replace(clinic, contract, uuid4())
    assert scene.names(scene.wanted(clinic, contract).files) == ["oc.pdf"]


def test_a_sent_file_does_not_change(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract = scenes.offered(clinic, insurer)
    (file,) = scene.wanted(clinic, contract).files
    for act in (
        lambda: scene.add(clinic, contract),
        lambda: scene.replace(clinic, contract, UUID(file.uuid)),
        lambda: services.remove_document(
            actor=clinic.actor(Role.OWNER), contract_uuid=contract, file_uuid=UUID(file.uuid), at=AT
        ),
    ):
        with pytest.raises(services.OfferNotEditable):
            act()
