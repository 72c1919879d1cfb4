"""Price limits: the most the insurer covers for one unit of a service, today and planned."""

from collections import Counter
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel import days
from ols.kernel.sortkey import search_key
from ols.network import services as network
from ols.plans import selectors, services
from ols.plans.selectors import LimitRow
from ols.web import page
from ols.web.insurer.forms import pricelimit as forms
from ols.web.page import PageRequest


@page.page(Permission.PLAN_EDIT, methods=("GET",))
def pricelimit_list(request: PageRequest) -> HttpResponse:
    """Show the areas with how many limits each has today and how many changes are planned."""
    today = days.local_date(timezone.now())
    rows = []
    for area in catalog.areas():
        found = selectors.limit_rows(request.actor, area_id=area.id, on=today)
        limited = sum(row.limit_gr is not None for row in found)
        planned = sum(len(row.planned) for row in found)
        rows.append({"area": area, "services": len(found), "limited": limited, "planned": planned})
    return page.render(request, "insurer/pricelimit/list.html", {"rows": rows})


@page.page(Permission.PLAN_EDIT)
def pricelimit_edit(request: PageRequest, area: str) -> HttpResponse:
    """Fill in new limits of one area; they count only once the next page is confirmed."""
    today = days.local_date(timezone.now())
    chosen = catalog.area(code=area.upper())
    every = selectors.limit_rows(request.actor, area_id=chosen.id, on=today)
    revision = selectors.limit_revision(insurer_id=request.actor.organization(), area_id=chosen.id)
    form = forms.PriceLimits(every, request.POST or None, today=today, revision=revision.number)
    if request.method == "POST" and form.is_valid():
        change = services.LimitChange(
            chosen.id, form.cleaned_data["valid_from"], form.limits(), form.cleaned_data["revision"]
        )
        try:
            uuid = services.keep_limit_change(actor=request.actor, change=change, at=timezone.now())
        except services.NothingChanges:
            form.add_error(None, _("Nothing changes: type a new limit beside at least one service."))
        else:
            return redirect("insurer:limitchange-show", uuid)
    context = _context(request, form, chosen, every)
    return page.render(request, "insurer/pricelimit/edit.html", context, status=page.form_status(form))


@page.page(Permission.PLAN_EDIT, methods=("GET",))
def pricelimit_history(request: PageRequest, area: str, service: str) -> HttpResponse:
    """Show every limit one service had, has and will have."""
    chosen = catalog.area(code=area.upper())
    offered = catalog.services(area_id=chosen.id, insurer_id=request.actor.organization())
    found = next((row for row in offered if row.code == service), None)
    if found is None:
        raise NotFound
    context = {
        "area": chosen,
        "service": found,
        "rows": selectors.price_limit_history(request.actor, service_id=found.id),
        "today": days.local_date(timezone.now()),
    }
    return page.render(request, "insurer/pricelimit/history.html", context)


@page.page(Permission.PLAN_EDIT, methods=("POST",))
def pricelimit_undo(request: PageRequest, area: str) -> HttpResponse:
    """Take back what was planned for a day."""
    chosen = catalog.area(code=area.upper())
    form = forms.Undo(request.POST)
    if form.is_valid():
        try:
            taken = network.undo_planned_limits(
                actor=request.actor, area_id=chosen.id, at=timezone.now(), **form.cleaned_data
            )
        except services.LimitInPast:
            messages.error(request, _("That day has come: set a new limit instead."))
        else:
            words = ngettext(
                "%(count)s planned change was taken back.",
                "%(count)s planned changes were taken back.",
                taken,
            )
            messages.success(request, words % {"count": taken})
    return redirect("insurer:pricelimit-edit", area)


def _context(
    request: PageRequest, form: forms.PriceLimits, area: catalog.AreaRow, every: list[LimitRow]
) -> dict[str, object]:
    """Return what the grid shows: all rows after a mistake, else those asked for."""
    filters = forms.LimitFilter(request.GET)
    asked = filters.cleaned_data if filters.is_valid() else {"q": "", "shown": ""}
    shown = every if form.errors else [row for row in every if _is_asked(row, **asked)]
    return {
        "form": form,
        "filters": filters,
        "area": area,
        "rows": [{"row": row, **form.typed(row.service.id)} for row in shown],
        "total": len(every),
        "planned": _planned(every),
    }


def _is_asked(row: LimitRow, *, q: str, shown: str) -> bool:
    """Say whether the filter lets the row through."""
    kinds = {
        "": True,
        "limited": row.limit_gr is not None,
        "unlimited": row.limit_gr is None,
        "planned": bool(row.planned),
        "own": row.service.insurer_id is not None,
    }
    return kinds[shown] and search_key(q) in search_key(f"{row.service.code} {row.service.name}")


def _planned(rows: list[LimitRow]) -> list[tuple[date, int]]:
    """Return the days to come with how many limits change on each."""
    return sorted(Counter(day for row in rows for day, _amount in row.planned).items())
