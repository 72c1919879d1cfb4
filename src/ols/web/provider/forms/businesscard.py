"""A business card („wizytówka”) as its clinic types it."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.kernel import hours, identifiers
from ols.registry import geography
from ols.registry.selectors import CardData
from ols.web.components import card_words, fields
from ols.web.provider.forms.closures import ClosedDays

_HOURS_MESSAGES: Final = {
    "NOT_HOURS": _("%(day)s: enter hours such as 8:00-13:00, 14:30-18:00. Leave it empty when closed."),
    "ENDS_EARLY": _("%(day)s: the hour of closing must come after the hour of opening."),
    "OVERLAP": _("%(day)s: two ranges of hours overlap. Join them into one."),
    "TOO_MANY": _("%(day)s: enter at most four ranges of hours."),
}
_DEGREES: Final = _("%(label)s: enter degrees with decimals, for example 52,2298.")
_FAR_KM: Final = 30
_MOST_SPECIALITIES: Final = 40
_LONGEST_SPECIALITY: Final = 120


class HoursField(forms.CharField):
    """The hours of one day; cleans to spans of minutes."""

    def clean(self, value: Any) -> Any:
        """Read the hours; refuse with words what cannot be read."""
        text = super().clean(value)
        try:
            return hours.parse_day(text)
        except hours.HoursError as error:
            raise forms.ValidationError(
                _HOURS_MESSAGES[error.code], error.code, {"day": self.label}
            ) from error

    def prepare_value(self, value: Any) -> Any:
        """Show known hours; what was typed stays as typed."""
        return hours.format_day(value) if isinstance(value, tuple) else value


class DegreesField(forms.CharField):
    """A coordinate with a comma or a dot; cleans to a number or None."""

    def clean(self, value: Any) -> Any:
        """Read the number; refuse with words what is none."""
        text = super().clean(value).strip().rstrip("°NEne ")
        if not text:
            return None
        try:
            degrees = float(text.replace(",", "."))
        except ValueError as error:
            raise forms.ValidationError(_DEGREES, "NOT_DEGREES", {"label": self.label}) from error
        if not -180 <= degrees <= 180:  # also what is no number: nan
            raise forms.ValidationError(_DEGREES, "NOT_DEGREES", {"label": self.label})
        return round(degrees, 6)

    def prepare_value(self, value: Any) -> Any:
        """Show a known number with a comma."""
        return str(value).replace(".", ",") if isinstance(value, float) else value


def _day(number: int) -> HoursField:
    return HoursField(
        label=card_words.WEEKDAYS[number],
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "medium number", "autocomplete": "off"}),
    )


def _degrees(label: Any) -> DegreesField:
    attrs = {"class": "short number", "inputmode": "decimal", "autocomplete": "off"}
    return DegreesField(label=label, required=False, max_length=20, widget=forms.TextInput(attrs=attrs))


class Card(ClosedDays):
    """Everything a card says; `revision` is what the editor read."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name for the public"), max_length=300)
    street = forms.CharField(label=_("Street and number"), max_length=200)
    postal_code = fields.IdentifierField(kind="postal", label=_("Postal code"))
    city = forms.CharField(label=_("Town"), max_length=100)
    voivodeship = forms.ChoiceField(label=_("Voivodeship"))
    latitude = _degrees(_("Latitude"))
    longitude = _degrees(_("Longitude"))
    phone = fields.IdentifierField(kind="phone", label=_("Phone for booking"))
    second_phone = fields.IdentifierField(kind="phone", label=_("Another phone"), required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("E-mail: enter an address such as clinic@example.org.")},
    )
    website = forms.URLField(
        label=_("Website"),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Website: enter an address such as https://www.example.org.")},
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    day0, day1, day2, day3, day4, day5, day6 = (_day(number) for number in range(7))
    closed_on_holidays = forms.BooleanField(label=_("Closed on public holidays"), required=False)
    hours_note = forms.CharField(
        label=_("Exceptions"),
        max_length=300,
        required=False,
        help_text=_("For example: 24 December until 12:00."),
    )
    specialities = forms.CharField(
        label=_("Specialities"),
        required=False,
        help_text=_("One in a line."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages besides Polish"),
        required=False,
        choices=[*card_words.LANGUAGES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    wheelchair = forms.ChoiceField(
        label=_("Access by wheelchair"),
        required=False,
        choices=[("", _("not given")), *card_words.WHEELCHAIR.items()],
    )
    access_note = forms.CharField(
        label=_("More about access"),
        max_length=300,
        required=False,
        help_text=_("For example: a lift, a bell at the entrance, an induction loop."),
    )
    description = forms.CharField(
        label=_("A few sentences about the clinic"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_shown = forms.BooleanField(label=_("Show this address in the public networks"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the voivodeships."""
        super().__init__(*args, **kwargs)
        field = self.fields["voivodeship"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("choose")), *geography.voivodeships().items()]

    @staticmethod
    def initial_of(data: CardData, revision: int) -> dict[str, Any]:
        """Return what the form begins with."""
        same = {name: getattr(data, name) for name in _SAME}
        phones = {
            name: identifiers.format_phone(number) if (number := getattr(data, name)) else ""
            for name in ("phone", "second_phone")
        }
        days = {f"day{number}": spans for number, spans in enumerate(data.week)}
        many = {"specialities": "\n".join(data.specialities), "languages": list(data.languages)}
        return {**same, **phones, **days, **many, "revision": revision}

    def clean_specialities(self) -> tuple[str, ...]:
        """Return one speciality a line, each once."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["specialities"].splitlines()]
        found = tuple(dict.fromkeys(line for line in lines if line))
        if len(found) > _MOST_SPECIALITIES or any(len(line) > _LONGEST_SPECIALITY for line in found):
            raise forms.ValidationError(_("Specialities: at most 40 lines of 120 signs."))
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse half a point, a point abroad and one far from the town: digits were swapped then."""
        given = super().clean() or self.cleaned_data
        latitude, longitude = given.get("latitude"), given.get("longitude")
        if (latitude is None) != (longitude is None) and not {"latitude", "longitude"} & set(self.errors):
            lacking = "latitude" if latitude is None else "longitude"
            self.add_error(lacking, _("Latitude and longitude: enter both, or leave both empty."))
        if latitude is not None and longitude is not None:
            self._check_point(latitude, longitude)
        return given

    def _check_point(self, latitude: float, longitude: float) -> None:
        if not geography.is_in_poland(latitude, longitude):
            self.add_error(
                "latitude", _("Latitude and longitude: this point is not in Poland. Check their order.")
            )
            return
        town = geography.located(self.cleaned_data.get("city", ""), self.cleaned_data.get("voivodeship", ""))
        if town is None:
            return
        km = geography.distance_km((latitude, longitude), (town.latitude, town.longitude))
        if km > _FAR_KM:
            words = _("Latitude and longitude: this point is %(km)s km from %(town)s. Check the digits.")
            self.add_error("latitude", words % {"km": round(km), "town": town.name})

    def card(self) -> CardData:
        """Return the service's argument."""
        given = self.cleaned_data
        return CardData(
            **{name: given[name] for name in (*_SAME, "phone", "second_phone", "specialities")},
            week=tuple(given[f"day{number}"] for number in range(7)),
            languages=tuple(given["languages"]),
            closures=given["closures"],
        )


_SAME: Final = (
    "name", "street", "postal_code", "city", "voivodeship", "latitude", "longitude", "email", "website",
    "closed_on_holidays", "hours_note", "wheelchair", "access_note", "description", "is_shown",
)  # fmt: skip
