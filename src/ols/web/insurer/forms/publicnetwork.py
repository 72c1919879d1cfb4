"""How an insurer's network is shown to the public."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.network.selectors.public_network import NetworkRow
from ols.network.services import public_network as services
from ols.web.components.forms import Form


class PublicNetwork(Form):
    """Address, publication, and the origins whose pages may show the list in a frame."""

    is_public = forms.BooleanField(label=_("Everybody can see the network"), required=False)
    slug = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Address of the page"),
        max_length=40,
        help_text=_("Small letters, digits and dashes. Links to the old address stop working."),
        error_messages={"invalid": _("Address of the page: use small letters, digits and dashes only.")},
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    may_be_embedded = forms.BooleanField(label=_("The list may be put into other pages"), required=False)
    origins = forms.CharField(
        label=_("Pages that may show it"),
        required=False,
        max_length=5000,
        help_text=_("One in a line, for example https://www.example.org. Other pages are refused."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    @staticmethod
    def initial_of(row: NetworkRow) -> dict[str, Any]:
        """Return what the form begins with."""
        return {
            "is_public": row.is_public,
            "slug": row.slug,
            "may_be_embedded": row.may_be_embedded,
            "origins": "\n".join(row.origins),
        }

    def clean_origins(self) -> tuple[str, ...]:
        """Return the origins as browsers write them; one that is none is named."""
        lines = [line.strip() for line in self.cleaned_data["origins"].splitlines() if line.strip()]
        if len(lines) > services.MOST_ORIGINS:
            raise forms.ValidationError(_("Pages that may show it: at most 20."))
        found = []
        for line in lines:
            try:
                found.append(services.parse_origin(line))
            except services.NotAnOrigin as error:
                words = _(
                    "Pages that may show it: “%(line)s” is not an address such as https://www.example.org."
                )
                raise forms.ValidationError(words, "NOT_AN_ORIGIN", {"line": line[:100]}) from error
        return tuple(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        """Ask for somebody who may show the list when it may be shown."""
        given = super().clean() or self.cleaned_data
        if given.get("may_be_embedded") and "origins" not in self.errors and not given.get("origins"):
            self.add_error("origins", _("Pages that may show it: enter at least one."))
        return given
