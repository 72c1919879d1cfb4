"""A clinic replies to an insurer's answer, line by line, or takes the whole list back to its grid."""

from datetime import datetime

from ols.accounts.permissions import Permission
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models, selectors
from ols.network.services.price_lists import letters, lines
from ols.network.services.price_lists.contracting import Outcome, conclude, make_whole, said
from ols.network.services.price_lists.locking import locked_pair, require_not_closed
from ols.network.states import PRICE_LIST, LineAnswer
from ols.workflow import machine


@use_case
def reply_price_list(*, actor: Actor, price_list_uuid: str, seen: int, at: datetime) -> str:
    """Give the prepared reply: taken counter-offers count, the other lines wait for the insurer.

    Returns the list that goes on. With every service given up nothing is left to agree: the list goes back
    to the grid.

    :raises ols.db.errors.NotFound: no such list of this provider
    :raises ContractNotActive: the co-operation is not active
    :raises ols.workflow.machine.TransitionRefused: it is not the clinic's turn (any more)
    :raises AnswersChanged: somebody saved other answers since version `seen`
    :raises AnswersMissing: a line has no complete answer
    """
    actor.require(Permission.PRICELIST_EDIT)
    row = locked_pair(actor, price_list_uuid)
    lines.turn_of(actor, row)
    answers = lines.given(row, seen)
    outcome = _outcome(row, answers)
    lines.record_steps(row, answers, outcome.agreed, actor=actor, at=at)
    rest: models.PriceList | None = row
    if outcome.agreed:
        rest = conclude(row, outcome, "agree", actor=actor, at=at)
    elif outcome.open:
        _send_again(row, outcome, actor, at)
    else:
        _to_the_grid(row, actor, at)
        return str(row.uuid)
    if rest is None:
        letters.accepted(row, at=at)
    else:
        letters.replied(row, rest, at=at)
    return str((rest or row).uuid)


@use_case
def rework_price_list(*, actor: Actor, price_list_uuid: str, at: datetime) -> None:
    """Take an answered list back to the grid, with the area's other prices beside its own.

    :raises ols.db.errors.NotFound: no such list of this provider
    :raises ContractNotActive: the co-operation is not active
    :raises AreaClosed: it could not be sent again; the insurer's answer can still be answered
    :raises ols.workflow.machine.TransitionRefused: it is not the clinic's turn (any more)
    """
    actor.require(Permission.PRICELIST_EDIT)
    row = locked_pair(actor, price_list_uuid)
    require_not_closed(row.contract, row.area_id, on=days.local_date(at))
    machine.apply(PRICE_LIST, row, "rework", actor=actor, at=at, data=said(row), set_fields={"answer_by": ""})
    row.answers.all().delete()
    make_whole(row)


def _outcome(row: models.PriceList, answers: dict[int, models.PriceLineAnswer]) -> Outcome:
    """Sort the lines: a taken counter-offer is agreed, a kept or proposed price stays open."""
    offered = selectors.answers_given(row)
    prices = dict(row.items.values_list("service_id", "price_gr"))
    agreed: dict[int, int] = {}
    still: dict[int, int] = {}
    dropped: list[int] = []
    for service, answer in answers.items():
        counter = offered[service].price_gr
        if counter is not None and (answer.kind == LineAnswer.TAKEN or answer.price_gr == counter):
            agreed[service] = counter
        elif answer.kind == LineAnswer.DROPPED:
            dropped.append(service)
        else:
            proposed = answer.price_gr if answer.kind == LineAnswer.PROPOSED else None
            still[service] = prices[service] if proposed is None else proposed
    return Outcome(agreed, dropped, still)


def _send_again(row: models.PriceList, outcome: Outcome, actor: Actor, at: datetime) -> None:
    """Let the whole list wait for the insurer once more, at the prices it has now."""
    row.answers.all().delete()
    row.items.filter(service_id__in=outcome.dropped).delete()
    items = list(row.items.all())
    for item in items:
        item.price_gr = outcome.open[item.service_id]
    models.PriceListItem.objects.bulk_update(items, ["price_gr"])
    machine.apply(
        PRICE_LIST,
        row,
        "reply",
        actor=actor,
        at=at,
        data=said(row, open=len(items)),
        set_fields={"sent_at": at, "answer_by": ""},
    )


def _to_the_grid(row: models.PriceList, actor: Actor, at: datetime) -> None:
    """Nothing is left of the list: the grid goes on with the area's other prices."""
    dropped = list(row.items.values_list("service_id", flat=True))
    row.answers.all().delete()
    machine.apply(PRICE_LIST, row, "rework", actor=actor, at=at, data=said(row), set_fields={"answer_by": ""})
    make_whole(row)
    row.items.filter(service_id__in=dropped).delete()
