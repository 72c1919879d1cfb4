"""Insurers: the list, what each says of itself, and the start of co-operation."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.network import selectors, services
from ols.web import page
from ols.web.components import cooperation_status
from ols.web.components.network_words import contract_tag
from ols.web.components.shapes import StatusPanel
from ols.web.page import PageRequest
from ols.web.provider.forms import posted
from ols.web.provider.forms.terms import JoinInsurer


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def insurer_list(request: PageRequest) -> HttpResponse:
    """Show every insurer of the platform with the state of co-operation."""
    today = days.local_date(timezone.now())
    rows = [
        {"insurer": row, "tag": contract_tag(row.contract, today=today) if row.contract else None}
        for row in selectors.insurers(request.actor, on=today)
    ]
    context = {"rows": rows, "is_ready": selectors.service_terms_accepted(request.actor, on=today)}
    return page.render(request, "provider/insurer/list.html", context)


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def insurer_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show one insurer: „Informacje” and „Nawiąż współpracę”."""
    today = days.local_date(timezone.now())
    row = selectors.insurer(request.actor, uuid=str(uuid), on=today)
    context = {
        "row": row,
        "panel": _panel(request, row, today),
        "is_ready": selectors.service_terms_accepted(request.actor, on=today),
    }
    return page.render(request, "provider/insurer/show.html", context)


@page.page(Permission.CONTRACT_OFFER)
def insurer_join(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Accept the general terms, opened before, and start co-operation."""
    today = days.local_date(timezone.now())
    row = selectors.insurer(request.actor, uuid=str(uuid), on=today)
    if row.contract is not None:
        return redirect("provider:contract-show", row.contract.uuid)
    form = JoinInsurer(posted(request))
    if request.method == "POST" and form.is_valid():
        contract = _started(request, row.organization.id, form)
        if contract is not None:
            messages.success(request, _("The terms are accepted. Fill the offer in and send it."))
            return redirect("provider:contract-show", contract)
    terms = selectors.current_terms(
        kind=selectors.TermsKind.GENERAL, insurer_id=row.organization.id, on=today
    )
    standing = selectors.terms_standing(request.actor, terms=terms) if terms else None
    context = {"row": row, "form": form, "terms": terms, "standing": standing}
    return page.render(request, "provider/insurer/join.html", context, status=page.form_status(form))


def _panel(request: PageRequest, row: selectors.InsurerRow, today: date) -> StatusPanel | None:
    """Return where the open co-operation stands, or the last one that was closed; None before the first."""
    if row.contract is not None:
        found = selectors.contract(request.actor, uuid=row.contract.uuid).standing
        return cooperation_status.panel(found, today=today)
    closed = selectors.last_closed_contract(request.actor, insurer_id=row.organization.id)
    return cooperation_status.panel(closed, today=today) if closed else None


def _started(request: PageRequest, insurer_id: int, form: JoinInsurer) -> UUID | None:
    """Start co-operation; say on the form why not."""
    try:
        return services.start_cooperation(actor=request.actor, insurer_id=insurer_id, at=timezone.now())
    except services.TermsNotOpened:
        form.add_error(None, _("Open the terms with „See the terms” and read them first."))
    except services.TermsNotPublished:
        form.add_error(None, _("This insurer has published no terms yet."))
    except services.ServiceTermsNotAccepted:
        form.add_error(None, _("Accept the terms of the insurance service first."))
    return None
