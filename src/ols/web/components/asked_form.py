"""A form that sends something back: fields to be corrected, each with a remark, or general words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components.forms import Form
from ols.web.components.shapes import Text

MAX_WORDS: Final = 300
_WORDS: Final = forms.Textarea(attrs={"rows": 2, "maxlength": MAX_WORDS, "class": "low"})


@dataclass(frozen=True, slots=True)
class Askable:
    """A field that can be asked for: its name in words, common remarks, and a remark given beforehand."""

    name: str
    label: Text
    common: Sequence[str] = ()
    differs: str = ""


@dataclass(frozen=True, slots=True)
class AskedField:
    """One field that can be asked for: its tick, the common remarks, and words of one's own."""

    name: str
    tick: forms.BoundField
    common: forms.BoundField
    why: forms.BoundField


class AskedFields(Form):
    """Ticks with remarks; subclasses bring `remark`, about the whole, and the sentence when all is empty."""

    nothing: Text = ""

    def __init__(self, *args: Any, askable: Sequence[Askable], **kwargs: Any) -> None:
        """Add a tick and remarks for each field; what differs is ticked beforehand."""
        super().__init__(*args, **kwargs)
        self.askable = {row.name: row for row in askable}
        for row in askable:
            field = {"field": row.label}
            self.fields[f"ask_{row.name}"] = forms.BooleanField(
                label=str(row.label), required=False, initial=bool(row.differs)
            )
            self.fields[f"common_{row.name}"] = forms.ChoiceField(
                label=_("Common remark: %(field)s") % field,
                required=False,
                choices=[("", _("Own words")), *((text, text) for text in row.common)],
            )
            self.fields[f"why_{row.name}"] = forms.CharField(
                label=_("Remark: %(field)s") % field,
                required=False,
                max_length=MAX_WORDS,
                initial=row.differs,
                widget=_WORDS,
            )

    def asked_fields(self) -> list[AskedField]:
        """Return the fields in their order."""
        return [
            AskedField(name, self[f"ask_{name}"], self[f"common_{name}"], self[f"why_{name}"])
            for name in self.askable
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for words: in general or for each ticked field."""
        given = super().clean() or self.cleaned_data
        for name, words in self.asked().items():
            if not words and f"why_{name}" not in self.errors:
                label = self.askable[name].label
                self.add_error(
                    f"why_{name}",
                    _("%(field)s: choose a remark, or write what has to be corrected.") % {"field": label},
                )
        if not given.get("remark") and not self.asked():
            self.add_error("remark", str(self.nothing))
        return given

    def asked(self) -> dict[str, str]:
        """Return the ticked fields with their remarks: the common one, then one's own words."""
        given = self.cleaned_data
        return {name: self._words(name) for name in self.askable if given.get(f"ask_{name}")}

    def _words(self, name: str) -> str:
        """Join both remarks; words that came with the page give way to a common remark chosen instead."""
        common = str(self.cleaned_data.get(f"common_{name}") or "")
        own = str(self.cleaned_data.get(f"why_{name}") or "").strip()
        if common and own == self.fields[f"why_{name}"].initial:
            own = ""
        return " ".join(filter(None, (common, own)))[:MAX_WORDS]
