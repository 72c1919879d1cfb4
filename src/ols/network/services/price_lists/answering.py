"""An insurer answers a list, as a whole or line by line. Accepted prices never change the past."""

from datetime import datetime

from ols.accounts.permissions import Permission
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.network.services.answers import RemarkMissing
from ols.network.services.letters import write_about_prices
from ols.network.services.price_lists import letters, lines
from ols.network.services.price_lists.contracting import Outcome, conclude, make_whole, said
from ols.network.services.price_lists.locking import locked_pair
from ols.network.states import PRICE_LIST, LineAnswer
from ols.workflow import machine


@use_case
def accept_price_list(*, actor: Actor, price_list_uuid: str, at: datetime) -> None:
    """Accept every price: they count from the list's first day, at the earliest today.

    The area's prices before that end the day before; what was in force until then is untouched.

    :raises ols.db.errors.NotFound: no such list of this insurer's network
    :raises ContractNotActive: the co-operation is not active
    :raises ols.workflow.machine.TransitionRefused: it does not wait for an answer (any more)
    """
    actor.require(Permission.PRICELIST_REVIEW)
    row = locked_pair(actor, price_list_uuid)
    lines.turn_of(actor, row)
    prices = dict(row.items.values_list("service_id", "price_gr"))
    conclude(row, Outcome(agreed=prices, dropped=(), open={}), "accept", actor=actor, at=at)
    letters.accepted(row, at=at)


@use_case
def return_price_list(*, actor: Actor, price_list_uuid: str, remark: str, at: datetime) -> None:
    """Send the list back with a remark.

    :raises RemarkMissing: nothing was written
    :raises ols.db.errors.NotFound: no such list of this insurer's network
    :raises ContractNotActive: the co-operation is not active
    :raises ols.workflow.machine.TransitionRefused: it does not wait for an answer (any more)
    """
    actor.require(Permission.PRICELIST_REVIEW)
    row = locked_pair(actor, price_list_uuid)
    words = remark.strip()
    if not words:
        raise RemarkMissing
    machine.apply(
        PRICE_LIST,
        row,
        "return",
        actor=actor,
        at=at,
        remark=words,
        data=said(row),
        set_fields={"decided_at": at, "remark": words},
    )
    row.answers.all().delete()
    make_whole(row)
    write_about_prices(row, "price_list_returned", to="provider", at=at, remark=words)


@use_case
def answer_price_list(*, actor: Actor, price_list_uuid: str, seen: int, at: datetime) -> str:
    """Give the prepared answer: accepted lines count, the others wait for the clinic; return that list.

    :raises ols.db.errors.NotFound: no such list of this insurer's network
    :raises ContractNotActive: the co-operation is not active
    :raises ols.workflow.machine.TransitionRefused: it does not wait for an answer (any more)
    :raises AnswersChanged: somebody saved other answers since version `seen`
    :raises AnswersMissing: a line has no complete answer
    """
    actor.require(Permission.PRICELIST_REVIEW)
    row = locked_pair(actor, price_list_uuid)
    lines.turn_of(actor, row)
    answers = lines.given(row, seen)
    prices = dict(row.items.values_list("service_id", "price_gr"))
    agreed = {
        service: prices[service]
        for service, answer in answers.items()
        if answer.kind == LineAnswer.ACCEPTED or answer.price_gr == prices[service]
    }
    still = {service: price for service, price in prices.items() if service not in agreed}
    lines.record_steps(row, answers, agreed, actor=actor, at=at)
    if agreed:
        rest = conclude(row, Outcome(agreed, (), still), "accept", actor=actor, at=at)
    else:
        row.answers.all().delete()
        machine.apply(
            PRICE_LIST,
            row,
            "counter",
            actor=actor,
            at=at,
            data=said(row, open=len(still)),
            set_fields={"answer_by": ""},
        )
        rest = row
    if rest is None:
        letters.accepted(row, at=at)
    else:
        letters.answered(row, rest, at=at)
    return str((rest or row).uuid)
