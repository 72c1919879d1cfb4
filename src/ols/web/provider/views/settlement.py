"""„Rozliczenia finansowe”: what waits, the reports and their way to the clinic's account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.documents.refusals import FileRefused
from ols.kernel import days, money
from ols.settlement import selectors, services
from ols.settlement.states import StatementStatus as Status
from ols.web import page
from ols.web.components import pages, settlement_words
from ols.web.page import PageRequest
from ols.web.provider.forms import settlement as forms
from ols.workflow.machine import TransitionRefused


@page.page(Permission.SETTLEMENT_VIEW, methods=("GET",))
def settlement_list(request: PageRequest) -> HttpResponse:
    """Show the figures, the claims that wait for a report, and the reports."""
    today = days.local_date(timezone.now())
    form = forms.ReportFilters(request.GET or None)
    filters = form.filters()
    totals = selectors.statement_totals(request.actor, filters=filters)
    listed = pages.paginate(total=totals.count, wanted=request.GET.get("page"))
    rows = selectors.statements(
        request.actor, filters=filters, today=today, offset=listed.offset, limit=listed.size
    )
    waiting = selectors.waiting(request.actor)
    figures = selectors.status_figures(request.actor, today=today)
    context = {
        "form": form,
        "rows": [(row, settlement_words.STATEMENT_TAGS[row.status]) for row in rows],
        "totals": totals,
        "pages": listed,
        "waiting": waiting,
        "waiting_gr": sum(row.total_gr for row in waiting),
        "waiting_count": sum(row.claim_count for row in waiting),
        "owed": figures.of(Status.CONFIRMED, Status.RETURNED, Status.ORDERED),
        "overdue": figures.overdue,
        "paid": figures.of(Status.PAID),
        "query": request.GET.urlencode(),
        "may_confirm": request.actor.has(Permission.SETTLEMENT_CONFIRM),
    }
    return page.render(request, "provider/settlement/list.html", context)


@page.page(Permission.SETTLEMENT_CONFIRM)
def settlement_new(request: PageRequest) -> HttpResponse:
    """Choose insurer and period; the report is then shown before it is confirmed."""
    waiting = selectors.waiting(request.actor)
    form = forms.NewReport(request.POST or None, waiting=waiting, chosen=request.GET.get("insurer", ""))
    if request.method == "POST" and form.is_valid():
        try:
            uuid = services.generate_statement(
                actor=request.actor,
                insurer_uuid=form.cleaned_data["insurer"],
                period_from=form.cleaned_data["period_from"],
                period_to=form.cleaned_data["period_to"],
                at=timezone.now(),
            )
        except services.NothingToSettle:
            form.add_error(None, _("No claim of these days waits for a report. Choose other days."))
        except services.CorrectionsExceedClaims as error:
            text = _("Corrections exceed the claims by %(amount)s. They go on a later report.")
            form.add_error(None, text % {"amount": money.format_amount(-error.amount_gr)})
        else:
            return redirect("provider:settlement-detail", uuid)
    context = {"form": form, "waiting": waiting}
    return page.render(request, "provider/settlement/new.html", context, status=page.form_status(form))


@page.page(Permission.SETTLEMENT_VIEW, methods=("GET",))
def settlement_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show one report: its way, claims, document and history."""
    today = days.local_date(timezone.now())
    detail = selectors.statement(request.actor, uuid=uuid, today=today)
    listed = pages.paginate(total=detail.row.claim_count, wanted=request.GET.get("page"), size=50)
    context = {
        "detail": detail,
        "row": detail.row,
        "tag": settlement_words.STATEMENT_TAGS[detail.row.status],
        "steps": settlement_words.way(detail.row),
        "lines": selectors.statement_lines(request.actor, uuid=uuid, offset=listed.offset, limit=listed.size),
        "pages": listed,
        "events": settlement_words.events(
            detail.history, actor=request.actor, counterpart=detail.row.insurer_name
        ),
    }
    return page.render(request, "provider/settlement/detail.html", context)


@page.page(Permission.SETTLEMENT_CONFIRM, methods=("POST",))
def settlement_confirm(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Confirm the report."""
    try:
        services.confirm_statement(actor=request.actor, uuid=uuid, at=timezone.now())
    except TransitionRefused:
        messages.warning(request, _("The report is not waiting for confirmation any more."))
    except services.StatementOutdated as error:
        text = _("These claims were reversed meanwhile: %(numbers)s. Discard the report and make a new one.")
        messages.error(request, text % {"numbers": ", ".join(error.numbers[:5])})
    except services.TotalsDiffer as error:
        text = _("The lines differ from the total by %(amount)s. Discard the report and make a new one.")
        messages.error(request, text % {"amount": money.format_amount(error.difference_gr)})
    except FileRefused as error:
        reason = _(error.message) % error.params
        messages.error(request, _("The accounting document was not made: %(reason)s") % {"reason": reason})
    else:
        messages.success(request, _("The report is confirmed. The accounting document is ready."))
    return redirect("provider:settlement-detail", uuid)


@page.page(Permission.SETTLEMENT_CONFIRM, methods=("POST",))
def settlement_discard(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Discard a report that was not confirmed."""
    try:
        services.discard_statement(actor=request.actor, uuid=uuid, at=timezone.now())
    except TransitionRefused:
        messages.warning(request, _("The report is not waiting for confirmation any more."))
        return redirect("provider:settlement-detail", uuid)
    messages.success(request, _("The report was discarded. Its claims wait for the next one."))
    return redirect("provider:settlement-list")
