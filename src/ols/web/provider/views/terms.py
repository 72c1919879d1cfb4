"""Terms: opened, read in place, taken away as PDF, accepted."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.network import selectors, services
from ols.web import page
from ols.web.components import markdown
from ols.web.components.terms import prints
from ols.web.page import PageRequest
from ols.web.provider.forms import posted
from ols.web.provider.forms.terms import AcceptTerms


@page.page(Permission.FACILITY_VIEW)
def terms_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the text and note that it was opened; accept it here unless it is an insurer's general terms."""
    terms = selectors.terms(uuid=str(uuid))
    if request.method != "POST":
        services.open_terms(actor=request.actor, terms_uuid=terms.uuid, at=timezone.now())
    form = AcceptTerms(posted(request))
    if request.method == "POST" and form.is_valid() and _accepted(request, terms, form):
        return redirect(_next(request, terms))
    standing = selectors.terms_standing(request.actor, terms=terms)
    context = {
        "terms": terms,
        "body": markdown.to_html(terms.body),
        "standing": standing,
        "form": form if _acceptable(request, terms, standing) else None,
        "back": _back(request, terms),
    }
    return page.render(request, "provider/terms/show.html", context, status=page.form_status(form))


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def terms_print(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Download the exact text as PDF."""
    terms = selectors.terms(uuid=str(uuid))
    del request
    owner = accounts.organization(organization_id=terms.insurer_id).name if terms.insurer_id else "System OLS"
    return prints.download(terms, owner=owner)


def _acceptable(request: PageRequest, terms: selectors.TermsRow, standing: selectors.TermsStanding) -> bool:
    """Say whether the page offers acceptance: general terms are accepted with „Przystąp”."""
    here = terms.kind in {selectors.TermsKind.INSURANCE_SERVICE, selectors.TermsKind.THEMATIC}
    return here and standing.accepted_at is None and request.actor.has(Permission.TERMS_ACCEPT)


def _accepted(request: PageRequest, terms: selectors.TermsRow, form: AcceptTerms) -> bool:
    """Accept; say on the form why not."""
    try:
        services.accept_terms(actor=request.actor, terms_uuid=terms.uuid, at=timezone.now())
    except services.TermsNotOpened:
        form.add_error(None, _("Open and read the terms first."))
    except services.TermsOutdated:
        form.add_error(None, _("A newer version is in force. Go back and open that one."))
    except services.DataNotConfirmed:
        form.add_error(None, _("Confirm the data of your clinic first."))
    else:
        messages.success(request, _("The terms were accepted. The text goes to you by e-mail."))
    return not form.errors


def _next(request: PageRequest, terms: selectors.TermsRow) -> str:
    """Return where the way goes on: to the insurers, or to the area's prices."""
    if terms.insurer_id is None or terms.area_id is None:
        return reverse("provider:insurer-list")
    contract = selectors.open_contract(request.actor, insurer_id=terms.insurer_id)
    codes = {area.id: area.code for area in catalog.areas()}
    if contract is None:
        return reverse("provider:insurer-list")
    return reverse("provider:pricelist-edit", args=[contract.uuid, codes[terms.area_id]])


def _back(request: PageRequest, terms: selectors.TermsRow) -> str:
    """Return where the reader came from."""
    if terms.insurer_id is None:
        return reverse("provider:service-show")
    contract = selectors.open_contract(request.actor, insurer_id=terms.insurer_id)
    if terms.kind == selectors.TermsKind.THEMATIC and contract is not None:
        return reverse("provider:contract-areas", args=[contract.uuid])
    insurer = accounts.organization(organization_id=terms.insurer_id)
    if contract is not None:
        return reverse("provider:insurer-show", args=[insurer.uuid])
    return reverse("provider:insurer-join", args=[insurer.uuid])
