"""„Cennik usług”: prices beside the insurer's limits, saved, sent, taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel import days
from ols.network import selectors
from ols.network.states import PriceListStatus
from ols.web import page
from ols.web.components.network_words import PRICE_LIST_TAGS
from ols.web.page import PageRequest
from ols.web.provider import contract_pages, price_steps
from ols.web.provider.forms import posted
from ols.web.provider.forms.pricelist import Prices

EDITABLE = (PriceListStatus.DRAFT, PriceListStatus.RETURNED)


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def pricelist_list(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the price lists of a co-operation, newest first, and the areas where one can be made."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    today = days.local_date(timezone.now())
    areas = selectors.contract_areas(request.actor, uuid=str(uuid), on=today)
    lists = selectors.price_lists(request.actor, contract_uuid=str(uuid))
    context = {
        **contract_pages.frame(detail, "pricelist-list"),
        "badges": contract_pages.badges(request.actor, detail, on=today),
        "lists": [{"row": row, "tag": PRICE_LIST_TAGS[row.status]} for row in lists],
        "areas": [area for area in areas if area.is_open and area.accepted_at is not None],
    }
    return page.render(request, "provider/pricelist/list.html", context)


@page.page(Permission.PRICELIST_EDIT)
def pricelist_edit(request: PageRequest, uuid: UUID, area: str) -> HttpResponse:
    """Fill in the prices of one area; „Wyślij” saves and sends them."""
    today = days.local_date(timezone.now())
    chosen = selectors.contract_area(request.actor, uuid=str(uuid), code=area, on=today)
    if chosen.accepted_at is None:
        return _to_terms(uuid, chosen)
    grid = selectors.price_grid(request.actor, contract_uuid=str(uuid), area_code=area, on=today)
    form = Prices(grid, posted(request))
    if request.method == "POST" and form.is_valid():
        saved = price_steps.keep(request, grid, form)
        if saved is not None and "send" not in request.POST:
            messages.success(request, _("The price list was saved; it was not sent yet."))
            return redirect("provider:pricelist-edit", uuid, area)
        if saved is not None and price_steps.send(request, saved, form):
            return redirect("provider:pricelist-show", uuid, saved)
    if grid.status not in EDITABLE and request.method != "POST":
        return redirect("provider:pricelist-show", uuid, grid.uuid)
    detail = selectors.contract(request.actor, uuid=str(uuid))
    context = {
        **contract_pages.frame(detail, "pricelist-list"),
        "grid": grid,
        "form": form,
        "lines": form.lines(),
    }
    return page.render(request, "provider/pricelist/edit.html", context, status=page.form_status(form))


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def pricelist_show(request: PageRequest, uuid: UUID, price_list: UUID) -> HttpResponse:
    """Show one version of an area's prices with its status."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    grid = selectors.price_list(request.actor, uuid=str(price_list))
    if grid.contract.uuid != detail.row.uuid:
        raise NotFound
    context = {
        **contract_pages.frame(detail, "pricelist-list"),
        "grid": grid,
        "list_tag": PRICE_LIST_TAGS[grid.status],
        "can_withdraw": grid.status == PriceListStatus.SENT and request.actor.has(Permission.PRICELIST_EDIT),
        "can_edit": grid.status != PriceListStatus.SENT and request.actor.has(Permission.PRICELIST_EDIT),
    }
    return page.render(request, "provider/pricelist/show.html", context)


@page.page(Permission.PRICELIST_EDIT, methods=("POST",))
def pricelist_withdraw(request: PageRequest, uuid: UUID, price_list: UUID) -> HttpResponse:
    """Take an unanswered list back."""
    price_steps.withdraw(request, str(price_list))
    return redirect("provider:pricelist-show", uuid, price_list)


def _to_terms(uuid: UUID, area: selectors.ContractArea) -> HttpResponse:
    """Lead to the terms that come before the prices; a closed area has none to accept yet."""
    if area.is_open and area.terms is not None:
        return redirect("provider:terms-show", area.terms.uuid)
    return redirect("provider:contract-areas", uuid)
