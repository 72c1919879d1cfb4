"""Files people send. Name and size are checked here; the content is checked by `ols.documents`."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
DOCUMENT_TYPES = ("pdf", "jpg", "jpeg")

MESSAGES = {
    "NOTHING_CHOSEN": _("Choose a file."),
    "EMPTY": _("The file is empty. Choose another one."),
    "TOO_BIG": _("The file is bigger than %(limit)s MB. Choose a smaller one."),
    "WRONG_TYPE": _("Files of this type cannot be added. Choose: %(types)s."),
    "BROKEN": _("The file is damaged and cannot be opened. Save it again and add it once more."),
    "ENCRYPTED": _("The file is protected with a password. Save it without the password."),
    "INFECTED": _("The file holds a virus and was not saved."),
    "SCANNER_AWAY": _(
        "The virus scanner does not answer now, so the file was not saved. Add it again in a few minutes."
    ),
    "TOO_COMPLEX": _("The file unpacks to too much data. Save it with fewer pages or a lower resolution."),
    "INTERRUPTED": _("Sending the file broke off. Add it once more."),
}


def upload_message(code: str, *, limit_mb: int = 10, types: tuple[str, ...] = DOCUMENT_TYPES) -> str:
    """Return the sentence for a refusal of `ols.documents`; an unknown code reads as a damaged file."""
    text = str(MESSAGES.get(code, MESSAGES["BROKEN"]))
    return text % {"limit": limit_mb, "types": ", ".join(types).upper()}


class FileInput(forms.FileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class UploadField(forms.FileField):
    """One file with a drop zone; `types` are name endings without dots."""

    def __init__(
        self, *, types: tuple[str, ...] = DOCUMENT_TYPES, limit_mb: int = 10, **options: Any
    ) -> None:
        """Keep the limits and tell the browser which files to offer."""
        self.types = types
        self.limit_mb = limit_mb
        accept = ",".join(f".{ending}" for ending in types)
        options.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(**options)
        self.error_messages |= {
            "required": MESSAGES["NOTHING_CHOSEN"],
            "missing": MESSAGES["NOTHING_CHOSEN"],
            "invalid": MESSAGES["INTERRUPTED"],
            "empty": MESSAGES["EMPTY"],
        }

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the uploaded file; refuse one that is too big or named like another type."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            if (file.size or 0) > self.limit_mb * MEGABYTE:
                raise ValidationError(self._message("TOO_BIG"), "TOO_BIG")
            if (file.name or "").rpartition(".")[2].lower() not in self.types:
                raise ValidationError(self._message("WRONG_TYPE"), "WRONG_TYPE")
        return file

    def _message(self, code: str) -> str:
        return upload_message(code, limit_mb=self.limit_mb, types=self.types)


class UploadsField(UploadField):
    """Some files at once; cleans to the list of them. A refusal names the file it is about."""

    def __init__(self, **options: Any) -> None:
        """Let the browser offer several."""
        super().__init__(**options)
        self.widget = FileInput(attrs=self.widget.attrs)
        self.widget.is_required = self.required

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the uploaded files; one that is too big or of another type refuses them all."""
        if not data:
            return [super().clean(data, initial)]
        found, refusals = [], []
        for file in data:
            try:
                found.append(super().clean(file, initial))
            except ValidationError as error:
                refusals += [ValidationError(f"{file.name}: {text}", error.code) for text in error.messages]
        if refusals:
            raise ValidationError(refusals)
        return found
