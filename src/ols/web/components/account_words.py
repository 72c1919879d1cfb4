"""Changes of a clinic's account in words, and what the pages of both sides ask of the services."""

from uuid import UUID

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from ols.kernel import identifiers
from ols.network import services
from ols.network.selectors import AccountChangeRow
from ols.network.states import AccountChangeStatus
from ols.web.components.shapes import SummaryRow, Tag
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused

TAGS = {
    AccountChangeStatus.WAITING: Tag(
        pgettext_lazy("change of account", "Waiting for confirmation"), "info", "hourglass"
    ),
    AccountChangeStatus.CONFIRMED: Tag(pgettext_lazy("change of account", "Confirmed"), "ok", "circle-check"),
    AccountChangeStatus.REFUSED: Tag(pgettext_lazy("change of account", "Refused"), "bad", "circle-x"),
    AccountChangeStatus.WITHDRAWN: Tag(
        pgettext_lazy("change of account", "Taken back"), "plain", "rotate-ccw"
    ),
}


def context(row: AccountChangeRow) -> dict[str, object]:
    """Return what both sides' pages of one change show."""
    return {"change": row, "change_tag": TAGS[row.status], "rows": _rows(row)}


def confirm(request: PageRequest, uuid: UUID) -> None:
    """Confirm; say in a message whether it worked."""
    try:
        services.confirm_account_change(actor=request.actor, change_uuid=str(uuid), at=timezone.now())
    except TransitionRefused:
        messages.warning(request, _decided())
    except services.NotTheSecondPerson:
        messages.error(request, _("Somebody else confirms this change. You may see it only."))
    else:
        messages.success(request, _("The new account counts from now on. Both sides have been told."))


def refuse(request: PageRequest, uuid: UUID, reason: str) -> None:
    """Refuse; say in a message whether it worked."""
    try:
        services.refuse_account_change(
            actor=request.actor, change_uuid=str(uuid), reason=reason, at=timezone.now()
        )
    except TransitionRefused:
        messages.warning(request, _decided())
    except services.NotTheSecondPerson:
        messages.error(request, _("You asked for this change yourself: take it back instead."))
    else:
        messages.success(request, _("The change was refused. The account stays as it was."))


def withdraw(request: PageRequest, uuid: UUID) -> None:
    """Take one's own wish back; say in a message whether it worked."""
    try:
        services.withdraw_account_change(actor=request.actor, change_uuid=str(uuid), at=timezone.now())
    except TransitionRefused:
        messages.warning(request, _decided())
    except services.NotTheRequester:
        messages.error(request, _("Only who asked for the change takes it back. You may refuse it."))
    else:
        messages.success(request, _("The wish was taken back. The account stays as it was."))


def _decided() -> str:
    """Say that somebody was faster."""
    return _("The change was decided meanwhile. Its result is below.")


def _rows(row: AccountChangeRow) -> list[SummaryRow]:
    """Return the change as facts."""
    moment = "%d.%m.%Y %H:%M"
    decided = timezone.localtime(row.decided_at).strftime(moment) if row.decided_at else ""
    found = [
        SummaryRow(_("Account before"), identifiers.format_nrb(row.old_iban).removeprefix("PL")),
        SummaryRow(_("New bank account"), identifiers.format_nrb(row.iban).removeprefix("PL")),
        SummaryRow(_("Bank"), row.bank_name),
        SummaryRow(_("Reason"), row.reason),
        SummaryRow(
            _("Asked by"), f"{row.requested_by}, {timezone.localtime(row.requested_at).strftime(moment)}"
        ),
    ]
    if row.decided_at:
        found.append(SummaryRow(_("Decided by"), f"{row.decided_by}, {decided}"))
    if row.remark:
        found.append(SummaryRow(_("Reason of the refusal"), row.remark))
    return found
