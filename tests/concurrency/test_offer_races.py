"""One answer an offer and one alarm a deadline, whoever is faster.

The checker counts what is on record, and is shown to see a planted fault in the same run.
"""

from datetime import timedelta

import pytest
from tests import cast, scenes
from tests.cast import AT
from tests.together import many_at_once

from ols.audit import services as audit
from ols.audit.models import Event
from ols.network import models, services
from ols.network.services import offer_answers
from ols.notifications.models import OutboxMessage
from ols.workflow.machine import TransitionRefused

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
ANSWERS = ("contract.accept", "contract.return", "contract.reject")


def answers() -> int:
    """Count the answers on record."""
    return Event.objects.filter(event__in=ANSWERS).count()


@pytest.fixture
def insurer():
    return scenes.ready_insurer()


@pytest.fixture
def offer(insurer):
    clinic = cast.provider()
    scenes.finish_stage_two(cast.operator(), clinic)
    return scenes.offered(clinic, insurer)


def answer(insurer, offer: str, number: int) -> None:
    """Accept, return or reject, as the number says."""
    actor = insurer.actor("network-manager")
    if number % 3 == 0:
        services.accept_offer(actor=actor, contract_uuid=offer, at=AT)
    elif number % 3 == 1:
        fields = {"iban": "Inne konto"}
        services.return_offer(actor=actor, contract_uuid=offer, remark="", fields=fields, at=AT)
    else:
        services.reject_offer(actor=actor, contract_uuid=offer, reason="Sieć pełna", at=AT)


def test_one_of_many_answers_counts(insurer, offer):
    results = many_at_once(9, lambda number: answer(insurer, offer, number))
    assert results.count(None) == 1
    assert sum(isinstance(result, TransitionRefused) for result in results) == 8
    assert answers() == 1
    status = models.Contract.objects.get().status
    assert models.OfferRemark.objects.count() == (1 if status == "returned" else 0)
    template = {"active": "accepted", "returned": "returned", "rejected": "rejected"}[status]
    letters = OutboxMessage.objects.filter(payload__template__startswith="offer_").order_by("pk")
    told = [row.payload["template"] for row in letters if row.payload["template"] not in _SENT]
    assert told == [f"offer_{template}"] * 2


_SENT = ("offer_sent", "offer_received")


def test_the_checker_sees_an_answer_given_without_looking(insurer, offer, monkeypatch):
    """Negative control: a move that does not compare the status first gives several answers."""

    def blind(machine, row, action, *, actor, at, remark="", data=None, set_fields=None):
        type(row).objects.filter(pk=row.pk).update(status=machine.transitions[action].target)
        audit.record(
            event=f"contract.{action}", subject_kind="contract", subject_uuid=row.uuid, actor=actor, at=at
        )

    monkeypatch.setattr(offer_answers.machine, "apply", blind)
    monkeypatch.setattr(offer_answers.remarks, "keep", lambda *args, **more: None)
    many_at_once(6, lambda number: answer(insurer, offer, number * 3))
    assert answers() > 1


def test_two_workers_write_about_a_late_offer_once(offer):
    late = AT + timedelta(days=1)
    results = many_at_once(4, lambda _: services.alarm_insurers(actor=cast.SYSTEM, at=late))
    assert sorted(results) == [0, 0, 0, 1]
    assert OutboxMessage.objects.filter(payload__template="offers_due").count() == 1
    assert models.OfferAlarm.objects.count() == 1


def test_editors_of_needs_do_not_collide(insurer):
    cast.operator()
    area = scenes.catalog.area(code="CONS").id
    actor = insurer.actor("network-manager")
    results = many_at_once(
        4, lambda number: services.set_needs(actor=actor, needs={("14", area): number + 1}, at=AT)
    )
    assert all(isinstance(result, int) for result in results)
    assert models.NetworkNeed.objects.get().wanted in {1, 2, 3, 4}
