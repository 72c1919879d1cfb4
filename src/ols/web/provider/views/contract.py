"""The tabs of a co-operation: parameters, documents, sending, history, thematic terms."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.documents import selectors as documents
from ols.kernel import days
from ols.network import selectors
from ols.network.states import ContractStatus
from ols.web import page
from ols.web.components import downloads, network_words
from ols.web.page import PageRequest
from ols.web.provider import contract_pages, offer_steps
from ols.web.provider.forms import contract as forms
from ols.web.provider.forms import posted, posted_files


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def contract_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Lead to the tab where the work is."""
    status = selectors.contract(request.actor, uuid=str(uuid)).row.status
    if status in contract_pages.EDITABLE and request.actor.has(Permission.CONTRACT_OFFER):
        return redirect("provider:contract-parameters", uuid)
    if status == ContractStatus.ACTIVE:
        return redirect("provider:contract-areas", uuid)
    return redirect("provider:contract-history", uuid)


@page.page(Permission.CONTRACT_OFFER)
def contract_parameters(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Fill in „Parametry”; after sending they are only shown."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    form = forms.OfferParameters(
        posted(request),
        initial=forms.OfferParameters.initial_of(detail),
        today=days.local_date(timezone.now()),
    )
    if request.method == "POST" and form.is_valid() and offer_steps.keep_parameters(request, detail, form):
        return redirect("provider:contract-documents", uuid)
    context = {
        **contract_pages.frame(detail, "contract-parameters"),
        "form": form,
        "rows": contract_pages.parameter_rows(detail, can_change=False),
    }
    return page.render(request, "provider/contract/parameters.html", context, status=page.form_status(form))


@page.page(Permission.CONTRACT_OFFER, methods=("GET",))
def contract_documents(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show „Dokumenty wymagane”, each with its file."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    context = contract_pages.frame(detail, "contract-documents")
    return page.render(request, "provider/contract/documents.html", context)


@page.page(Permission.CONTRACT_OFFER)
def contract_document_new(request: PageRequest, uuid: UUID, code: str) -> HttpResponse:
    """Add or replace one document („Dodaj”)."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    wanted = next((item for item in detail.documents if item.code == code), None)
    if wanted is None:
        raise NotFound
    form = forms.NewDocument(posted(request), posted_files(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and offer_steps.keep_document(request, detail, code, form)
    ):
        messages.success(request, _("The document was checked and added."))
        return redirect("provider:contract-documents", uuid)
    context = {**contract_pages.frame(detail, "contract-documents"), "form": form, "wanted": wanted}
    return page.render(request, "provider/contract/document_new.html", context, status=page.form_status(form))


@page.page(Permission.CONTRACT_OFFER, methods=("GET",))
def contract_document(request: PageRequest, uuid: UUID, document: UUID) -> HttpResponse:
    """Download a document of the offer."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    if str(document) not in {item.document_uuid for item in detail.documents}:
        raise NotFound
    return downloads.attachment(documents.open_document(actor=request.actor, uuid=str(document)))


@page.page(Permission.CONTRACT_OFFER)
def contract_send(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Check the answers and send the offer; what is missing is named."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    problems: list[str] = []
    if request.method == "POST":
        problems = offer_steps.send(request, detail)
        if not problems:
            return redirect("provider:contract-history", uuid)
    frame = contract_pages.frame(detail, "contract-send")
    can_change = bool(frame["is_editable"])
    context = {
        **frame,
        "parameters": contract_pages.parameter_rows(detail, can_change=can_change),
        "documents": contract_pages.document_rows(detail, can_change=can_change),
        "missing": contract_pages.missing_words(detail, detail.missing),
        "problems": problems,
    }
    return page.render(request, "provider/contract/send.html", context, status=422 if problems else 200)


@page.page(Permission.CONTRACT_OFFER, methods=("POST",))
def contract_withdraw(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take an unanswered offer back."""
    if offer_steps.withdraw(request, str(uuid)):
        return redirect("provider:contract-send", uuid)
    return redirect("provider:contract-history", uuid)


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def contract_history(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show „Historia współpracy” and „Status współpracy”."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    events = network_words.timeline(selectors.contract_history(request.actor, uuid=str(uuid)))
    context = {
        **contract_pages.frame(detail, "contract-history"),
        "events": events,
        "can_withdraw": detail.row.status == ContractStatus.OFFERED
        and request.actor.has(Permission.CONTRACT_OFFER),
    }
    return page.render(request, "provider/contract/history.html", context)


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def contract_areas(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show „Regulaminy”: the insurer's thematic terms, announced ones included."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    areas = selectors.contract_areas(request.actor, uuid=str(uuid), on=days.local_date(timezone.now()))
    context = {**contract_pages.frame(detail, "contract-areas"), "areas": areas}
    return page.render(request, "provider/contract/areas.html", context)
