"""A co-operation that lasts, from the insurer's side: suspended, resumed, ended; its history as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.network import selectors, services
from ols.web import page
from ols.web.components import cooperation_history, cooperation_steps
from ols.web.components.cooperation_forms import EndOfCooperation, OptionalRemark, Reason
from ols.web.insurer import cooperation_pages
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@dataclass(frozen=True)
class _Step:
    """A step with words: its page, its form (whose fields the service takes), what is said after it."""

    name: str
    form: type[Reason | OptionalRemark]
    service: Callable[..., None]
    done: str
    late: str


@page.page(Permission.CONTRACT_REVIEW)
def contract_suspend(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take no new claims of the clinic from now on."""
    return _take_step(
        request,
        uuid,
        _Step(
            name="suspend",
            form=Reason,
            service=services.suspend_cooperation,
            done=_("The co-operation is suspended. The clinic has been told."),
            late=_("The co-operation is not active any more."),
        ),
    )


@page.page(Permission.CONTRACT_REVIEW)
def contract_resume(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take claims of the clinic again."""
    return _take_step(
        request,
        uuid,
        _Step(
            name="resume",
            form=OptionalRemark,
            service=services.resume_cooperation,
            done=_("The co-operation goes on. The clinic has been told."),
            late=_("The co-operation is not suspended any more."),
        ),
    )


@page.page(Permission.CONTRACT_REVIEW)
def contract_end(request: PageRequest, uuid: UUID) -> HttpResponse:
    """End the co-operation from a day: day and reason, a page to check them, then it is sent."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    if "terminate" not in detail.standing.actions:
        cooperation_steps.end_is_set(request)
        return redirect("insurer:contract-show", uuid)
    typed = request.POST if request.method == "POST" else None
    form = EndOfCooperation(typed, today=days.local_date(timezone.now()))
    is_valid = "change" not in request.POST and form.is_valid()
    if is_valid and "confirmed" in request.POST:
        told = _("The notice was sent. The clinic has been told.")
        cooperation_steps.announce_end(request, uuid, form, service=services.terminate_cooperation, told=told)
        return redirect("insurer:contract-show", uuid)
    name = "insurer/cooperation/end_check.html" if is_valid else "insurer/cooperation/end.html"
    context = {**cooperation_pages.frame(detail), "form": form}
    return page.render(request, name, context, status=page.form_status(form))


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def contract_end_withdraw(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take the announced end back before its day."""
    cooperation_steps.take_end_back(request, uuid, service=services.cancel_termination)
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
    return cooperation_steps.history_export(request, uuid, kind)


def _take_step(request: PageRequest, uuid: UUID, step: _Step) -> HttpResponse:
    """Ask for the words of a step, take it, and say whether somebody was faster."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    form = step.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            step.service(actor=request.actor, contract_uuid=str(uuid), at=timezone.now(), **form.cleaned_data)
        except TransitionRefused:
            messages.warning(request, step.late)
        else:
            messages.success(request, step.done)
        return redirect("insurer:contract-show", uuid)
    context = {**cooperation_pages.frame(detail), "form": form}
    name = f"insurer/cooperation/{step.name}.html"
    return page.render(request, name, context, status=page.form_status(form))
