"""Terms: opened, compared with what was accepted, taken away as PDF, accepted; and the evidence of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.network import selectors, services
from ols.network.selectors import evidence
from ols.web import page
from ols.web.components import markdown
from ols.web.components.terms import prints, words
from ols.web.page import PageRequest
from ols.web.provider import terms_pages
from ols.web.provider.forms import posted
from ols.web.provider.forms.terms import AcceptTerms


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def terms_list(request: PageRequest) -> HttpResponse:
    """Show what is to be accepted anew, and everything accepted with its evidence."""
    context = {
        "due": terms_pages.due_texts(request.actor),
        "accepted": [
            (row, words.name(row.terms.kind, row.area_name))
            for row in evidence.own_acceptances(request.actor)
        ],
        "can_accept": request.actor.has(Permission.TERMS_ACCEPT),
        "signers": terms_pages.signers(request.actor),
    }
    return page.render(request, "provider/terms/list.html", context)


@page.page(Permission.FACILITY_VIEW)
def terms_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the text, what it changes, and note that it was opened; accept it here."""
    terms = selectors.terms(uuid=str(uuid))
    if request.method != "POST":
        services.open_terms(actor=request.actor, terms_uuid=terms.uuid, at=timezone.now())
    due = terms_pages.due_of(request.actor, terms)
    form = AcceptTerms(posted(request))
    if request.method == "POST" and form.is_valid() and _accepted(request, terms, form):
        return redirect(terms_pages.next_url(request.actor, terms, is_renewal=due is not None))
    standing = selectors.terms_standing(request.actor, terms=terms)
    is_offered = terms_pages.is_acceptable(request.actor, terms, standing, due)
    context = {
        "terms": terms,
        "body": markdown.to_html(terms.body),
        "standing": standing,
        "due": due,
        **terms_pages.changes(due, terms),
        "form": form if is_offered else None,
        "signers": [] if standing.accepted_at else terms_pages.signers(request.actor),
        "back": terms_pages.back_url(request.actor, terms, due),
    }
    return page.render(request, "provider/terms/show.html", context, status=page.form_status(form))


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def terms_print(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Download the exact text as PDF."""
    terms = selectors.terms(uuid=str(uuid))
    del request
    owner = accounts.organization(organization_id=terms.insurer_id).name if terms.insurer_id else "System OLS"
    return prints.download(terms, owner=owner)


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def terms_text(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Download the very bytes that are accepted, so that their hash can be checked."""
    del request
    return prints.exact_text(selectors.terms(uuid=str(uuid)))


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def terms_evidence(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Download „Potwierdzenie akceptacji”."""
    return prints.confirmation(evidence.evidence(request.actor, uuid=uuid))


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
