"""A co-operation that lasts, from the clinic's side: its end, its contact person, its history as a file."""

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
from ols.web.components import cooperation_steps
from ols.web.components.cooperation_forms import EndOfCooperation
from ols.web.page import PageRequest
from ols.web.provider import contract_pages
from ols.web.provider.forms import cooperation as forms
from ols.web.provider.forms import posted


@page.page(Permission.CONTRACT_OFFER)
def contract_notice(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Give notice: day and reason, a page to check them, then it is sent."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    if "give_notice" not in detail.standing.actions:
        cooperation_steps.end_is_set(request)
        return redirect("provider:contract-history", uuid)
    form = EndOfCooperation(posted(request), today=days.local_date(timezone.now()))
    is_valid = request.method == "POST" and "change" not in request.POST and form.is_valid()
    if is_valid and "confirmed" in request.POST:
        told = _("The notice was sent. The insurer has been told.")
        cooperation_steps.announce_end(request, uuid, form, service=services.give_notice, told=told)
        return redirect("provider:contract-history", uuid)
    name = "provider/cooperation/notice_check.html" if is_valid else "provider/cooperation/notice.html"
    context = {**contract_pages.frame(detail, "contract-history"), "form": form}
    return page.render(request, name, context, status=page.form_status(form))


@page.page(Permission.CONTRACT_OFFER, methods=("POST",))
def contract_notice_withdraw(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take the notice back before its day."""
    cooperation_steps.take_end_back(request, uuid, service=services.withdraw_notice)
    return redirect("provider:contract-history", uuid)


@page.page(Permission.CONTRACT_OFFER)
def contract_contact(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Change the contact person of an accepted co-operation."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    if not contract_pages.is_accepted(detail):
        return redirect("provider:contract-parameters", uuid)
    form = forms.ContactPerson(posted(request), initial=forms.ContactPerson.initial_of(detail))
    if request.method == "POST" and form.is_valid():
        services.change_contact(
            actor=request.actor, contract_uuid=str(uuid), contact=form.contact(), at=timezone.now()
        )
        messages.success(request, _("The contact person was changed. Both addresses have been told."))
        return redirect("provider:contract-parameters", uuid)
    context = {**contract_pages.frame(detail, "contract-parameters"), "form": form}
    return page.render(request, "provider/cooperation/contact.html", context, status=page.form_status(form))


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def contract_history_export(request: PageRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Give „Historia współpracy” to a spreadsheet."""
    return cooperation_steps.history_export(request, uuid, kind)
