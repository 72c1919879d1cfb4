"""„Cennik usług”: the grid of an area, saved as one types; then checked and sent."""

from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.network import selectors
from ols.network.states import PriceListStatus
from ols.web import page
from ols.web.components import area_words
from ols.web.page import PageRequest
from ols.web.provider import contract_pages, price_grid, price_words

EDITABLE = (PriceListStatus.DRAFT, PriceListStatus.RETURNED)


@page.page(Permission.PRICELIST_EDIT)
def pricelist_edit(request: PageRequest, uuid: UUID, area: str) -> HttpResponse:
    """Type the prices of one area; every button saves first."""
    today = days.local_date(timezone.now())
    chosen = selectors.contract_area(request.actor, uuid=str(uuid), code=area, on=today)
    if chosen.accepted_at is None:
        return _to_terms(uuid, chosen)
    sheet = price_grid.sheet_of(request, uuid, area, on=today)
    if request.method == "POST":
        kept = price_grid.keep(request, uuid, area, version=sheet.version)
        return _saved(request, price_grid.sheet_of(request, uuid, area, on=today), kept)
    if sheet.grid.status not in EDITABLE:
        return redirect("provider:pricelist-show", uuid, sheet.grid.uuid)
    if chosen.is_closed and not chosen.list_uuid:
        messages.info(request, area_words.closed_since(chosen.days))
        return redirect("provider:pricelist-list", uuid)
    return _show(request, sheet, None)


@page.page(Permission.PRICELIST_EDIT, methods=("POST",))
def pricelist_save(request: PageRequest, uuid: UUID, area: str) -> HttpResponse:
    """Save the rows that were changed, for the grid's script."""
    kept = price_grid.keep(request, uuid, area, version=0)
    if kept.refusal:
        return JsonResponse({"refusal": kept.refusal}, status=HTTPStatus.CONFLICT)
    sheet = price_grid.sheet_of(request, uuid, area, on=days.local_date(timezone.now()))
    return JsonResponse(price_grid.answer(sheet, kept, request.POST))


def _saved(request: PageRequest, sheet: selectors.PriceSheet, kept: price_grid.Kept) -> HttpResponse:
    """Go where the button leads; stay where something is left to mend."""
    is_stopped = bool(kept.refusal or kept.conflicts)
    if "filter" in request.POST and not is_stopped:
        wanted = {name: request.POST.get(name, "") for name in ("q", "show")}
        return redirect(f"{request.path}?{urlencode(wanted)}")
    if is_stopped or price_grid.problems(sheet, kept, price_grid.first_day(sheet, kept)):
        return _show(request, sheet, kept)
    place = [sheet.grid.contract.uuid, sheet.grid.area.code]
    if "check" in request.POST:
        return redirect("provider:pricelist-check", *place)
    messages.success(request, _("The price list was saved; it was not sent yet."))
    return redirect("provider:pricelist-edit", *place)


def _show(request: PageRequest, sheet: selectors.PriceSheet, kept: price_grid.Kept | None) -> HttpResponse:
    """Show the grid; after a save that left something to mend, with what it is."""
    detail = selectors.contract(request.actor, uuid=sheet.grid.contract.uuid)
    # After a save that left something to mend every row is shown: what is wrong must not be hidden.
    query, which = ("", "") if kept else (request.GET.get("q", "")[:100], request.GET.get("show", ""))
    first_day = price_grid.first_day(sheet, kept)
    problems = price_grid.problems(sheet, kept, first_day)
    rows = price_grid.shown_rows(sheet, kept, query=query, which=which)
    context = {
        **contract_pages.frame(detail, "pricelist-list"),
        "sheet": sheet,
        "grid": sheet.grid,
        "form": first_day,
        "rows": rows,
        "nothing_shown": all(row.is_hidden for row in rows),
        "counters": price_words.counters(sheet),
        "query": query,
        "which": which,
        "choices": _choices(),
        "problems": problems if kept else [],
        "why_unsent": area_words.why_unsent(sheet.grid.closed) if sheet.grid.closed else "",
        "tab": request.POST.get("tab") or price_grid.new_tab(),
    }
    return page.render(
        request,
        "provider/pricelist/edit.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if kept and problems else HTTPStatus.OK,
    )


def _choices() -> list[tuple[str, str]]:
    """Return which rows can be looked at."""
    return [
        (price_grid.ALL, _("All services")),
        (price_grid.WRONG, _("Only with errors")),
        (price_grid.OVER, _("Only above the limit")),
        (price_grid.EMPTY, _("Only without a price")),
    ]


def _to_terms(uuid: UUID, area: selectors.ContractArea) -> HttpResponse:
    """Lead to the terms that come before the prices; a closed area has none to accept yet."""
    if area.is_open and area.terms is not None:
        return redirect("provider:terms-show", area.terms.uuid)
    return redirect(reverse("provider:contract-areas", args=[uuid]))
