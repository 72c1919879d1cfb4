"""Price lists: each price beside the limit, accepted or returned as a whole (line by line: `pricelines`)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel import days
from ols.network import selectors, services
from ols.web import page
from ols.web.components import exports
from ols.web.insurer import price_export, price_review
from ols.web.insurer.forms import contract as forms
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@page.page(Permission.PRICELIST_REVIEW, methods=("GET",))
def pricelist_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the prices beside the limits, the prices in force and the network's."""
    return price_review.show(request, _talks(request, uuid))


@page.page(Permission.PRICELIST_REVIEW, methods=("GET",))
def pricelist_export(request: PageRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Send the lines that are looked at as a spreadsheet."""
    if kind not in exports.KINDS:
        raise NotFound
    talks = _talks(request, uuid)
    lines = price_review.narrowed(talks, price_review.chosen(request))
    return exports.response(price_export.sheet(talks, lines), kind)


@page.page(Permission.PRICELIST_REVIEW, methods=("POST",))
def pricelist_accept(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Accept every price of the list from its first day."""
    try:
        services.accept_price_list(actor=request.actor, price_list_uuid=str(uuid), at=timezone.now())
    except TransitionRefused:
        messages.warning(request, _("The price list does not wait for an answer any more."))
    except services.ContractNotActive:
        messages.warning(request, _("The co-operation is not active: prices cannot be agreed now."))
    else:
        messages.success(request, _("The price list is accepted. The clinic has been told."))
    return redirect("insurer:pricelist-show", uuid)


@page.page(Permission.PRICELIST_REVIEW, methods=("POST",))
def pricelist_return(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Return the list with remarks."""
    form = forms.PriceListReturn(request.POST)
    talks = _talks(request, uuid)
    if not form.is_valid():
        return price_review.show(request, talks, refusal=form)
    words = form.cleaned_data["remark"]
    try:
        services.return_price_list(
            actor=request.actor, price_list_uuid=str(uuid), remark=words, at=timezone.now()
        )
    except TransitionRefused:
        messages.warning(request, _("The price list does not wait for an answer any more."))
    except services.ContractNotActive:
        messages.warning(request, _("The co-operation is not active: prices cannot be agreed now."))
    else:
        messages.success(request, _("The price list is returned. The clinic has been told."))
    return redirect("insurer:contract-show", talks.grid.contract.uuid)


def _talks(request: PageRequest, uuid: UUID) -> selectors.Negotiation:
    """Return the list line by line."""
    return selectors.negotiation(request.actor, uuid=str(uuid), on=days.local_date(timezone.now()))
