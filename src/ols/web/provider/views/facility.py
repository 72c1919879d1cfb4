"""The clinic's own data: shown, changed, confirmed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.kernel import identifiers
from ols.registry import selectors, services
from ols.web import page
from ols.web.components.shapes import SummaryRow
from ols.web.page import PageRequest
from ols.web.provider.forms import facility as forms
from ols.web.provider.forms import posted


@page.page(Permission.FACILITY_VIEW)
def facility_show(request: PageRequest) -> HttpResponse:
    """Show the data; who may edit them confirms („Potwierdzam poprawność danych”) and goes on."""
    row = selectors.own_facility(request.actor)
    may_edit = request.actor.has(Permission.FACILITY_EDIT)
    confirmed = selectors.data_confirmation(request.actor)
    form = forms.ConfirmData(posted(request), initial={"confirmed": confirmed is not None})
    if request.method == "POST" and form.is_valid():
        services.confirm_data(actor=request.actor, at=timezone.now())
        return redirect("provider:service-terms")
    context = {
        "form": form,
        "rows": _summary(row, may_edit=may_edit),
        "confirmed_at": confirmed.at if confirmed else None,
        "may_edit": may_edit,
    }
    return page.render(request, "provider/facility/show.html", context, status=page.form_status(form))


@page.page(Permission.FACILITY_EDIT)
def facility_edit(request: PageRequest) -> HttpResponse:
    """Change the data; they are to be confirmed again then."""
    row = selectors.own_facility(request.actor)
    form = forms.EditData(posted(request), initial=forms.EditData.initial_of(row))
    if request.method == "POST" and form.is_valid():
        services.update_facility(actor=request.actor, data=form.data_of_facility(), at=timezone.now())
        messages.success(request, _("The data were saved. Check and confirm them."))
        return redirect("provider:facility-show")
    context = {"form": form, "back": reverse("provider:facility-show")}
    return page.render(request, "provider/facility/edit.html", context, status=page.form_status(form))


def _summary(row: selectors.FacilityRow, *, may_edit: bool) -> list[SummaryRow]:
    """Return the data as a list; what comes from the register is not changed here."""
    edit = reverse("provider:facility-edit") if may_edit else ""
    return [
        SummaryRow(_("Entity"), row.organization_name),
        SummaryRow("NIP", identifiers.format_nip(row.nip)),
        SummaryRow(_("Register book number"), row.register_book_no),
        SummaryRow(_("Name of the clinic"), row.name, edit),
        SummaryRow(_("Address"), f"{row.street}, {row.postal_code} {row.city}", edit),
        SummaryRow(_("Phone"), identifiers.format_phone(row.phone) if row.phone else "", edit),
        SummaryRow(_("E-mail"), row.email, edit),
    ]
