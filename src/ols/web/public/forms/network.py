"""Looking for a clinic in an insurer's network. Every field may stay empty; the address can be shared."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.catalog import selectors as catalog
from ols.kernel import identifiers
from ols.registry import geography
from ols.registry.selectors import postal
from ols.web.components import card_words as words
from ols.web.components.fields import QuickSelect
from ols.web.components.forms import Form

KILOMETRES: Final = (5, 10, 25, 50, 100)
NOW: Final = "now"
_POSTAL: Final = re.compile(r"\d{2}[- ]?\d{3}", re.ASCII)


class NetworkSearch(Form):
    """What, where, when."""

    q = forms.CharField(
        label=_("Service, speciality or clinic"),
        required=False,
        max_length=100,
        help_text=_("A name or a code, also without Polish letters."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    area = forms.ChoiceField(label=_("Area of services"), required=False, widget=QuickSelect)
    voivodeship = forms.ChoiceField(label=_("Voivodeship"), required=False, widget=QuickSelect)
    place = forms.CharField(
        label=_("Town or postal code"),
        required=False,
        max_length=100,
        help_text=_("The distance is counted from it."),
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    km = forms.ChoiceField(label=_("Not farther than"), required=False, widget=QuickSelect)
    open = forms.ChoiceField(label=pgettext_lazy("clinic", "Open"), required=False, widget=QuickSelect)
    marked = forms.BooleanField(label=_("Only highlighted clinics"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what there is; the meaning of the place is known after validation."""
        super().__init__(*args, **kwargs)
        self.meant = geography.Meant()
        self.areas = {area.code: area for area in catalog.areas()}
        self._offer("area", _("all areas"), [(row.code, row.name) for row in self.areas.values()])
        self._offer("voivodeship", _("all of Poland"), [*geography.voivodeships().items()])
        self._offer("km", _("any distance"), [(str(km), f"{km} km") for km in KILOMETRES])
        days = [(str(number), name) for number, name in enumerate(words.ON_WEEKDAYS)]
        self._offer("open", _("at any time"), [(NOW, _("now")), *days])

    def clean(self) -> dict[str, Any]:
        """Find the place that is meant; of several the visitor chooses."""
        given = super().clean() or self.cleaned_data
        text = given.get("place", "").strip()
        if not text:
            return given
        self.meant = self._meaning(text, given.get("voivodeship") or "")
        if self.meant.place is None:
            several = _("Town or postal code: there are several such places. Choose one of them below.")
            unknown = _("Town or postal code: we do not know this place. Check it, or enter a bigger town.")
            self.add_error("place", several if self.meant.choices else unknown)
        return given

    def _meaning(self, text: str, voivodeship: str) -> geography.Meant:
        if not _POSTAL.fullmatch(text):
            return geography.meant(text, voivodeship=voivodeship)
        town = postal.town_of(postal_code=identifiers.parse_postal_code(text))
        return geography.Meant(town)

    def _offer(self, name: str, anything: Any, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", anything), *choices]


class Near(Form):
    """Where the visitor's browser says it is; never kept, and never part of an address."""

    latitude = forms.FloatField(min_value=-90, max_value=90)
    longitude = forms.FloatField(min_value=-180, max_value=180)
