"""A table of prices: a file, or cells copied from a spreadsheet."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ols.documents import sheets
from ols.documents.sheets import TableRow
from ols.web.components import fields
from ols.web.components.forms import Form

_MOST_MB = sheets.MAX_BYTES // (1024 * 1024)


class PriceFile(Form):
    """Exactly one of them is wanted; `rows()` are what was read."""

    file = fields.UploadField(
        label=_("File with prices"),
        help_text=_("XLSX or CSV with the columns code (or name) and price."),
        types=("xlsx", "csv", "txt"),
        limit_mb=_MOST_MB,
        required=False,
    )
    text = forms.CharField(
        label=_("Or cells copied from a spreadsheet"),
        required=False,
        strip=False,
        max_length=sheets.MAX_BYTES // 4,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the table; say at the field why it cannot be read."""
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if self.errors:
            return cleaned
        if not file and not text.strip():
            self.add_error("file", fields.upload_message("NOTHING_CHOSEN"))
            return cleaned
        try:
            cleaned["rows"] = sheets.read_table(file.read()) if file else sheets.read_text(text)
        except sheets.TableRefused as error:
            words = gettext(error.message) % error.params
            self.add_error("file" if file else "text", ValidationError(words, error.code))
        return cleaned

    def rows(self) -> list[TableRow]:
        """Return what was read."""
        return list(self.cleaned_data["rows"])[: sheets.MAX_ROWS]

    def refuse_columns(self) -> None:
        """Say that the table does not tell services and prices apart."""
        name = "file" if self.cleaned_data.get("file") else "text"
        self.add_error(name, _("The first row must name the columns: code (or name) and price."))
