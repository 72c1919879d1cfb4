"""„Status współpracy” in words for both sides: what is so now, what happens next, whose turn, until when."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from ols.kernel import days
from ols.network import selectors
from ols.network.selectors import AccountChangeRow, ContractStanding, TermsDue
from ols.network.states import ContractStatus
from ols.web.components.network_words import CONTRACT_TAGS, contract_tag
from ols.web.components.shapes import StatusPanel, Text

S = ContractStatus


class _Words(NamedTuple):
    """The words of one status."""

    now: list[Text]
    next: Text = ""
    who: Text = ""
    until: Text = ""


def panel(standing: ContractStanding, *, today: date) -> StatusPanel:
    """Return the panel at the top of every page of a co-operation."""
    words = _WORDS[standing.row.status](standing, today)
    now = list(words.now)
    if standing.change is not None:
        now.append(_change(standing.change))
    due = selectors.due_of(standing.row, on=today)
    now += [_due(row) for row in due]
    is_held = standing.row.status == S.ACTIVE and any(selectors.suspends_contract(row) for row in due)
    return StatusPanel(
        tag=CONTRACT_TAGS[S.SUSPENDED] if is_held else contract_tag(standing.row, today=today),
        now=now,
        next=words.next,
        who=words.who,
        until=words.until,
    )


def _clinic(standing: ContractStanding) -> str:
    """Name the clinic as the reader calls it."""
    return _("your clinic") if standing.side == "provider" else standing.row.provider_name


def _insurer(standing: ContractStanding) -> str:
    """Name the insurer as the reader calls it."""
    return _("your company") if standing.side == "insurer" else standing.row.insurer_name


def _reason(words: str) -> list[Text]:
    """Return the other side's words, if there are any."""
    return [_("Reason: %(words)s") % {"words": words}] if words else []


def _draft(standing: ContractStanding, _today: date) -> _Words:
    return _Words(
        [_("The offer is being prepared. The insurer does not see it yet.")],
        _("Fill in the parameters, add the documents and send the offer."),
        _clinic(standing),
        _("no deadline"),
    )


def _offered(standing: ContractStanding, _today: date) -> _Words:
    due = standing.row.answer_due_at
    return _Words(
        [_("The offer was sent and waits for an answer.")],
        _("The insurer accepts the offer, returns it with remarks or rejects it."),
        _insurer(standing),
        f"{due.astimezone(days.WARSAW):%d.%m.%Y %H:%M}" if due else "",
    )


def _returned(standing: ContractStanding, _today: date) -> _Words:
    return _Words(
        [_("The insurer returned the offer with remarks.")],
        _("The clinic corrects the offer and sends it again."),
        _clinic(standing),
        _("no deadline"),
    )


def _rejected(standing: ContractStanding, _today: date) -> _Words:
    return _Words(
        [_("The insurer rejected the offer."), *_reason(standing.remark)],
        _("The clinic may begin anew; its data and documents are carried over."),
        _clinic(standing),
    )


def _active(standing: ContractStanding, today: date) -> _Words:
    starts_on = standing.row.starts_on or today
    if standing.last_day is not None:
        return _ending(standing)
    if starts_on > today:
        day = days.format_date(starts_on)
        return _Words(
            [_("The offer is accepted. Co-operation begins on %(day)s.") % {"day": day}],
            _("The clinic accepts thematic terms and agrees prices; benefits are granted from that day."),
            _clinic(standing),
            day,
        )
    return _Words([_("Co-operation lasts from %(day)s.") % {"day": days.format_date(starts_on)}])


def _ending(standing: ContractStanding) -> _Words:
    """Say who announced the end; until then all is as it was."""
    giver = standing.row.provider_name if standing.notice_side == "provider" else standing.row.insurer_name
    day = days.format_date(standing.last_day) if standing.last_day else ""
    return _Words(
        [
            _("Notice to end the co-operation was given by: %(name)s.") % {"name": giver},
            _("The last day of co-operation is %(day)s.") % {"day": day},
            *_reason(standing.notice_reason),
        ],
        _("Until that day everything works as before; who gave the notice may take it back."),
        giver,
        day,
    )


def _suspended(standing: ContractStanding, _today: date) -> _Words:
    since = days.format_date(days.local_date(standing.suspended_at)) if standing.suspended_at else ""
    ending = _ending(standing).now if standing.last_day is not None else []
    return _Words(
        [
            _("Co-operation is suspended since %(day)s. New claims are not taken.") % {"day": since},
            *_reason(standing.remark),
            _("Claims sent before can be confirmed, and they are paid as usual."),
            *ending,
        ],
        _("The insurer resumes the co-operation or ends it."),
        _insurer(standing),
        days.format_date(standing.last_day) if standing.last_day else _("no deadline"),
    )


def _ended(standing: ContractStanding, _today: date) -> _Words:
    day = days.format_date(standing.last_day) if standing.last_day else ""
    return _Words(
        [
            _("Co-operation has ended. Its last day was %(day)s.") % {"day": day},
            *_reason(standing.remark),
            _("Claims sent before can be confirmed, and they are paid as usual."),
        ],
        _("The clinic may begin anew; its data and documents are carried over."),
        _clinic(standing),
    )


def _change(change: AccountChangeRow) -> str:
    """Say that another account waits, and for whom."""
    values = {"account": f"…{change.iban[-4:]}", "name": change.contract.insurer_name}
    if change.confirmed_by == "provider":
        return _("A change of the account to %(account)s waits for a second person at the clinic.") % values
    return _("A change of the account to %(account)s waits for: %(name)s.") % values


def _due(due: TermsDue) -> str:
    """Say which text is to be accepted anew, by when, and what is suspended until then."""
    day = days.format_date(due.accept_by) if due.accept_by else ""
    values = {"title": due.newest.title, "version": due.newest.version, "day": day}
    if selectors.suspends_contract(due):
        return _("Suspended: the clinic did not accept version %(version)s by %(day)s: %(title)s.") % values
    if due.is_suspended:
        return _("One area is suspended: version %(version)s not accepted by %(day)s: %(title)s.") % values
    if day:
        return _("The clinic accepts version %(version)s by %(day)s: %(title)s.") % values
    return _("A new version %(version)s waits for the clinic's acceptance: %(title)s.") % values


_WORDS = {
    S.DRAFT: _draft,
    S.OFFERED: _offered,
    S.RETURNED: _returned,
    S.REJECTED: _rejected,
    S.ACTIVE: _active,
    S.SUSPENDED: _suspended,
    S.ENDED: _ended,
}
