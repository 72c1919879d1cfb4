"""The insurer's settings: its account and office hours (areas: `areas`)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import selectors as accounts
from ols.accounts import services as accounts_services
from ols.accounts.permissions import Permission
from ols.kernel import identifiers
from ols.web import page
from ols.web.components.insurer_account import InsurerAccount
from ols.web.insurer import setup
from ols.web.page import PageRequest


@page.page(page.SIGNED_IN, methods=("GET",))
def settings_show(request: PageRequest) -> HttpResponse:
    """Open the first part this person may open."""
    parts = setup.tabs(request.actor, "")
    if not parts:
        return page.not_permitted(request, Permission.TERMS_PUBLISH)
    return redirect(parts[0].url)


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
