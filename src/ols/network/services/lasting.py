"""A co-operation that lasts: suspended and resumed, announced to end, ended on its day.

What was granted before stays: claims already authorized are confirmed and paid in every status.
"""

from datetime import date, datetime

from django.db.models import F, Q
from django.db.models.functions import Greatest

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import asked, models
from ols.network.services.answers import RemarkMissing
from ols.network.services.highlights import refresh_highlights
from ols.network.services.letters import Side, write_to_both
from ols.network.states import CONTRACT, PRICE_LIST, ContractStatus, PriceListStatus
from ols.workflow import machine

LASTING = (ContractStatus.ACTIVE, ContractStatus.SUSPENDED)
# How a list that waits for somebody goes back to the clinic.
_BACK = {PriceListStatus.SENT: "withdraw", PriceListStatus.COUNTERED: "rework"}
_WITHDRAWAL: dict[Side, str] = {"provider": "withdraw_notice", "insurer": "cancel_termination"}
_NOTICE: dict[Side, str] = {"provider": "give_notice", "insurer": "terminate"}


class EndOutOfRange(Exception):
    """Co-operation ends today or within a year from now."""


class NoticeGivenAlready(Exception):
    """The end is announced already; who announced it may take it back first."""


class NoNotice(Exception):
    """There is no end announced by this side that could be taken back."""


@use_case
def suspend_cooperation(*, actor: Actor, contract_uuid: str, reason: str, at: datetime) -> None:
    """Take no new claims from now on; what was authorized before is confirmed and paid.

    :raises RemarkMissing: no reason was written
    :raises ols.db.errors.NotFound: no such contract of this insurer
    :raises ols.workflow.machine.TransitionRefused: it is not active (any more)
    """
    suspend(_locked(actor, contract_uuid, "insurer"), _words(reason), actor=actor, at=at)


@within_transaction
def suspend(row: models.Contract, words: str, *, actor: Actor, at: datetime, code: str = "") -> None:
    """Suspend the locked co-operation, in its caller's transaction; `code` is a reason of the system."""
    fields = {"suspended_at": at, "remark": words, "remark_code": code}
    data = {"reason": code} if code else None
    machine.apply(CONTRACT, row, "suspend", actor=actor, at=at, remark=words, data=data, set_fields=fields)
    _follow_with_badges(row, actor, at)
    write_to_both(row, "cooperation_suspended", at=at, **_said(words, code))


@use_case
def resume_cooperation(*, actor: Actor, contract_uuid: str, remark: str = "", at: datetime) -> None:
    """Take claims again, with the prices agreed before.

    :raises ols.db.errors.NotFound: no such contract of this insurer
    :raises ols.workflow.machine.TransitionRefused: it is not suspended (any more)
    """
    resume(_locked(actor, contract_uuid, "insurer"), remark.strip(), actor=actor, at=at)


@within_transaction
def resume(row: models.Contract, words: str, *, actor: Actor, at: datetime, code: str = "") -> None:
    """Resume the locked co-operation, in its caller's transaction; `code` is a reason of the system."""
    fields = {"suspended_at": None, "remark": "", "remark_code": ""}
    data = {"reason": code} if code else None
    machine.apply(CONTRACT, row, "resume", actor=actor, at=at, remark=words, data=data, set_fields=fields)
    _follow_with_badges(row, actor, at)
    write_to_both(row, "cooperation_resumed", at=at, **_said(words, code))


@use_case
def give_notice(*, actor: Actor, contract_uuid: str, ends_on: date, reason: str, at: datetime) -> None:
    """The clinic announces the first day without co-operation; today ends it at once.

    :raises RemarkMissing: no reason was written
    :raises EndOutOfRange: the day is in the past or more than a year ahead
    :raises NoticeGivenAlready: the end is announced
    :raises ols.db.errors.NotFound: no such contract of this provider
    :raises ols.workflow.machine.TransitionRefused: it does not last (any more)
    """
    _announce(actor, contract_uuid, "provider", ends_on, reason, at)


@use_case
def terminate_cooperation(
    *, actor: Actor, contract_uuid: str, ends_on: date, reason: str, at: datetime
) -> None:
    """The insurer announces the first day without co-operation; errors as in `give_notice`."""
    _announce(actor, contract_uuid, "insurer", ends_on, reason, at)


@use_case
def withdraw_notice(*, actor: Actor, contract_uuid: str, at: datetime) -> None:
    """The clinic takes its notice back before the day comes.

    :raises NoNotice: there is none of this side
    :raises ols.db.errors.NotFound: no such contract of this provider
    :raises ols.workflow.machine.TransitionRefused: it does not last (any more)
    """
    _take_back(actor, contract_uuid, "provider", at)


@use_case
def cancel_termination(*, actor: Actor, contract_uuid: str, at: datetime) -> None:
    """The insurer takes its notice back before the day comes; errors as in `withdraw_notice`."""
    _take_back(actor, contract_uuid, "insurer", at)


@use_case
def end_contracts(*, actor: Actor, at: datetime) -> int:
    """End every co-operation whose day has come (a job, repeated safely); return how many."""
    due = (
        models.Contract.objects.select_for_update()
        .filter(status__in=LASTING, ends_on__lte=days.local_date(at))
        .order_by("pk")
    )
    rows = list(due)
    for row in rows:
        _end(row, actor=actor, at=at)
    return len(rows)


def _announce(actor: Actor, contract_uuid: str, side: Side, ends_on: date, reason: str, at: datetime) -> None:
    """Write the end down and tell both; an end today is carried out."""
    row = _locked(actor, contract_uuid, side)
    words, today = _words(reason), days.local_date(at)
    if not today <= ends_on <= days.add_years(today, 1):
        raise EndOutOfRange
    if row.status in LASTING and row.ends_on is not None:
        raise NoticeGivenAlready
    fields = {"ends_on": ends_on, "notice_side": side, "notice_at": at, "notice_reason": words}
    data = {"ends_on": ends_on.isoformat()}
    machine.apply(
        CONTRACT, row, _NOTICE[side], actor=actor, at=at, remark=words, data=data, set_fields=fields
    )
    if ends_on <= today:
        _end(row, actor=actor, at=at)
    else:
        write_to_both(row, "notice_given", at=at, remark=words, side=side)


def _take_back(actor: Actor, contract_uuid: str, side: Side, at: datetime) -> None:
    """Forget the announced end and tell both."""
    row = _locked(actor, contract_uuid, side)
    if row.status in LASTING and row.notice_side != side:
        raise NoNotice
    fields = {"ends_on": None, "notice_side": "", "notice_at": None, "notice_reason": ""}
    machine.apply(CONTRACT, row, _WITHDRAWAL[side], actor=actor, at=at, set_fields=fields)
    write_to_both(row, "notice_withdrawn", at=at, side=side)


def _end(row: models.Contract, *, actor: Actor, at: datetime) -> None:
    """End the co-operation with its prices; lists that wait for an answer go back to the clinic."""
    words = row.notice_reason
    fields = {"remark": words, "remark_code": ""}
    machine.apply(CONTRACT, row, "end", actor=actor, at=at, remark=words, set_fields=fields)
    prices = models.ContractedPrice.objects.filter(contract=row)
    # A price that was to begin later never counts: its period is empty.
    prices.filter(Q(valid_to=None) | Q(valid_to__gt=row.ends_on)).update(
        valid_to=Greatest(F("valid_from"), row.ends_on)
    )
    clerk = Actor.system("job", permissions=frozenset({Permission.PRICELIST_EDIT}))
    waiting = row.price_lists.select_for_update(of=("self",)).filter(status__in=_BACK.keys())
    for price_list in waiting.select_related("area").order_by("pk"):
        data = {"area": price_list.area.code, "version": price_list.version}
        machine.apply(PRICE_LIST, price_list, _BACK[price_list.status], actor=clerk, at=at, data=data)
    _follow_with_badges(row, actor, at)
    write_to_both(row, "cooperation_ended", at=at, contacts=(row.contact_email,), remark=words)


def _follow_with_badges(row: models.Contract, actor: Actor, at: datetime) -> None:
    """Let the badges follow what the co-operation has become."""
    refresh_highlights(actor=actor, insurer_id=row.insurer_id, provider_id=row.provider_id, at=at)


def _said(words: str, code: str) -> dict[str, str]:
    """Return the reason in both languages of letters."""
    return {
        "remark": words or asked.system_reason(code, language="pl"),
        "remark_en": words or asked.system_reason(code, language="en"),
    }


def _words(reason: str) -> str:
    """Return the reason; there must be one."""
    words = reason.strip()
    if not words:
        raise RemarkMissing
    return words


def _locked(actor: Actor, contract_uuid: str, side: Side) -> models.Contract:
    """Lock a contract of the actor's organization; an insurer knows only those that were offered to it."""
    actor.require(Permission.CONTRACT_OFFER if side == "provider" else Permission.CONTRACT_REVIEW)
    rows = models.Contract.objects.select_for_update().filter(uuid=contract_uuid)
    if side == "provider":
        row = rows.filter(provider_id=actor.organization_id).first()
    else:
        row = rows.filter(insurer_id=actor.organization_id).exclude(status=ContractStatus.DRAFT).first()
    if row is None:
        raise NotFound
    return row
