"""Price lists: each price beside the limit, then accepted or returned as a whole."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.network import selectors, services
from ols.network.states import PRICE_LIST
from ols.web import page
from ols.web.components import network_words
from ols.web.insurer.forms import contract as forms
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@page.page(Permission.PRICELIST_REVIEW, methods=("GET",))
def pricelist_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the prices beside the limits and the prices in force."""
    return _show(request, uuid, forms.PriceListReturn())


@page.page(Permission.PRICELIST_REVIEW, methods=("POST",))
def pricelist_accept(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Accept every price of the list from its first day."""
    try:
        services.accept_price_list(actor=request.actor, price_list_uuid=str(uuid), at=timezone.now())
    except TransitionRefused:
        messages.warning(request, _("The price list does not wait for an answer any more."))
    else:
        messages.success(request, _("The price list is accepted. The clinic has been told."))
    return redirect("insurer:pricelist-show", uuid)


@page.page(Permission.PRICELIST_REVIEW, methods=("POST",))
def pricelist_return(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Return the list with remarks."""
    form = forms.PriceListReturn(request.POST)
    if not form.is_valid():
        return _show(request, uuid, form)
    grid = selectors.price_list(request.actor, uuid=str(uuid))
    try:
        services.return_price_list(
            actor=request.actor,
            price_list_uuid=str(uuid),
            remark=form.cleaned_data["remark"],
            at=timezone.now(),
        )
    except TransitionRefused:
        messages.warning(request, _("The price list does not wait for an answer any more."))
    else:
        messages.success(request, _("The price list is returned. The clinic has been told."))
    return redirect("insurer:contract-show", grid.contract.uuid)


def _show(request: PageRequest, uuid: UUID, form: forms.PriceListReturn) -> HttpResponse:
    """Render the list with the form to return it."""
    grid = selectors.price_list(request.actor, uuid=str(uuid))
    context = {
        "grid": grid,
        "tag": network_words.PRICE_LIST_TAGS[grid.status],
        "waits": "accept" in PRICE_LIST.actions_from(grid.status, request.actor),
        "over": sum(1 for row in grid.rows if row.over_gr is not None and row.over_gr > 0),
        "form": form,
    }
    return page.render(request, "insurer/pricelist/show.html", context, status=page.form_status(form))
