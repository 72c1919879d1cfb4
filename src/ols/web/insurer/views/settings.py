"""The insurer's settings: areas it offers, its account and office hours."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import selectors as accounts
from ols.accounts import services as accounts_services
from ols.accounts.permissions import Permission
from ols.kernel import days, identifiers
from ols.network import services
from ols.network.selectors import insurer_setup as selectors
from ols.web import page
from ols.web.components.insurer_account import InsurerAccount
from ols.web.insurer import setup
from ols.web.insurer.forms import settings as forms
from ols.web.page import PageRequest


@page.page(page.SIGNED_IN, methods=("GET",))
def settings_show(request: PageRequest) -> HttpResponse:
    """Open the first part this person may open."""
    parts = setup.tabs(request.actor, "")
    if not parts:
        return page.not_permitted(request, Permission.TERMS_PUBLISH)
    return redirect(parts[0].url)


@page.page(Permission.TERMS_PUBLISH, methods=("GET",))
def area_list(request: PageRequest) -> HttpResponse:
    """Show every area: offered from which day, with which terms."""
    today = days.local_date(timezone.now())
    context = {
        "tabs": setup.tabs(request.actor, "insurer:area-list"),
        "rows": selectors.own_areas(request.actor, on=today),
    }
    return page.render(request, "insurer/settings/areas.html", context)


@page.page(Permission.TERMS_PUBLISH)
def area_open(request: PageRequest, code: str) -> HttpResponse:
    """Set from which day an area is open."""
    today = days.local_date(timezone.now())
    area = selectors.own_area(request.actor, code=code, on=today)
    form = forms.AreaOpening(request.POST or None, today=today, initial={"opens_on": area.opens_on or today})
    if request.method == "POST" and form.is_valid():
        try:
            services.open_area(
                actor=request.actor,
                area_id=area.id,
                opens_on=form.cleaned_data["opens_on"],
                at=timezone.now(),
            )
        except services.AreaOpenAlready:
            messages.warning(request, _("This area is open already. Its day does not change any more."))
        else:
            messages.success(request, _("The day was saved."))
        return redirect("insurer:area-list")
    context = {"area": area, "form": form}
    return page.render(request, "insurer/settings/area.html", context, status=page.form_status(form))


@page.page(Permission.STAFF_MANAGE)
def account_edit(request: PageRequest) -> HttpResponse:
    """Show and change the account benefits are paid from, and the office hours."""
    tabs = setup.tabs(request.actor, "insurer:account-edit")
    own = accounts.organization(organization_id=request.actor.organization())
    initial = {"iban": own.iban, "office_opens": own.office_opens, "office_closes": own.office_closes}
    form = InsurerAccount(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        accounts_services.change_own_account(actor=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The account and the hours were saved."))
        return redirect("insurer:account-edit")
    bank = identifiers.bank_of(own.iban) if own.iban else None
    context = {"tabs": tabs, "form": form, "own": own, "bank_name": bank.name if bank else ""}
    return page.render(request, "insurer/settings/account.html", context, status=page.form_status(form))
