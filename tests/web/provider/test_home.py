"""The panel's home: what is next over all stages, who may do it, and how few queries that takes."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast, everything, scenes

from ols.accounts import services as accounts
from ols.accounts.permissions import Permission, Role
from ols.claims import models as claim_rows
from ols.claims import services as claims
from ols.network import selectors, services
from ols.network.selectors import TaskState
from ols.web.provider import task_board

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return cast.operator()


@pytest.fixture
def clinic(operator):
    return cast.provider()


def board(clinic, role="owner"):
    return task_board.board(clinic.actor(role), at=cast.AT)


def rows(found):
    """Return every task as (section, label, link there or not)."""
    return [
        (section.code, str(task.label), bool(task.url))
        for section in found.sections
        for task in (*section.todo, *section.done)
    ]


def states(clinic, *, ready=True):
    found = selectors.cooperation_tasks(clinic.actor("owner"), ready=ready, on=cast.TODAY)
    return [(row.code, row.state) for row in found]


def test_a_new_clinic_begins_with_its_data(clinic):
    found = board(clinic)
    assert rows(found) == [
        ("service", "Sprawdź dane placówki", True),
        ("service", "Przyjmij regulamin usługi ubezpieczeń", False),
        ("service", "Dostęp do platformy", False),
        ("account", "Ustaw drugi składnik logowania", True),
    ]
    assert found.next is not None
    assert found.next.url == "/panel/facility/"
    assert found.left == 1


def test_who_may_not_do_it_reads_whom_to_ask(clinic):
    found = board(clinic, "receptionist")
    task = found.sections[0].todo[0]
    assert (task.url, task.hint) == ("", "Może to zrobić: Owner 1 (demo).")
    assert found.next is None


def test_an_offer_goes_from_step_to_step(operator, clinic):
    insurer = cast.insurer()
    scenes.prepare_insurer(insurer, "CONS")
    assert states(clinic, ready=False) == [("join", TaskState.LOCKED)]
    assert states(clinic) == [("join", TaskState.TODO)]
    scenes.finish_stage_two(operator, clinic)
    scenes.start(clinic, insurer)
    assert states(clinic) == [
        ("join", TaskState.DONE),
        ("parameters", TaskState.TODO),
        ("documents", TaskState.TODO),
        ("send", TaskState.LOCKED),
    ]
    hints = [str(task.hint) for section in board(clinic).sections for task in section.todo]
    assert any(hint.startswith("Brakuje jeszcze: ") for hint in hints)


def test_an_offer_that_came_back_says_why_and_one_sent_says_by_when(operator, clinic):
    insurer = cast.insurer()
    scenes.prepare_insurer(insurer, "CONS")
    scenes.finish_stage_two(operator, clinic)
    contract = scenes.offered(clinic, insurer)
    assert states(clinic)[1:] == [("offer", TaskState.WAITING)]
    waiting = next(task for section in board(clinic).sections for task in section.todo)
    assert str(waiting.hint).startswith("Odpowiedź przyjdzie najpóźniej 23.11.2026")
    services.return_offer(
        actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=contract, remark="Polisa wygasła", at=cast.AT
    )
    assert ("send", TaskState.RETURNED) in states(clinic)
    found = board(clinic)
    assert found.next is not None
    assert str(found.next.hint) == "Uwaga ubezpieczyciela: Polisa wygasła"


def test_an_area_goes_from_terms_to_prices(operator, clinic):
    insurer = cast.insurer()
    scenes.prepare_insurer(insurer, "CONS", "NURS")
    scenes.finish_stage_two(operator, clinic)
    contract = scenes.active(clinic, insurer)
    assert states(clinic)[2:] == [("area-terms", TaskState.TODO), ("area-terms", TaskState.TODO)]
    scenes.contracted_prices(clinic, insurer, contract, "CONS")
    assert states(clinic)[2:] == [("prices", TaskState.DONE), ("area-terms", TaskState.TODO)]
    assert board(clinic).has_prices


@pytest.fixture
def world(db):
    with time_machine.travel(cast.AT):
        yield everything.make()


def test_every_day_claims_and_requests_are_on_the_list(world):
    clinic = world.firms["provider"]
    found = board(clinic)
    labels = [label for _, label, _ in rows(found)]
    assert "Potwierdź wykonanie 1 świadczenia" in labels
    assert "Odpowiedz na 1 prośbę o dostęp" in labels
    assert board(clinic, "receptionist").sections[0].todo[0].url == "/panel/claims/?status=authorized"
    assert not any("prośbę" in label for _, label, _ in rows(board(clinic, "receptionist")))
    late = task_board.board(clinic.actor("owner"), at=cast.AT + timedelta(days=400))
    assert "Potwierdź wykonanie 1 świadczenia" not in [label for _, label, _ in rows(late)]


def test_a_confirmed_claim_asks_for_a_report_from_who_may_make_it(world):
    clinic = world.firms["provider"]
    claim = claim_rows.Claim.objects.get(status="authorized")
    claims.confirm_claim(actor=clinic.actor("receptionist"), claim_uuid=claim.uuid, at=cast.AT)
    labels = [label for _, label, link in rows(board(clinic, "accountant")) if link]
    assert any(label.startswith("Utwórz raport: ") for label in labels)
    assert not any("raport" in label for _, label, _ in rows(board(clinic, "receptionist")))


def test_the_page_takes_the_same_queries_however_many_insurers(operator, clinic):
    scenes.finish_stage_two(operator, clinic)
    first, second, third = (cast.insurer(number) for number in (1, 2, 3))
    counts = []
    for insurer in (first, second, third):
        scenes.prepare_insurer(insurer, "CONS", "NURS")
        scenes.active(clinic, insurer)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            board(clinic)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 30


def test_the_page_shows_it_and_nobody_else_does(clinic, client):
    accounts.request_access(
        actor=clinic.actor("receptionist"), permission=Permission.SETTLEMENT_VIEW, at=cast.AT
    )
    text = clinic.client("owner").get("/panel/").content.decode()
    assert "Odpowiedz na 1 prośbę o dostęp" in text
    assert "Co dalej?" in text
    assert clinic.client("owner").post("/panel/").status_code == 405
    assert client.get("/panel/").status_code == 302
    assert cast.insurer().client("administrator").get("/panel/").status_code == 403
