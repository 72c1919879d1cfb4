"""The register extract that comes with a form: checked before anything else looks at it."""

from django.forms import Form

from ols.documents import content
from ols.documents.content import CheckedFile
from ols.web.components import fields


def checked(form: Form) -> tuple[CheckedFile, str] | None:
    """Return the file sent with the form and its name, once `is_valid` was called.

    A refusal becomes an error at the field.
    """
    file = form.cleaned_data.get("extract")
    if file is None:
        return None
    try:
        return content.check_upload(file), str(file.name)
    except content.UploadRefused as refusal:
        form.add_error("extract", fields.upload_message(refusal.code))
        return None
