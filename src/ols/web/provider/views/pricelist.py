"""„Cennik usług”: the versions of a co-operation, one of them, taking one back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel import days
from ols.network import selectors
from ols.network.states import PriceListStatus
from ols.web import page
from ols.web.components import line_answers
from ols.web.components.network_words import PRICE_LIST_TAGS
from ols.web.page import PageRequest
from ols.web.provider import contract_pages, price_steps

# From these the grid is opened again: a decided list is the beginning of the next version.
_REOPENED = (PriceListStatus.DRAFT, PriceListStatus.RETURNED, PriceListStatus.ACCEPTED)


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
        "areas": [
            area for area in areas if area.is_open and area.accepted_at is not None and not area.is_closed
        ],
    }
    return page.render(request, "provider/pricelist/list.html", context)


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def pricelist_show(request: PageRequest, uuid: UUID, price_list: UUID) -> HttpResponse:
    """Show one version of an area's prices with its status."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    today = days.local_date(timezone.now())
    talks = selectors.negotiation(request.actor, uuid=str(price_list), on=today)
    grid = talks.grid
    if grid.contract.uuid != detail.row.uuid:
        raise NotFound
    context = {
        **contract_pages.frame(detail, "pricelist-list"),
        "grid": grid,
        "list_tag": PRICE_LIST_TAGS[grid.status],
        "can_withdraw": grid.status == PriceListStatus.SENT and request.actor.has(Permission.PRICELIST_EDIT),
        "can_edit": grid.status in _REOPENED and request.actor.has(Permission.PRICELIST_EDIT),
        "can_answer": grid.status == PriceListStatus.COUNTERED
        and request.actor.has(Permission.PRICELIST_EDIT),
        "lines": [{"row": line.row, "steps": line_answers.history(line)} for line in talks.lines],
        "talks": talks,
    }
    return page.render(request, "provider/pricelist/show.html", context)


@page.page(Permission.PRICELIST_EDIT, methods=("POST",))
def pricelist_withdraw(request: PageRequest, uuid: UUID, price_list: UUID) -> HttpResponse:
    """Take an unanswered list back."""
    price_steps.withdraw(request, str(price_list))
    return redirect("provider:pricelist-show", uuid, price_list)
