"""What the insurer owes, and the payment files that pay it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.documents import selectors as documents
from ols.documents.refusals import FileRefused
from ols.kernel import days
from ols.settlement import selectors, services
from ols.web import page
from ols.web.components import downloads, pages, settlement_words
from ols.web.insurer.forms import payment as forms
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@page.page(Permission.PAYMENT_VIEW)
def payment_list(request: PageRequest) -> HttpResponse:
    """Show what is due and the payment files; a POST prepares a file from what is ticked."""
    today = days.local_date(timezone.now())
    due = selectors.due_statements(request.actor, today=today)
    form = forms.NewPaymentFile(request.POST or None, due=due, today=today)
    if request.method == "POST":
        # Whoever may not prepare learns that before anything about the form.
        request.actor.require(Permission.PAYMENT_PREPARE)
    if request.method == "POST" and form.is_valid():
        uuid = _prepare(request, form)
        if uuid is not None:
            return redirect("insurer:payment-detail", uuid)
    context = _list_context(request, due, form)
    return page.render(request, "insurer/payment/list.html", context, status=page.form_status(form))


@page.page(Permission.PAYMENT_VIEW, methods=("GET",))
def payment_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show one payment file with its transfers, and what may be done with it."""
    detail = selectors.batch(request.actor, uuid=uuid)
    context = {
        "detail": detail,
        "row": detail.row,
        "tag": settlement_words.BATCH_TAGS[detail.row.status],
        "events": settlement_words.events(detail.history, actor=request.actor, counterpart=""),
    }
    return page.render(request, "insurer/payment/detail.html", context)


@page.page(Permission.PAYMENT_APPROVE, methods=("POST",))
def payment_approve(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Approve as the second person."""
    try:
        services.approve_batch(actor=request.actor, uuid=uuid, at=timezone.now())
    except services.SamePerson:
        messages.error(request, _("You prepared this file. Another person approves it."))
    except services.ExecutionDayRefused:
        messages.error(request, _("The execution day has passed. Cancel the file and prepare a new one."))
    except TransitionRefused:
        messages.warning(request, _("The file is not waiting for approval any more."))
    except (FileRefused, services.PaymentFileInvalid) as error:
        messages.error(request, _("The file was not made: %(reason)s") % {"reason": _reason(error)})
    else:
        messages.success(request, _("The file is approved. Download it and send it to the bank."))
    return redirect("insurer:payment-detail", uuid)


@page.page(Permission.PAYMENT_PREPARE, methods=("POST",))
def payment_cancel(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Cancel a file that was not approved."""
    try:
        services.cancel_batch(actor=request.actor, uuid=uuid, at=timezone.now())
    except TransitionRefused:
        messages.warning(request, _("The file is not waiting for approval any more."))
    else:
        messages.success(request, _("The file is cancelled. Its reports are due again."))
    return redirect("insurer:payment-detail", uuid)


@page.page(Permission.PAYMENT_VIEW, methods=("GET",))
def payment_file(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Download the pain.001 file of an approved batch."""
    stored = selectors.batch_file(request.actor, uuid=uuid)
    return downloads.attachment(documents.open_document(actor=request.actor, uuid=str(stored)))


def _prepare(request: PageRequest, form: forms.NewPaymentFile) -> UUID | None:
    """Prepare the file, or put on the form why not."""
    try:
        return services.prepare_batch(
            actor=request.actor,
            statement_uuids=form.cleaned_data["statements"],
            execution_on=form.cleaned_data["execution_on"],
            at=timezone.now(),
        )
    except services.ExecutionDayRefused:
        form.add_error("execution_on", _("Execution day: choose a working day, today or later."))
    except services.StatementNotPayable as error:
        text = _("Report %(number)s is in another payment file already.")
        form.add_error(None, text % {"number": error.number})
    except services.OwnAccountMissing:
        form.add_error(None, _("Your own bank account is not known yet. Ask the operator to enter it."))
    except FileRefused as error:
        form.add_error(None, _reason(error))
    return None


def _reason(error: FileRefused | services.PaymentFileInvalid) -> str:
    return _(error.message) % error.params if isinstance(error, FileRefused) else "; ".join(error.errors)


def _list_context(
    request: PageRequest, due: list[selectors.DueRow], form: forms.NewPaymentFile
) -> dict[str, Any]:
    chosen = form.chosen()
    listed = pages.paginate(total=selectors.batch_count(request.actor), wanted=request.GET.get("page"))
    batches = selectors.batches(request.actor, offset=listed.offset, limit=listed.size)
    check = selectors.ledger_check(request.actor)
    overdue = [row for row in due if row.days_left < 0]
    return {
        "form": form,
        "due": [(row, str(row.uuid) in chosen) for row in due],
        "due_gr": sum(row.total_gr for row in due),
        "overdue_gr": sum(row.total_gr for row in overdue),
        "overdue_count": len(overdue),
        "batches": [(row, settlement_words.BATCH_TAGS[row.status]) for row in batches],
        "pages": listed,
        "check": check,
        "stages": [(settlement_words.STAGES[row.stage], row) for row in check.rows],
        "open_count": len(selectors.open_entries(request.actor)),
        "may_prepare": request.actor.has(Permission.PAYMENT_PREPARE),
    }
