"""The register extract that comes with a form: checked before anything else looks at it."""

from django.forms import Form
from django.utils import timezone

from ols.documents import content
from ols.documents import services as documents
from ols.documents.content import CheckedFile
from ols.kernel.actor import Actor
from ols.web.components import fields


def checked(form: Form, *, actor: Actor) -> tuple[CheckedFile, str] | None:
    """Return the file sent with the form and its name, once `is_valid` was called.

    A refusal becomes an error at the field.
    """
    file = form.cleaned_data.get("extract")
    if file is None:
        return None
    try:
        return documents.receive(actor=actor, stream=file, at=timezone.now()), str(file.name)
    except content.UploadRefused as refusal:
        form.add_error("extract", fields.upload_message(refusal.code))
        return None
