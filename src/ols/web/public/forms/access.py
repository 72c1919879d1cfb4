"""Looking for one's own clinic in the register."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ols.kernel import identifiers
from ols.web.components import fields
from ols.web.components.forms import Form

_SHORTEST_NAME = 3


class RegisterSearch(Form):
    """One identifying number, recognized by its shape, or a part of the name."""

    text = forms.CharField(
        label=_("Number or name of the clinic"),
        max_length=200,
        help_text=_(
            "NIP, REGON, register book number (RPWDL), KRS or NPWZ. Spaces and dashes do not matter."
        ),
        error_messages={"required": _("Enter a number or the name of the clinic.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_text(self) -> str:
        """Refuse a mistyped number in words; a name has letters."""
        text: str = self.cleaned_data["text"]
        recognized = identifiers.recognize(text)
        if not recognized.kind and any(letter.isalpha() for letter in text):
            if len(text.strip()) < _SHORTEST_NAME:
                raise ValidationError(_("Enter at least three letters of the name."))
            return text
        fields.RegisterNumberField().clean(text)
        return text
