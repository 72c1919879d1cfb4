"""How the network is searched, and how many clinics it needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.catalog import selectors as catalog
from ols.network.need_file import MOST_WANTED
from ols.network.selectors.network_list import NetworkFilter, normal
from ols.network.states import CONTRACT, ContractStatus
from ols.registry import geography
from ols.web.components import fields
from ols.web.components.forms import Form
from ols.web.components.network_words import CONTRACT_TAGS
from ols.web.components.shapes import Text

_STATUSES = [status for status in CONTRACT_TAGS if status in CONTRACT.statuses - {ContractStatus.DRAFT}]


class NetworkSearch(Form):
    """Words, status, area, voivodeship, the badge; what cannot be read filters nothing."""

    text = forms.CharField(
        label=_("Clinic, town, NIP or number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    status = forms.ChoiceField(label=_("Status"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    voivodeship = forms.ChoiceField(label=_("Voivodeship"), required=False)
    highlighted = forms.BooleanField(label=_("Only highlighted"), required=False)
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what there is."""
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, Text]]] = {
            "status": [(status, CONTRACT_TAGS[status].label) for status in _STATUSES],
            "area": [(area.code, area.name) for area in catalog.areas()],
            "voivodeship": list(geography.voivodeships().items()),
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", pgettext_lazy("filter", "All")), *found]

    def wanted(self) -> NetworkFilter:
        """Return what was asked for."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        words = {name: str(given.get(name) or "") for name in self.fields if name != "highlighted"}
        return normal(NetworkFilter(**words, highlighted="1" if given.get("highlighted") else ""))


class Needs(Form):
    """A number for each area of each voivodeship; an empty one is no need."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a field for each pair."""
        super().__init__(*args, **kwargs)
        self.areas = catalog.areas()
        for place, name in geography.voivodeships().items():
            for area in self.areas:
                label = _("%(place)s, %(area)s") % {"place": name, "area": area.name}
                self.fields[field_name(place, area.id)] = forms.IntegerField(
                    label=label,
                    required=False,
                    min_value=0,
                    max_value=MOST_WANTED,
                    error_messages={
                        "invalid": _("%(label)s: enter a whole number.") % {"label": label},
                        "min_value": _("%(label)s: enter 0 or more.") % {"label": label},
                        "max_value": _("%(label)s: enter at most 9999.") % {"label": label},
                    },
                    widget=forms.NumberInput(attrs={"class": "short number"}),
                )

    def rows(self) -> list[tuple[str, list[tuple[catalog.AreaRow, forms.BoundField]]]]:
        """Return each voivodeship's name with its fields."""
        return [
            (name, [(area, self[field_name(place, area.id)]) for area in self.areas])
            for place, name in geography.voivodeships().items()
        ]

    def needs(self) -> dict[tuple[str, int], int]:
        """Return what the service takes."""
        return {
            (place, area.id): self.cleaned_data.get(field_name(place, area.id)) or 0
            for place in geography.voivodeships()
            for area in self.areas
        }


class NeedUpload(Form):
    """A spreadsheet of needs."""

    file = fields.UploadField(
        label=_("File with needs"),
        types=("xlsx", "csv"),
        limit_mb=2,
        help_text=_("XLSX or CSV, up to 2 MB."),
    )


class NeedConfirmation(Form):
    """What is confirmed: the needs that were seen, and that wrong rows are left out."""

    seen = forms.RegexField(r"[0-9]{1,4}(,[0-9]{1,4})*", widget=forms.HiddenInput, max_length=1000)
    leave_out = forms.BooleanField(label=_("Leave the wrong rows out and apply the others"), required=False)

    def __init__(self, *args: Any, refused: int, **kwargs: Any) -> None:
        """Ask about wrong rows only where there are some."""
        super().__init__(*args, **kwargs)
        if not refused:
            del self.fields["leave_out"]

    def clean_seen(self) -> list[int]:
        """Return the numbers."""
        return [int(number) for number in str(self.cleaned_data["seen"]).split(",")]


def field_name(place: str, area_id: int) -> str:
    """Name the field of a pair."""
    return f"need-{place}-{area_id}"
