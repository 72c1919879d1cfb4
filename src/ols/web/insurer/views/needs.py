"""How many clinics the insurer wants, area by area and voivodeship by voivodeship."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel import days
from ols.network import services
from ols.network.selectors import dashboard, need_imports
from ols.registry import geography
from ols.web import page
from ols.web.components import exports
from ols.web.insurer import setup
from ols.web.insurer.forms.network import Needs, field_name
from ols.web.page import PageRequest

_COLUMNS = (
    exports.Column(gettext_lazy("Voivodeship")),
    exports.Column(gettext_lazy("Area")),
    exports.Column(gettext_lazy("Clinics now"), exports.NUMBER),
    exports.Column(gettext_lazy("Clinics wanted"), exports.NUMBER),
    exports.Column(gettext_lazy("Missing clinics"), exports.NUMBER),
)


@page.page(Permission.NETWORK_SETUP)
def needs_edit(request: PageRequest) -> HttpResponse:
    """Show and change the needs."""
    kept = dashboard.needs(request.actor)
    initial = {field_name(place, area): wanted for (place, area), wanted in kept.items()}
    form = Needs(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        count = services.set_needs(actor=request.actor, needs=form.needs(), at=timezone.now())
        words = ngettext("%(count)s need was changed.", "%(count)s needs were changed.", count)
        messages.success(request, words % {"count": count} if count else _("Nothing was changed."))
        return redirect("insurer:needs-edit")
    context = {
        "tabs": setup.tabs(request.actor, "insurer:needs-edit"),
        "form": form,
        "areas": catalog.areas(),
        "rows": form.rows(),
        "last": need_imports.last_need_import(request.actor),
    }
    return page.render(request, "insurer/needs/edit.html", context, status=page.form_status(form))


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def needs_export(request: PageRequest, kind: str) -> HttpResponse:
    """Send the clinics against the needs as a spreadsheet."""
    if kind not in exports.KINDS:
        raise NotFound
    places = geography.voivodeships()
    rows = dashboard.coverage(request.actor, voivodeships=tuple(places), on=days.local_date(timezone.now()))
    cells = [
        (places[row.voivodeship], cell.area.name, cell.there, cell.wanted, cell.short)
        for row in rows
        for cell in row.cells
    ]
    return exports.response(exports.Sheet("network-needs", _COLUMNS, cells), kind)
