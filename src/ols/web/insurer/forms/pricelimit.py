"""Price limits of one area: a grid of new limits from one day, and a file with the same."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.plans.limit_file import NO_LIMIT
from ols.plans.selectors import LimitRow
from ols.web.components import fields
from ols.web.components.forms import DatedForm, Form

# In a form an empty field changes nothing, so "no limit" needs a value of its own; limits are above zero.
_NONE = 0


class LimitField(fields.AmountField):
    """An amount, or a dash for: no limit any more."""

    def to_python(self, value: Any) -> int | None:
        """Return grosze, 0 for no limit, None for: stays as it is."""
        if str(value or "").strip().lower() in NO_LIMIT:
            return _NONE
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """What was typed stays as typed."""
        return value


class FromDay(DatedForm):
    """The day from which limits count, never past: decided claims keep those they were decided under."""

    valid_from = fields.ComingDayField(
        label=_("Valid from"), help_text=_("Today or later. What counted before stays as it was.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Suggest today."""
        super().__init__(*args, today=today, **kwargs)
        self.fields["valid_from"].initial = today


class PriceLimits(FromDay):
    """One amount a service (empty: the limit stays as it is) and the day they count from."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, rows: Sequence[LimitRow], *args: Any, revision: int, **kwargs: Any) -> None:
        """Make a field for each service."""
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = revision
        for row in rows:
            name = f"{row.service.code} {row.service.name}"
            self.fields[f"limit-{row.service.id}"] = LimitField(label=name, required=False, min_gr=1)

    def typed(self, service_id: int) -> dict[str, object]:
        """Return what stands in a service's field: its name, what was typed, what is wrong with it."""
        name = f"limit-{service_id}"
        return {"name": name, "value": self.data.get(name, ""), "errors": self.errors.get(name, ())}

    def limits(self) -> Mapping[int, int | None]:
        """Return the new limit in grosze by service id, None for: no limit."""
        return {
            int(name.removeprefix("limit-")): value or None
            for name, value in self.cleaned_data.items()
            if name.startswith("limit-") and value is not None
        }


class LimitUpload(FromDay):
    """A spreadsheet with codes and limits, and the day they count from."""

    file = fields.UploadField(
        label=_("File with limits"),
        types=("xlsx", "csv"),
        limit_mb=2,
        help_text=_("XLSX or CSV, up to 2 MB."),
    )


class LimitFilter(Form):
    """Which services of the area are shown."""

    SHOWN = (
        ("", _("All services")),
        ("limited", _("With a limit today")),
        ("unlimited", _("Without a limit today")),
        ("planned", _("With a planned change")),
        ("own", _("Own services")),
    )
    q = forms.CharField(label=_("Code or name"), required=False, max_length=60)
    shown = forms.ChoiceField(label=_("Show"), choices=SHOWN, required=False)


class Confirmation(Form):
    """What is confirmed: the state that was seen, and that wrong rows are left out."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    leave_out = forms.BooleanField(label=_("Leave the wrong rows out and apply the others"), required=False)

    def __init__(self, *args: Any, refused: int, **kwargs: Any) -> None:
        """Ask about wrong rows only where there are some."""
        super().__init__(*args, **kwargs)
        if not refused:
            del self.fields["leave_out"]


class Undo(Form):
    """Which planned day is taken back, for one service or all."""

    day = fields.DateField(label=_("Day"))
    service_id = forms.IntegerField(required=False)
