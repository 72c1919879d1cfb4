"""What the pages of documents ask of the services, with every refusal said in words."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ols.documents import content
from ols.documents import services as documents
from ols.network import selectors, services
from ols.web.components import fields
from ols.web.page import PageRequest
from ols.web.provider.forms import document as document_forms


def add(request: PageRequest, uuid: UUID, code: str, form: document_forms.DocumentDates) -> bool:
    """Check and keep the files; those that do not do are named on the form, the others are kept."""
    found = form.cleaned_data["file"]
    uploads: list[Any] = found if isinstance(found, list) else [found]
    kept = sum(_add_one(request, uuid, code, form, upload, is_named=len(uploads) > 1) for upload in uploads)
    if kept:
        text = ngettext(
            "The document was checked and added.", "%(count)s documents were checked and added.", kept
        )
        messages.success(request, text % {"count": kept})
    return kept == len(uploads)


def _add_one(
    request: PageRequest,
    uuid: UUID,
    code: str,
    form: document_forms.DocumentDates,
    upload: Any,
    *,
    is_named: bool,
) -> bool:
    """Check and keep one file; its refusal names it where there are several."""
    name, at = upload.name or "", timezone.now()
    try:
        checked = documents.receive(actor=request.actor, stream=upload.file, at=at)
        services.add_document(
            actor=request.actor,
            contract_uuid=str(uuid),
            requirement_code=code,
            file=checked,
            name=name,
            dates=form.dates(),
            at=at,
        )
    except content.UploadRefused as error:
        text = fields.upload_message(error.code)
        form.add_error("file", f"{name}: {text}" if is_named else text)
    except services.TooManyFiles:
        form.add_error(
            "file", _("%(name)s: the kind has as many files as it takes. Replace one.") % {"name": name}
        )
    except (services.OfferNotEditable, services.DatesRefused) as error:
        _refuse(form, error)
    else:
        return True
    return False


def replace(
    request: PageRequest, uuid: UUID, file: selectors.DocumentFile, form: document_forms.OneDocument
) -> bool:
    """Check the file and put it in the place of another; say on the form why not."""
    upload, at = form.cleaned_data["file"], timezone.now()
    try:
        checked = documents.receive(actor=request.actor, stream=upload.file, at=at)
        services.replace_document(
            actor=request.actor,
            contract_uuid=str(uuid),
            file_uuid=UUID(file.uuid),
            upload=services.Upload(checked, upload.name, form.dates()),
            at=at,
        )
    except content.UploadRefused as error:
        form.add_error("file", fields.upload_message(error.code))
    except (services.OfferNotEditable, services.DocumentChanged, services.DatesRefused) as error:
        _refuse(form, error)
    else:
        return True
    return False


def correct_dates(
    request: PageRequest, uuid: UUID, file: selectors.DocumentFile, form: document_forms.DocumentDates
) -> bool:
    """Save the dates of a file; say on the form why not."""
    try:
        services.date_document(
            actor=request.actor,
            contract_uuid=str(uuid),
            file_uuid=UUID(file.uuid),
            dates=form.dates(),
            at=timezone.now(),
        )
    except (services.OfferNotEditable, services.DocumentChanged, services.DatesRefused) as error:
        _refuse(form, error)
        return False
    messages.success(request, _("The dates were saved."))
    return True


def remove(request: PageRequest, uuid: UUID, file: UUID) -> None:
    """Remove a file; say in a message whether it worked."""
    try:
        services.remove_document(
            actor=request.actor, contract_uuid=str(uuid), file_uuid=file, at=timezone.now()
        )
    except (services.OfferNotEditable, services.DocumentChanged) as error:
        messages.error(request, _words(error))
    else:
        messages.success(
            request, _("The document was removed. You find it among the earlier ones and can put it back.")
        )


def restore(request: PageRequest, uuid: UUID, file: UUID) -> None:
    """Put a removed file back; say in a message whether it worked."""
    try:
        services.restore_document(
            actor=request.actor, contract_uuid=str(uuid), file_uuid=file, at=timezone.now()
        )
    except services.TooManyFiles:
        messages.error(request, _("The kind has as many files as it takes. Remove one first."))
    except (services.OfferNotEditable, services.DocumentChanged) as error:
        messages.error(request, _words(error))
    else:
        messages.success(request, _("The document is back."))


def _refuse(form: forms.Form, error: Exception) -> None:
    """Say on the form why nothing was kept."""
    if isinstance(error, services.DatesRefused) and isinstance(form, document_forms.DocumentDates):
        form.add_problem(error.problem)
    else:
        form.add_error(None, _words(error))


def _words(error: Exception) -> str:
    """Say why a document does not change."""
    if isinstance(error, services.DocumentChanged):
        return _("Somebody has changed this document meanwhile. Look at the list and try again.")
    return _("The offer was sent already and cannot be changed now.")
