"""The closed days of a business card as rows of a form: first day, last day, why; empty rows mean nothing."""

import re
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from ols.kernel import closures
from ols.kernel.closures import Closure
from ols.web.components import fields
from ols.web.components.forms import DatedForm

# So many empty rows follow the known ones; after saving there are as many again.
_SPARE: Final = 3
_ROW: Final = re.compile(r"closed(\d{1,2})_(?:first|last|reason)", re.ASCII)
_MESSAGES: Final = {
    "ENDS_EARLY": ("last", _("Closed days %(number)s: the last day must not come before the first.")),
    "IN_PAST": ("first", _("Closed days %(number)s: choose today or a later day.")),
    "TOO_FAR": ("last", _("Closed days %(number)s: enter days of the next two years. Check the year.")),
    "OVERLAP": ("first", _("Closed days %(number)s: some of these days are entered already. Join the rows.")),
    "TOO_MANY": ("first", _("Closed days: at most 20 entries. Join some of them.")),
}


class ClosedDays(DatedForm):
    """A form with rows of closed days; `known` are those the card has, whichever their days."""

    def __init__(self, *args: Any, known: tuple[Closure, ...] = (), **kwargs: Any) -> None:
        """Make the rows: those that were sent, else those that are not over and some empty ones."""
        super().__init__(*args, **kwargs)
        self.known = known
        shown = closures.coming(known, on=self.today)
        sent = [int(found[1]) + 1 for name in self.data if (found := _ROW.fullmatch(name))]
        self.rows = min(max([*sent, len(shown) + _SPARE]), closures.MOST + _SPARE)
        for number in range(self.rows):
            self.fields |= self._row(number)
        for number, closure in enumerate(shown):
            for name in ("first", "last", "reason"):
                self.initial.setdefault(f"closed{number}_{name}", getattr(closure, name))

    def closed_rows(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        """Return the fields of each row, for the page."""
        return [
            (self[f"closed{number}_first"], self[f"closed{number}_last"], self[f"closed{number}_reason"])
            for number in range(self.rows)
        ]

    def clean(self) -> dict[str, Any]:
        """Read the rows; each says itself what is wrong with it."""
        given = super().clean() or self.cleaned_data
        found: dict[int, Closure] = {}
        for number in range(self.rows):
            closure = self._closure(number, given)
            if closure is not None:
                found[number] = closure
        places, rows = list(found), list(found.values())
        wrong = closures.problem(rows, known=self.known, today=self.today)
        if wrong is not None:
            number = places[min(wrong.place, len(places) - 1)]
            name, words = _MESSAGES[wrong.code]
            self.add_error(f"closed{number}_{name}", words % {"number": number + 1})
        given["closures"] = closures.coming(rows, on=self.today)
        return given

    def _closure(self, number: int, given: dict[str, Any]) -> Closure | None:
        """Return what a row says; a row with a wrong field has said so already."""
        first, last, reason = (given.get(f"closed{number}_{name}") for name in ("first", "last", "reason"))
        if first is None:
            is_begun = (last or reason) and f"closed{number}_first" not in self.errors
            if is_begun:
                words = _("Closed days %(number)s: enter the first day, or empty the row.")
                self.add_error(f"closed{number}_first", words % {"number": number + 1})
            return None
        if f"closed{number}_last" in self.errors:
            return None
        return Closure(first, last or first, " ".join((reason or "").split()))

    @staticmethod
    def _row(number: int) -> dict[str, forms.Field]:
        told = {"number": number + 1}
        first, last = _("Closed %(number)s: from") % told, _("Closed %(number)s: to") % told
        short = forms.TextInput(attrs={"autocomplete": "off"})
        return {
            f"closed{number}_first": fields.DateField(label=first, required=False),
            f"closed{number}_last": fields.DateField(label=last, required=False),
            f"closed{number}_reason": forms.CharField(
                label=_("Why (public)"), required=False, max_length=100, widget=short
            ),
        }
