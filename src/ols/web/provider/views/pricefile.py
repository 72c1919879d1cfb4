"""Prices from a file or the clipboard into the grid, and the grid as a file."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel import days
from ols.network import selectors
from ols.web import page
from ols.web.components import exports
from ols.web.page import PageRequest
from ols.web.provider import contract_pages, price_files, price_grid
from ols.web.provider.forms import posted, posted_files
from ols.web.provider.forms.pricefile import PriceFile


@page.page(Permission.PRICELIST_EDIT)
def pricelist_import(request: PageRequest, uuid: UUID, area: str) -> HttpResponse:
    """Read a file, show what it would change; the next step takes it over into the draft."""
    sheet = price_grid.sheet_of(request, uuid, area, on=days.local_date(timezone.now()))
    detail = selectors.contract(request.actor, uuid=str(uuid))
    form = PriceFile(posted(request), posted_files(request))
    preview = price_files.preview(sheet, form) if request.method == "POST" and form.is_valid() else None
    context = {
        **contract_pages.frame(detail, "pricelist-list"),
        "grid": sheet.grid,
        "sheet": sheet,
        "form": form,
        "preview": preview,
        "tab": price_grid.new_tab(),
    }
    status = page.form_status(form) if preview is None else HTTPStatus.OK
    return page.render(request, "provider/pricelist/import.html", context, status=status)


@page.page(Permission.PRICELIST_EDIT, methods=("GET",))
def pricelist_export(request: PageRequest, uuid: UUID, area: str, kind: str) -> HttpResponse:
    """Give the grid with every service, limit, price now and price typed: to fill in and read back."""
    if kind not in exports.KINDS:
        raise Http404
    sheet = price_grid.sheet_of(request, uuid, area, on=days.local_date(timezone.now()))
    return exports.response(price_files.grid_table(sheet), kind)


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def pricelist_file(request: PageRequest, uuid: UUID, price_list: UUID, kind: str) -> HttpResponse:
    """Give one version of the prices, sent or accepted."""
    grid = selectors.price_list(request.actor, uuid=str(price_list))
    if kind not in exports.KINDS or grid.contract.uuid != str(uuid):
        raise NotFound
    return exports.response(price_files.list_table(grid), kind)
