"""The form every page uses: messages that name the field, labels without a colon."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components.fields import ComingDayField

REQUIRED = _("Fill in: %(label)s.")
BOUNDS = _("{label}: enter a whole number from {least} to {most}.")


class Form(forms.Form):
    """A plain form whose required fields say which of them is empty, in the words of their label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give each required field its message, unless the page gave its own."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = REQUIRED % {"label": field.label or name}
            if isinstance(field, forms.IntegerField):
                _say_bounds(field, str(field.label or name))


def _say_bounds(field: forms.IntegerField, label: str) -> None:
    """Let a number between bounds name itself and both of them, unless the page gave its own words."""
    if field.min_value is None or field.max_value is None:
        return
    words = BOUNDS.format(label=label, least=field.min_value, most=field.max_value)
    for code in ("min_value", "max_value"):
        field.error_messages.setdefault(code, words)
    if field.error_messages.get("invalid") == forms.IntegerField.default_error_messages["invalid"]:
        field.error_messages["invalid"] = words


class DatedForm(Form):
    """A form with days to come: it is told which day today is."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Tell the fields."""
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            if isinstance(field, ComingDayField):
                field.today = today
