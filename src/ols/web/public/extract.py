"""The register extract of an application: checked, and kept at once, so that it survives a wrong field."""

from django.forms import Form
from django.utils import timezone

from ols.documents import content
from ols.onboarding import services as onboarding
from ols.web.components import fields
from ols.web.page import PublicRequest
from ols.web.public.visitor import visitor


def keep(request: PublicRequest, form: Form) -> tuple[str, str] | None:
    """Return identity and name of the file sent with the form; a refusal becomes an error at the field."""
    file = form.cleaned_data.get("extract")
    if file is None:
        return None
    try:
        checked = content.check_upload(file)
    except content.UploadRefused as refusal:
        form.add_error("extract", fields.upload_message(refusal.code))
        return None
    name = str(file.name)
    kept = onboarding.keep_extract(actor=visitor(request), file=checked, name=name, at=timezone.now())
    return kept, name
