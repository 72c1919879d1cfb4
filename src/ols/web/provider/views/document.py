"""„Dokumenty wymagane”: kinds with their files, adding, replacing, removing, looking at them."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.documents import selectors as documents
from ols.kernel import days
from ols.network import selectors
from ols.network.selectors import DocumentFile, RequiredDocument
from ols.web import page
from ols.web.components import document_words, downloads
from ols.web.page import PageRequest
from ols.web.provider import contract_pages, document_steps
from ols.web.provider.forms import document as forms
from ols.web.provider.forms import posted, posted_files


@page.page(Permission.CONTRACT_OFFER, methods=("GET",))
def document_list(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show „Dokumenty wymagane”, each kind with its files."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    context = {
        **contract_pages.frame(detail, "contract-documents"),
        "kinds": [document_words.kind(item) for item in detail.documents],
        "may_renew": detail.row.status in contract_pages.LASTING,
    }
    return page.render(request, "provider/document/list.html", context)


@page.page(Permission.CONTRACT_OFFER)
def document_new(request: PageRequest, uuid: UUID, code: str) -> HttpResponse:
    """Add files of one kind („Dodaj”)."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    wanted = next((item for item in detail.documents if item.code == code), None)
    if wanted is None:
        raise NotFound
    room = wanted.rules.max_files - len(wanted.files) - len(wanted.coming)
    make = forms.SeveralDocuments if room > 1 else forms.OneDocument
    form = make(posted(request), posted_files(request), rules=wanted.rules, today=_today())
    if request.method == "POST" and form.is_valid() and document_steps.add(request, uuid, code, form):
        return redirect("provider:contract-documents", uuid)
    lasts = detail.row.status in contract_pages.LASTING
    is_open = lasts or contract_pages.is_editable(detail)
    context = {**_frame(detail, wanted), "form": form, "is_new": lasts, "is_open": is_open}
    return page.render(request, "provider/document/new.html", context, status=page.form_status(form))


@page.page(Permission.CONTRACT_OFFER)
def document_replace(request: PageRequest, uuid: UUID, file: UUID) -> HttpResponse:
    """Put another file in the place of one; while the co-operation lasts it waits for the insurer."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    wanted, old = _found(detail, file)
    form = forms.OneDocument(posted(request), posted_files(request), rules=wanted.rules, today=_today())
    lasts = detail.row.status in contract_pages.LASTING
    if request.method == "POST" and form.is_valid() and document_steps.replace(request, uuid, old, form):
        sent = _("The new document was checked and sent to the insurer.")
        messages.success(request, sent if lasts else _("The document was checked and replaced."))
        return redirect("provider:contract-documents", uuid)
    context = {
        **_frame(detail, wanted),
        "form": form,
        "old": document_words.file(old),
        "is_renewal": lasts,
        "is_open": lasts or contract_pages.is_editable(detail),
    }
    return page.render(request, "provider/document/new.html", context, status=page.form_status(form))


@page.page(Permission.CONTRACT_OFFER)
def document_dates(request: PageRequest, uuid: UUID, file: UUID) -> HttpResponse:
    """Correct the dates of a file not sent yet."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    wanted, old = _found(detail, file)
    form = forms.DocumentDates(
        posted(request),
        initial={"issued_on": old.issued_on, "valid_until": old.valid_until},
        rules=wanted.rules,
        today=_today(),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and document_steps.correct_dates(request, uuid, old, form)
    ):
        return redirect("provider:contract-documents", uuid)
    context = {**_frame(detail, wanted), "form": form, "old": document_words.file(old)}
    return page.render(request, "provider/document/dates.html", context, status=page.form_status(form))


@page.page(Permission.CONTRACT_OFFER, methods=("POST",))
def document_remove(request: PageRequest, uuid: UUID, file: UUID) -> HttpResponse:
    """Remove a file; it is kept among the earlier ones."""
    document_steps.remove(request, uuid, file)
    return redirect("provider:contract-documents", uuid)


@page.page(Permission.CONTRACT_OFFER, methods=("POST",))
def document_restore(request: PageRequest, uuid: UUID, file: UUID) -> HttpResponse:
    """Put a removed file back."""
    document_steps.restore(request, uuid, file)
    return redirect("provider:contract-documents", uuid)


@page.page(Permission.CONTRACT_OFFER, methods=("GET",))
def document_preview(request: PageRequest, uuid: UUID, document: UUID) -> HttpResponse:
    """Show a file in place, page by page."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    file = selectors.contract_file(request.actor, contract_uuid=str(uuid), document_uuid=str(document))
    context = {
        **contract_pages.frame(detail, "contract-documents"),
        "view": document_words.file(file),
        "pages": downloads.page_numbers(file.pages),
        "base": reverse("provider:contract-document-page", args=[uuid, document, 1]).removesuffix("1/"),
    }
    return page.render(request, "provider/document/preview.html", context)


@page.page(Permission.CONTRACT_OFFER, methods=("GET",))
def document_page(request: PageRequest, uuid: UUID, document: UUID, number: int) -> HttpResponse:
    """Send one page of a file as a picture."""
    return downloads.page_picture(request.actor, uuid, document, number)


@page.page(Permission.CONTRACT_OFFER, methods=("GET",))
def document_download(request: PageRequest, uuid: UUID, document: UUID) -> HttpResponse:
    """Send a file of the co-operation, also an earlier one."""
    selectors.contract_file(request.actor, contract_uuid=str(uuid), document_uuid=str(document))
    return downloads.attachment(documents.open_document(actor=request.actor, uuid=str(document)))


def _today() -> date:
    return days.local_date(timezone.now())


def _frame(detail: selectors.ContractDetail, wanted: RequiredDocument) -> dict[str, object]:
    """Return what every form of one kind shows."""
    return {
        **contract_pages.frame(detail, "contract-documents"),
        "wanted": wanted,
        "rules": document_words.rules(wanted.rules),
    }


def _found(detail: selectors.ContractDetail, uuid: UUID) -> tuple[RequiredDocument, DocumentFile]:
    """Return a file that can be replaced, with its kind: one in force, or a new one on its way.

    :raises NotFound: the contract has no such file (any more)
    """
    for wanted in detail.documents:
        renewals = [file.renewal for file in wanted.files if file.renewal is not None]
        for each in (*wanted.files, *renewals, *wanted.coming):
            if each.uuid == str(uuid):
                return wanted, each
    raise NotFound
