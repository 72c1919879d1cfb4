"""Two people at one document: one wins, the other is told, nothing is lost.

The checker looks at the rows, and is shown to see a planted fault in the same run.
"""

import threading
from collections.abc import Callable

import pytest
from tests.cast import AT, SYSTEM, Firm
from tests.network import documents_scene as scene
from tests.together import many_at_once

from ols.accounts.permissions import Role
from ols.documents import models as stored
from ols.network import models, services

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
PEOPLE = 6


def kinds(work: Callable[[int], object]) -> list[str]:
    """Run the work in everybody's hands together; return the kinds of what came out, in order."""
    return sorted(type(result).__name__ for result in many_at_once(PEOPLE, work))


def given(contract: str) -> int:
    """Count the files that count: the kind takes one."""
    return models.ContractDocument.objects.filter(contract__uuid=contract, status="given").count()


@pytest.fixture
def draft() -> tuple[Firm, str]:
    clinic, insurer = scene.pair()
    return clinic, scene.draft(clinic, insurer)


def test_one_of_those_who_replace_a_file_wins(draft: tuple[Firm, str]) -> None:
    clinic, contract = draft
    first = scene.add(clinic, contract)
    results = kinds(lambda number: scene.replace(clinic, contract, first, name=f"{number}.pdf"))
    assert results == ["DocumentChanged"] * (PEOPLE - 1) + ["UUID"]
    assert given(contract) == 1
    assert models.ContractDocument.objects.count() == 2


def test_one_of_those_who_add_the_only_file_wins(draft: tuple[Firm, str]) -> None:
    clinic, contract = draft
    results = kinds(lambda number: scene.add(clinic, contract, name=f"{number}.pdf"))
    assert results == ["TooManyFiles"] * (PEOPLE - 1) + ["UUID"]
    assert given(contract) == 1


def test_the_checker_sees_files_added_without_the_lock(draft: tuple[Firm, str]) -> None:
    """Negative control: the same race, the room looked at without holding the contract."""
    clinic, contract = draft
    row = models.Contract.objects.get(uuid=contract)
    kind = models.DocumentRequirement.objects.get()
    looked = threading.Barrier(PEOPLE)

    def add(number: int) -> object:
        has_room = not row.documents.filter(status="given").exists()
        looked.wait()
        document = stored.Document.objects.create(
            organization_id=clinic.id, kind="pdf", size=1, storage_name=f"planted-{number}", created_at=AT
        )
        assert has_room
        return models.ContractDocument.objects.create(
            contract=row, requirement=kind, document=document, added_at=AT
        )

    assert kinds(add) == ["ContractDocument"] * PEOPLE
    assert given(contract) == PEOPLE


def test_accepting_and_taking_back_at_once_leaves_one_truth() -> None:
    clinic, insurer = scene.pair()
    contract, file = scene.active(clinic, insurer)
    new = scene.replace(clinic, contract, file, scene.POLICY_DATES)
    manager, owner = insurer.actor(Role.NETWORK_MANAGER), clinic.actor(Role.OWNER)

    def act(number: int) -> object:
        if number % 2:
            return services.accept_document(actor=manager, file_uuid=new, at=AT)
        return services.remove_document(actor=owner, contract_uuid=contract, file_uuid=new, at=AT)

    assert kinds(act).count("NoneType") == 1
    assert given(contract) == 1


def test_two_workers_tell_once() -> None:
    clinic, insurer = scene.pair()
    scene.active(clinic, insurer, scene.ENDING)
    kinds(lambda _number: services.tell_of_endings(actor=SYSTEM, at=AT))
    assert len(scene.letters("documents_ending")) == 1
