"""Another bank account for a co-operation: asked by one person, confirmed or refused by another."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.kernel import identifiers
from ols.network import selectors, services
from ols.web import page
from ols.web.components import account_words
from ols.web.components.cooperation_forms import Reason
from ols.web.page import PageRequest
from ols.web.provider import contract_pages
from ols.web.provider.forms import cooperation as forms
from ols.web.provider.forms import posted


@page.page(Permission.ACCOUNT_CHANGE)
def account_new(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Ask to be paid to another account."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    if not contract_pages.is_accepted(detail):
        return redirect("provider:contract-parameters", uuid)
    if detail.standing.change is not None:
        messages.warning(request, _("A change of the account waits already. Decide it first."))
        return redirect("provider:account-show", detail.standing.change.uuid)
    form = forms.NewAccount(posted(request))
    if request.method == "POST" and form.is_valid():
        change = _asked(request, uuid, form)
        if change is not None:
            messages.success(request, _("The wish was sent. Both sides have been told."))
            return redirect("provider:account-show", change)
    context = {**contract_pages.frame(detail, "contract-parameters"), "form": form}
    return page.render(request, "provider/account/new.html", context, status=page.form_status(form))


@page.page(Permission.CONTRACT_OFFER, methods=("POST",))
def account_bank(request: PageRequest) -> HttpResponse:
    """Say which bank keeps the account being typed (for pages with scripts)."""
    try:
        bank = identifiers.bank_of(identifiers.parse_nrb(request.POST.get("iban", "")))
    except identifiers.IdentifierError:
        return page.render(request, "provider/account/_bank.html", {})
    return page.render(request, "provider/account/_bank.html", {"bank": bank, "is_right": True})


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def account_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show one change of the account with what one may do about it."""
    return _show(request, uuid, Reason())


@page.page(Permission.ACCOUNT_CHANGE, methods=("POST",))
def account_confirm(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Confirm as the second person."""
    account_words.confirm(request, uuid)
    return redirect("provider:account-show", uuid)


@page.page(Permission.ACCOUNT_CHANGE, methods=("POST",))
def account_refuse(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Refuse with a reason."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _show(request, uuid, form)
    account_words.refuse(request, uuid, form.cleaned_data["reason"])
    return redirect("provider:account-show", uuid)


@page.page(Permission.ACCOUNT_CHANGE, methods=("POST",))
def account_withdraw(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take one's own wish back."""
    account_words.withdraw(request, uuid)
    return redirect("provider:account-show", uuid)


def _show(request: PageRequest, uuid: UUID, form: Reason) -> HttpResponse:
    """Render the change with the form to refuse it."""
    row = selectors.account_change(request.actor, uuid=str(uuid))
    detail = selectors.contract(request.actor, uuid=row.contract.uuid)
    context = {
        **contract_pages.frame(detail, "contract-parameters"),
        **account_words.context(row),
        "form": form,
    }
    return page.render(request, "provider/account/show.html", context, status=page.form_status(form))


def _asked(request: PageRequest, contract: UUID, form: forms.NewAccount) -> UUID | None:
    """Ask; say on the form why not."""
    try:
        return services.ask_account_change(
            actor=request.actor,
            contract_uuid=str(contract),
            iban=form.cleaned_data["iban"],
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
    except services.SameAccount:
        form.add_error("iban", _("New bank account: this is the account used now."))
    except services.ChangeWaitsAlready:
        form.add_error(None, _("A change of the account waits already. Decide it first."))
    return None
