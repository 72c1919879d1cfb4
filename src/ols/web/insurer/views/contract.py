"""Offers of co-operation: the whole offer on one page, the answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.documents import selectors as documents
from ols.network import selectors, services
from ols.network.states import CONTRACT
from ols.registry import selectors as registry
from ols.web import page
from ols.web.components import downloads, network_words
from ols.web.insurer.forms import contract as forms
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@page.page(Permission.CONTRACT_REVIEW, methods=("GET",))
def contract_list(request: PageRequest) -> HttpResponse:
    """Show every clinic that ever made an offer."""
    rows = [
        {"row": row, "tag": network_words.CONTRACT_TAGS[row.status]}
        for row in selectors.contracts(request.actor)
    ]
    return page.render(request, "insurer/contract/list.html", {"rows": rows})


@page.page(Permission.CONTRACT_REVIEW, methods=("GET",))
def contract_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the offer beside the register entry, with everything that decides."""
    return _show(request, uuid, forms.OfferRefusal())


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def contract_accept(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Accept the offer."""
    try:
        services.accept_offer(actor=request.actor, contract_uuid=str(uuid), at=timezone.now())
    except TransitionRefused:
        messages.warning(request, _("The offer does not wait for an answer any more."))
    else:
        messages.success(request, _("The offer is accepted. The clinic has been told."))
    return redirect("insurer:contract-show", uuid)


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def contract_refuse(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Return the offer with remarks, or reject it with a reason."""
    form = forms.OfferRefusal(request.POST)
    if not form.is_valid():
        return _show(request, uuid, form)
    words, at = form.cleaned_data["remark"], timezone.now()
    try:
        if form.cleaned_data["answer"] == forms.REJECT:
            services.reject_offer(actor=request.actor, contract_uuid=str(uuid), reason=words, at=at)
        else:
            services.return_offer(actor=request.actor, contract_uuid=str(uuid), remark=words, at=at)
    except TransitionRefused:
        messages.warning(request, _("The offer does not wait for an answer any more."))
    else:
        messages.success(request, _("The answer is sent. The clinic has been told."))
    return redirect("insurer:contract-show", uuid)


@page.page(Permission.CONTRACT_REVIEW, methods=("GET",))
def document_open(request: PageRequest, uuid: UUID, document: UUID) -> HttpResponse:
    """Send a document of the offer as an attachment."""
    offer = selectors.offer(request.actor, uuid=str(uuid))
    if str(document) not in {item.document_uuid for item in offer.contract.documents}:
        raise NotFound
    return downloads.attachment(documents.open_document(actor=request.actor, uuid=str(document)))


def _show(request: PageRequest, uuid: UUID, form: forms.OfferRefusal) -> HttpResponse:
    """Render the offer with the form to refuse it."""
    offer = selectors.offer(request.actor, uuid=str(uuid))
    row = offer.contract.row
    history = selectors.contract_history(request.actor, uuid=str(uuid))
    context = {
        "offer": offer,
        "contract": offer.contract,
        "row": row,
        "tag": network_words.CONTRACT_TAGS[row.status],
        "waits": "accept" in CONTRACT.actions_from(row.status, request.actor),
        "entry": _register_entry(offer.facility.register_book_no),
        "events": network_words.timeline(history),
        "lists": [
            {"row": item, "tag": network_words.PRICE_LIST_TAGS[item.status]}
            for item in selectors.price_lists(request.actor, contract_uuid=str(uuid))
        ],
        "form": form,
    }
    return page.render(request, "insurer/contract/show.html", context, status=page.form_status(form))


def _register_entry(book_no: str) -> registry.EntryRow | None:
    """Return the clinic's entry in the register; None when it is not there."""
    try:
        return registry.entry(register_book_no=book_no)
    except NotFound:
        return None
