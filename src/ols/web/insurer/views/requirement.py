"""Kinds of documents the insurer asks clinics for: listed, described, seen as the clinic sees them."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.network import services
from ols.network.selectors import insurer_setup as selectors
from ols.network.selectors.insurer_setup import DocumentRow
from ols.network.suggested_kinds import SUGGESTED
from ols.web import page
from ols.web.components import document_words
from ols.web.insurer import setup
from ols.web.insurer.forms import requirement as forms
from ols.web.page import PageRequest

_LIST = "insurer:requirement-list"


@page.page(Permission.TERMS_PUBLISH, methods=("GET",))
def requirement_list(request: PageRequest) -> HttpResponse:
    """Show the kinds in the order clinics see them, and usual ones that are not there yet."""
    rows = selectors.own_documents(request.actor)
    taken = {row.name.casefold() for row in rows}
    context = {
        "tabs": setup.tabs(request.actor, _LIST),
        "rows": [(row, document_words.rules(row.rules)) for row in rows],
        "suggested": [(code, kind) for code, kind in SUGGESTED.items() if kind.name.casefold() not in taken],
    }
    return page.render(request, "insurer/requirement/list.html", context)


@page.page(Permission.TERMS_PUBLISH)
def requirement_new(request: PageRequest) -> HttpResponse:
    """Describe one more kind, from nothing or from a usual one."""
    suggested = SUGGESTED.get(request.GET.get("kind", ""), services.DocumentKind(""))
    form = forms.KindOfDocument(request.POST or None, initial=asdict(suggested))
    if _is_to_be_saved(request, form) and _save(request, form, None):
        messages.success(request, _("The document was added. Offers need it from now on."))
        return redirect(_LIST)
    return _render(request, form, None)


@page.page(Permission.TERMS_PUBLISH)
def requirement_edit(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Say something else of a kind; what clinics have sent before stays as it was."""
    row = _own(request, uuid)
    form = forms.KindOfDocument(request.POST or None, initial=forms.initial_of(row))
    if _is_to_be_saved(request, form) and _save(request, form, uuid):
        messages.success(request, _("The change was saved. It counts for offers sent from now on."))
        return redirect(_LIST)
    return _render(request, form, row)


@page.page(Permission.TERMS_PUBLISH, methods=("POST",))
def requirement_switch(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Ask for a document no more, or again."""
    is_active = request.POST.get("is_active") == "1"
    services.switch_document(
        actor=request.actor, requirement_uuid=uuid, is_active=is_active, at=timezone.now()
    )
    text = _("The document is asked for again.") if is_active else _("The document is asked for no more.")
    messages.success(request, text)
    return redirect(_LIST)


@page.page(Permission.TERMS_PUBLISH, methods=("POST",))
def requirement_move(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show a kind one place earlier or later."""
    is_up = request.POST.get("to") == "up"
    services.move_document_kind(actor=request.actor, requirement_uuid=uuid, is_up=is_up, at=timezone.now())
    return redirect(_LIST)


def _own(request: PageRequest, uuid: UUID) -> DocumentRow:
    """Return a kind of the insurer's.

    :raises NotFound: it has no such kind
    """
    rows = selectors.own_documents(request.actor)
    found = next((row for row in rows if row.uuid == str(uuid)), None)
    if found is None:
        raise NotFound
    return found


def _is_to_be_saved(request: PageRequest, form: forms.KindOfDocument) -> bool:
    """Say whether the form was sent, is right, and not only to be looked at."""
    return request.method == "POST" and form.is_valid() and request.POST.get("step") != "preview"


def _save(request: PageRequest, form: forms.KindOfDocument, uuid: UUID | None) -> bool:
    """Keep the kind; say on the form why not."""
    kind, at = form.kind(), timezone.now()
    try:
        if uuid is None:
            services.add_document_kind(actor=request.actor, kind=kind, at=at)
        else:
            services.change_document_kind(actor=request.actor, requirement_uuid=uuid, kind=kind, at=at)
    except services.NameTaken:
        form.add_error("name", _("Name of the document: another document has it. Choose another one."))
        return False
    return True


def _render(request: PageRequest, form: forms.KindOfDocument, row: DocumentRow | None) -> HttpResponse:
    """Show the form, beside it the kind as the clinic will see it."""
    seen = None
    if form.is_bound and form.is_valid():
        seen = document_words.kind(form.preview())
    context = {"form": form, "row": row, "seen": seen}
    return page.render(request, "insurer/requirement/edit.html", context, status=page.form_status(form))
