"""Documents of clinics: looked at in place, new ones accepted or returned, those that end in a list."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.documents import selectors as documents
from ols.kernel import days
from ols.network import selectors, services
from ols.network.states import DocumentStatus
from ols.web import page
from ols.web.components import document_words, downloads, exports, pages
from ols.web.components.exports import Column
from ols.web.insurer.forms import document as forms
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def document_list(request: PageRequest) -> HttpResponse:
    """Show what ends or has ended, and the new documents to decide."""
    today = days.local_date(timezone.now())
    total = selectors.expiring_count(request.actor, on=today)
    shown = pages.paginate(total=total, wanted=request.GET.get("page"))
    rows = selectors.documents_expiring(request.actor, on=today, offset=shown.offset, size=shown.size)
    context = {
        "pages": shown,
        "rows": [(row, document_words.ending(row)) for row in rows],
        "waiting": [
            (contract, name, document_words.file(file))
            for contract, name, file in selectors.documents_waiting(request.actor)
        ],
    }
    return page.render(request, "insurer/document/list.html", context)


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def document_export(request: PageRequest, kind: str) -> HttpResponse:
    """Download the documents that end or have ended."""
    if kind not in exports.KINDS:
        raise Http404
    rows = selectors.documents_expiring(request.actor, on=days.local_date(timezone.now()))
    columns = [
        Column(_("Clinic")),
        Column(_("Contract")),
        Column(_("Document")),
        Column(_("Valid until"), exports.DAY),
        Column(_("Status")),
        Column(_("Suspends on"), exports.DAY),
    ]
    cells = [
        (
            row.provider_name,
            row.contract_number,
            row.name,
            row.ends_on,
            str(document_words.ending(row).label),
            row.suspends_on,
        )
        for row in rows
    ]
    return exports.response(exports.Sheet("documents", columns, cells), kind)


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def document_preview(request: PageRequest, uuid: UUID, document: UUID) -> HttpResponse:
    """Show a document in place; a new one with the two answers."""
    file = selectors.contract_file(request.actor, contract_uuid=str(uuid), document_uuid=str(document))
    return _show(request, uuid, file, forms.DocumentReturn())


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def document_page(request: PageRequest, uuid: UUID, document: UUID, number: int) -> HttpResponse:
    """Send one page of a document as a picture."""
    return downloads.page_picture(request.actor, uuid, document, number)


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def document_open(request: PageRequest, uuid: UUID, document: UUID) -> HttpResponse:
    """Send a document as an attachment, also an earlier one."""
    selectors.contract_file(request.actor, contract_uuid=str(uuid), document_uuid=str(document))
    return downloads.attachment(documents.open_document(actor=request.actor, uuid=str(document)))


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def document_accept(request: PageRequest, uuid: UUID, file: UUID) -> HttpResponse:
    """Accept a new document."""
    try:
        services.accept_document(actor=request.actor, file_uuid=file, at=timezone.now())
    except services.DocumentsExpired as error:
        messages.error(request, document_words.expired(error.names))
    except TransitionRefused:
        messages.warning(request, _("The document does not wait for an answer any more."))
    else:
        messages.success(request, _("The document is accepted. The clinic has been told."))
    return redirect(f"{reverse('insurer:contract-show', args=[uuid])}#documents")


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def document_return(request: PageRequest, uuid: UUID, file: UUID) -> HttpResponse:
    """Return a new document with a remark."""
    form = forms.DocumentReturn(request.POST)
    if not form.is_valid():
        shown = selectors.file_by_uuid(request.actor, contract_uuid=str(uuid), file_uuid=str(file))
        return _show(request, uuid, shown, form)
    words = form.cleaned_data["remark"]
    try:
        services.return_document(actor=request.actor, file_uuid=file, remark=words, at=timezone.now())
    except TransitionRefused:
        messages.warning(request, _("The document does not wait for an answer any more."))
    else:
        messages.success(request, _("The document is returned. The clinic has been told."))
    return redirect(f"{reverse('insurer:contract-show', args=[uuid])}#documents")


def _show(
    request: PageRequest, uuid: UUID, file: selectors.DocumentFile, form: forms.DocumentReturn
) -> HttpResponse:
    """Render a document with its pages, beside a new one the one it shall replace."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    files = [each for kind in detail.documents for each in kind.files]
    renewed = next((each for each in files if each.renewal and each.renewal.uuid == file.uuid), None)
    view = document_words.file(file)
    waits = file.status == DocumentStatus.WAITING
    context = {
        "row": detail.row,
        "view": replace(view, tag=document_words.DECIDE) if waits else view,
        "pages": downloads.page_numbers(file.pages),
        "base": reverse("insurer:document-page", args=[uuid, file.document_uuid, 1]).removesuffix("1/"),
        "waits": waits and request.actor.has(Permission.CONTRACT_REVIEW),
        "before": document_words.file(renewed) if renewed else None,
        "form": form,
    }
    return page.render(request, "insurer/document/preview.html", context, status=page.form_status(form))
