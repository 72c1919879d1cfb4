"""Before a price list is sent: what is in it, each point with a way back, then „Wyślij”."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.network import selectors
from ols.network.states import PriceListStatus
from ols.web import page
from ols.web.page import PageRequest
from ols.web.provider import contract_pages, price_grid, price_outlook, price_steps

EDITABLE = (PriceListStatus.DRAFT, PriceListStatus.RETURNED)


@page.page(Permission.PRICELIST_EDIT)
def pricelist_check(request: PageRequest, uuid: UUID, area: str) -> HttpResponse:
    """Show what would be sent; „Wyślij” sends it."""
    sheet = price_grid.sheet_of(request, uuid, area, on=days.local_date(timezone.now()))
    if sheet.grid.uuid and sheet.grid.status not in EDITABLE:
        return redirect("provider:pricelist-show", uuid, sheet.grid.uuid)
    obstacles = price_outlook.obstacles(sheet)
    if request.method == "POST" and not obstacles:
        obstacles = [price_grid.Problem(text, "") for text in price_steps.send(request, sheet.grid.uuid)]
        if not obstacles:
            return redirect("provider:pricelist-show", uuid, sheet.grid.uuid)
    detail = selectors.contract(request.actor, uuid=str(uuid))
    context = {
        **contract_pages.frame(detail, "pricelist-list"),
        "grid": sheet.grid,
        "sheet": sheet,
        "rows": price_outlook.summary(sheet),
        "badge": price_outlook.badge(sheet),
        "over": price_outlook.rows_over(sheet),
        "dropped": price_outlook.rows_dropped(sheet),
        "obstacles": obstacles,
        "has_errors": bool(obstacles) and request.method == "POST",
    }
    status = 422 if obstacles and request.method == "POST" else 200
    return page.render(request, "provider/pricelist/check.html", context, status=status)
