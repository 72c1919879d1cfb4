"""Price limits: the most the insurer covers for one unit of a service."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.kernel import days
from ols.network import services
from ols.plans import selectors
from ols.web import page
from ols.web.insurer.forms.pricelimit import PriceLimits
from ols.web.page import PageRequest


@page.page(Permission.PLAN_EDIT, methods=("GET",))
def pricelimit_list(request: PageRequest) -> HttpResponse:
    """Show the areas with how many limits each has today."""
    today = days.local_date(timezone.now())
    rows = [{"area": area, "count": len(_limits(request, area.id, today))} for area in catalog.areas()]
    return page.render(request, "insurer/pricelimit/list.html", {"rows": rows})


@page.page(Permission.PLAN_EDIT)
def pricelimit_edit(request: PageRequest, area: str) -> HttpResponse:
    """Set the limits of one area from a day on."""
    today = days.local_date(timezone.now())
    chosen = catalog.area(code=area.upper())
    offered = catalog.services(area_id=chosen.id, insurer_id=request.actor.organization_id)
    form = PriceLimits(offered, request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        services.set_price_limits(
            actor=request.actor,
            limits=form.limits(),
            valid_from=form.cleaned_data["valid_from"],
            at=timezone.now(),
        )
        messages.success(request, _("The price limits were saved."))
        return redirect("insurer:pricelimit-edit", area)
    current = _limits(request, chosen.id, today)
    rows = [
        {"service": row, "now_gr": current.get(row.id), "field": form[f"limit-{row.id}"]} for row in offered
    ]
    context = {"form": form, "area": chosen, "rows": rows}
    return page.render(request, "insurer/pricelimit/edit.html", context, status=page.form_status(form))


def _limits(request: PageRequest, area_id: int, today: date) -> dict[int, int]:
    """Return today's limits of the actor's insurer in the area."""
    insurer_id = request.actor.organization()
    return selectors.price_limits(insurer_id=insurer_id, area_id=area_id, on=today)
