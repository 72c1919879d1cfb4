"""Services the insurer adds to an area for its own network: added, renamed, retired, never deleted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.catalog import services
from ols.kernel import days
from ols.network import services as network
from ols.network.selectors import retired
from ols.web import page
from ols.web.insurer import procedures
from ols.web.insurer.forms import ownservice as forms
from ols.web.page import PageRequest


@page.page(Permission.PLAN_EDIT)
def ownservice_list(request: PageRequest, area: str) -> HttpResponse:
    """Show the area's own services, and add one."""
    chosen = catalog.area(code=area.upper())
    form = forms.NewService(procedures.taken(request.POST), has_dictionary=procedures.is_loaded())
    if request.method == "POST" and form.is_valid():
        service = form.service(form.cleaned_data["code"])
        try:
            services.add_own_service(
                actor=request.actor, area_id=chosen.id, service=service, at=timezone.now()
            )
        except services.ServiceCodeTaken:
            form.add_error("code", _("Code: another service has it. Choose another one."))
        except services.ServiceRefused as error:
            procedures.explain(form, error)
        else:
            messages.success(request, _("The service was added. Clinics see it in their price lists."))
            return redirect("insurer:ownservice-list", area)
    context = {
        "form": form,
        "area": chosen,
        "rows": catalog.own_services(request.actor, area_id=chosen.id),
        "today": days.local_date(timezone.now()),
    }
    return page.render(request, "insurer/ownservice/list.html", context, status=page.form_status(form))


@page.page(Permission.PLAN_EDIT)
def ownservice_edit(request: PageRequest, service: str) -> HttpResponse:
    """Change name, unit and ICD-9-PL code; what was agreed keeps its words."""
    row = catalog.own_service(request.actor, code=service)
    initial = {"name": row.name, "unit": row.unit, "icd9": row.icd9}
    form = forms.Service(
        procedures.taken(request.POST), initial=initial, has_dictionary=procedures.is_loaded()
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_own_service(actor=request.actor, service=form.service(row.code), at=timezone.now())
        except services.ServiceRefused as error:
            procedures.explain(form, error)
        else:
            messages.success(request, _("The service was saved."))
            return redirect("insurer:ownservice-list", _area_of(row).lower())
    return _shown(request, row, form, None)


@page.page(Permission.PLAN_EDIT, methods=("POST",))
def ownservice_retire(request: PageRequest, service: str) -> HttpResponse:
    """Retire a service from a day, or offer it on before that day."""
    row, today = catalog.own_service(request.actor, code=service), days.local_date(timezone.now())
    form = forms.Retirement(request.POST, today=today)
    is_back = "keep" in request.POST
    if not is_back and not form.is_valid():
        return _shown(request, row, None, form)
    day = None if is_back else form.cleaned_data["retired_on"]
    try:
        network.retire_own_service(actor=request.actor, code=row.code, retired_on=day, at=timezone.now())
    except services.RetirementInPast:
        messages.error(request, _("The service is retired already. Add a new one with another code."))
    else:
        kept = _("The service is offered on.")
        messages.success(request, kept if is_back else _("The service will be retired on that day."))
    return redirect("insurer:ownservice-list", _area_of(row).lower())


@page.page(Permission.PLAN_EDIT, methods=("GET",))
def procedure_find(request: PageRequest) -> HttpResponse:
    """Suggest ICD-9-PL codes for what is typed, by code or by name."""
    found = procedures.suggested(request.GET.get("icd9", "")[:80])
    return page.render(request, "insurer/ownservice/_options.html", {"found": found})


def _shown(
    request: PageRequest,
    row: catalog.ServiceRow,
    form: forms.Service | None,
    retirement: forms.Retirement | None,
) -> HttpResponse:
    """Show one service with both its forms."""
    today = days.local_date(timezone.now())
    wrong = retirement or form
    initial = {"name": row.name, "unit": row.unit, "icd9": row.icd9}
    context = {
        "form": form or forms.Service(initial=initial, has_dictionary=procedures.is_loaded()),
        "retirement": retirement or forms.Retirement(today=today),
        "service": row,
        "area_code": _area_of(row),
        "clinics": retired.clinics_with_price(request.actor, service_id=row.id, on=row.retired_on or today),
        "is_retired": row.retired_on is not None and row.retired_on <= today,
    }
    status = page.form_status(wrong) if wrong else 200
    return page.render(request, "insurer/ownservice/edit.html", context, status=status)


def _area_of(row: catalog.ServiceRow) -> str:
    return next(area.code for area in catalog.areas() if area.id == row.area_id)
