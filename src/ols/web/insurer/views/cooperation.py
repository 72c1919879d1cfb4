"""A co-operation that lasts, from the insurer's side: suspended, resumed, ended; its history as a file."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.network import selectors, services
from ols.web import page
from ols.web.components import cooperation_history, exports
from ols.web.components.cooperation_forms import EndOfCooperation, OptionalRemark, Reason
from ols.web.insurer import cooperation_pages
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@page.page(Permission.CONTRACT_REVIEW)
def contract_suspend(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take no new claims of the clinic from now on."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    form = Reason(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.suspend_cooperation(
                actor=request.actor,
                contract_uuid=str(uuid),
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
        except TransitionRefused:
            messages.warning(request, _("The co-operation is not active any more."))
        else:
            messages.success(request, _("The co-operation is suspended. The clinic has been told."))
        return redirect("insurer:contract-show", uuid)
    context = {**cooperation_pages.frame(detail), "form": form}
    return page.render(request, "insurer/cooperation/suspend.html", context, status=page.form_status(form))


@page.page(Permission.CONTRACT_REVIEW)
def contract_resume(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take claims of the clinic again."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    form = OptionalRemark(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.resume_cooperation(
                actor=request.actor,
                contract_uuid=str(uuid),
                remark=form.cleaned_data["remark"],
                at=timezone.now(),
            )
        except TransitionRefused:
            messages.warning(request, _("The co-operation is not suspended any more."))
        else:
            messages.success(request, _("The co-operation goes on. The clinic has been told."))
        return redirect("insurer:contract-show", uuid)
    context = {**cooperation_pages.frame(detail), "form": form}
    return page.render(request, "insurer/cooperation/resume.html", context, status=page.form_status(form))


@page.page(Permission.CONTRACT_REVIEW)
def contract_end(request: PageRequest, uuid: UUID) -> HttpResponse:
    """End the co-operation from a day: day and reason, a page to check them, then it is sent."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    if "terminate" not in detail.standing.actions:
        messages.warning(request, _("The co-operation does not last any more, or its end is announced."))
        return redirect("insurer:contract-show", uuid)
    typed = request.POST if request.method == "POST" else None
    form = EndOfCooperation(typed, today=days.local_date(timezone.now()))
    is_valid = "change" not in request.POST and form.is_valid()
    if is_valid and "confirmed" in request.POST:
        _terminate(request, uuid, form)
        return redirect("insurer:contract-show", uuid)
    name = "insurer/cooperation/end_check.html" if is_valid else "insurer/cooperation/end.html"
    context = {**cooperation_pages.frame(detail), "form": form}
    return page.render(request, name, context, status=page.form_status(form))


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def contract_end_withdraw(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take the announced end back before its day."""
    try:
        services.cancel_termination(actor=request.actor, contract_uuid=str(uuid), at=timezone.now())
    except (services.NoNotice, TransitionRefused):
        messages.warning(request, _("There is no notice of yours that could be taken back."))
    else:
        messages.success(request, _("The notice was taken back. The co-operation goes on."))
    return redirect("insurer:contract-show", uuid)


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def contract_history(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show „Historia współpracy” with this clinic."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    history = selectors.contract_history(request.actor, uuid=str(uuid))
    context = {**cooperation_pages.frame(detail), "events": cooperation_history.timeline(detail, history)}
    return page.render(request, "insurer/cooperation/history.html", context)


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def contract_history_export(request: PageRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Give the history to a spreadsheet."""
    if kind not in exports.KINDS:
        raise Http404
    detail = selectors.contract(request.actor, uuid=str(uuid))
    history = selectors.contract_history(request.actor, uuid=str(uuid))
    return exports.response(cooperation_history.sheet(detail, history), kind)


def _terminate(request: PageRequest, uuid: UUID, form: EndOfCooperation) -> None:
    """Announce the end; say in a message whether it worked."""
    try:
        services.terminate_cooperation(
            actor=request.actor,
            contract_uuid=str(uuid),
            ends_on=form.cleaned_data["ends_on"],
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
    except (services.NoticeGivenAlready, TransitionRefused):
        messages.warning(request, _("The co-operation does not last any more, or its end is announced."))
    else:
        messages.success(request, _("The notice was sent. The clinic has been told."))
