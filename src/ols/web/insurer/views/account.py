"""Changes of a clinic's bank account that the insurer confirms or refuses."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from ols.accounts.permissions import Permission
from ols.network import selectors
from ols.web import page
from ols.web.components import account_words
from ols.web.components.cooperation_forms import Reason
from ols.web.insurer import cooperation_pages
from ols.web.page import PageRequest


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def account_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show one change of the account with what one may do about it."""
    return _show(request, uuid, Reason())


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def account_confirm(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Confirm where the clinic has no second person."""
    account_words.confirm(request, uuid)
    return redirect("insurer:account-show", uuid)


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def account_refuse(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Refuse with a reason."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _show(request, uuid, form)
    account_words.refuse(request, uuid, form.cleaned_data["reason"])
    return redirect("insurer:account-show", uuid)


def _show(request: PageRequest, uuid: UUID, form: Reason) -> HttpResponse:
    """Render the change with the form to refuse it."""
    row = selectors.account_change(request.actor, uuid=str(uuid))
    detail = selectors.contract(request.actor, uuid=row.contract.uuid)
    context = {**cooperation_pages.frame(detail), **account_words.context(row), "form": form}
    return page.render(request, "insurer/cooperation/account.html", context, status=page.form_status(form))
