"""Looking for one's own clinic in the register."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ols.web.components.forms import Form
from ols.web.public import search_words


class RegisterSearch(Form):
    """One identifying number, recognized by its shape, or words of the name and the town."""

    text = forms.CharField(
        label=_("Number, or name and town"),
        max_length=200,
        help_text=_(
            "NIP, REGON, register book number (RPWDL), KRS or NPWZ: spaces and dashes do not matter."
        ),
        error_messages={"required": _("Enter a number or the name of the clinic.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_text(self) -> str:
        """Refuse a mistyped number in words."""
        text: str = self.cleaned_data["text"]
        problem = search_words.problem(text)
        if problem:
            raise ValidationError(problem)
        return text
