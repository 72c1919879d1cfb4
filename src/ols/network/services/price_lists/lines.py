"""The answer being prepared, line by line: kept as one goes, given at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.network import models, selectors
from ols.network.services.price_lists.locking import locked_pair
from ols.network.states import LineAnswer, PriceListStatus
from ols.workflow.machine import TransitionRefused


@dataclass(frozen=True)
class LineDraft:
    """What is said to one line; an empty kind: nothing yet."""

    kind: str
    price_gr: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class Turn:
    """Whose turn it is with a list in a status, and what that side may say."""

    permission: str
    side: str
    kinds: tuple[str, ...]


TURNS = {
    PriceListStatus.SENT: Turn(Permission.PRICELIST_REVIEW, "insurer", LineAnswer.INSURER),
    PriceListStatus.COUNTERED: Turn(Permission.PRICELIST_EDIT, "provider", LineAnswer.PROVIDER),
}


class AnswersChanged(Exception):
    """Other answers were saved since this page was shown; `by` names who did."""

    def __init__(self, by: str) -> None:
        """Keep whose they are."""
        super().__init__(by)
        self.by = by


class AnswersWrong(Exception):
    """Impossible answers: to a foreign service, in the other side's words; `service_ids` names them."""

    def __init__(self, service_ids: list[int]) -> None:
        """Keep the services."""
        super().__init__(str(service_ids))
        self.service_ids = service_ids


class AnswersMissing(Exception):
    """Lines without a complete answer: none at all, no price, or no remark; `service_ids` names them."""

    def __init__(self, service_ids: list[int]) -> None:
        """Keep the services."""
        super().__init__(str(service_ids))
        self.service_ids = service_ids


@use_case
def keep_line_answers(
    *, actor: Actor, price_list_uuid: str, answers: Mapping[int, LineDraft], seen: int, at: datetime
) -> int:
    """Keep what is said to these lines by service id, complete or not; other lines stay. Return the version.

    One audit event for each person who takes over: a record of every keystroke would say nothing.

    :raises ols.db.errors.NotFound: no such list for this organization
    :raises ContractNotActive: the co-operation is not active
    :raises ols.workflow.machine.TransitionRefused: it is not this side's turn (any more)
    :raises AnswersChanged: somebody saved since version `seen`
    :raises AnswersWrong: foreign services or words
    """
    row = locked_pair(actor, price_list_uuid)
    turn = turn_of(actor, row)
    if row.answer_version != seen:
        raise AnswersChanged(row.answer_by)
    _require_possible(row, turn, answers)
    row.answers.filter(service_id__in=answers.keys()).delete()
    models.PriceLineAnswer.objects.bulk_create(
        [
            models.PriceLineAnswer(
                price_list=row, service_id=service, kind=said.kind, price_gr=said.price_gr, remark=said.remark
            )
            for service, said in answers.items()
            if said.kind
        ]
    )
    if row.answer_by != actor.name:
        audit.record(
            event="price_list.prepare",
            subject_kind="price_list",
            subject_uuid=row.uuid,
            actor=actor,
            at=at,
            data={"area": row.area.code, "version": row.version},
        )
    row.answer_version, row.answer_by = row.answer_version + 1, actor.name
    row.save(update_fields=["answer_version", "answer_by"])
    return row.answer_version


def turn_of(actor: Actor, row: models.PriceList) -> Turn:
    """Return the turn if it is the actor's side's.

    :raises ols.workflow.machine.TransitionRefused: it is not
    """
    turn = TURNS.get(row.status)
    if turn is None or turn.side != actor.organization_kind:
        raise TransitionRefused("price_list.answer")
    actor.require(turn.permission)
    return turn


def given(row: models.PriceList, seen: int) -> dict[int, models.PriceLineAnswer]:
    """Return the answer prepared for every line, as the page showed it.

    :raises AnswersChanged: somebody saved since
    :raises AnswersMissing: a line without a complete answer
    """
    if row.answer_version != seen:
        raise AnswersChanged(row.answer_by)
    answers = {answer.service_id: answer for answer in row.answers.all()}
    lines = row.items.values_list("service_id", flat=True)
    against = selectors.answers_given(row)
    missing = [
        service
        for service in sorted(lines)
        if not selectors.is_complete(answers.get(service), against.get(service))
    ]
    if missing:
        raise AnswersMissing(missing)
    return answers


def record_steps(
    row: models.PriceList,
    answers: Mapping[int, models.PriceLineAnswer],
    agreed: Mapping[int, int],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the round down for ever."""
    items = dict(row.items.values_list("service_id", "price_gr"))
    number = selectors.rounds(row) + 1
    models.PriceLineStep.objects.bulk_create(
        [
            models.PriceLineStep(
                price_list=row,
                round=number,
                service_id=service,
                side=actor.organization_kind,
                kind=answer.kind,
                asked_gr=items[service],
                price_gr=_price(answer, items[service], agreed.get(service)),
                remark=answer.remark,
                at=at,
                user_id=actor.user_id,
                user_name=actor.name,
            )
            for service, answer in sorted(answers.items())
        ]
    )


def _price(answer: models.PriceLineAnswer, asked_gr: int, agreed_gr: int | None) -> int | None:
    """Return the price a step names."""
    if answer.kind in LineAnswer.PRICED:
        named: int | None = answer.price_gr
        return named
    if answer.kind in {LineAnswer.REFUSED, LineAnswer.DROPPED}:
        return None
    return asked_gr if agreed_gr is None else agreed_gr


def _require_possible(row: models.PriceList, turn: Turn, answers: Mapping[int, LineDraft]) -> None:
    """Refuse services that are not in the list and words of the other side; a price below one grosz, too."""
    known = set(row.items.values_list("service_id", flat=True))
    wrong = sorted(
        service
        for service, said in answers.items()
        if service not in known
        or (said.kind and said.kind not in turn.kinds)
        or (said.price_gr is not None and (said.price_gr < 1 or said.kind not in LineAnswer.PRICED))
    )
    if wrong:
        raise AnswersWrong(wrong)
