"""What the insurer wants corrected, shown where the clinic corrects it."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ols.network import asked
from ols.network.selectors import ContractDetail


def attach(form: BaseForm, detail: ContractDetail) -> None:
    """Put each remark to its field, before what the field says of itself: it is read with the field."""
    for row in detail.remarks:
        field = form.fields.get(row.field)
        if field is not None:
            words = _("Remark of the insurer:")
            field.help_text = format_html(
                '<b class="remark">{} {}</b><br>{}', words, row.text, field.help_text
            )


def lines(detail: ContractDetail) -> Sequence[tuple[str, str]]:
    """Return each remark with the name of its field."""
    documents = {item.code: item.name for item in detail.documents}
    return [(asked.label(row.field, documents=documents), row.text) for row in detail.remarks]
