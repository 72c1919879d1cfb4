"""What an operator writes to an applicant."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ols.onboarding import asked
from ols.web.components.forms import Form

_MAX_WORDS: Final = 300
_WORDS: Final = forms.Textarea(attrs={"rows": 2, "maxlength": _MAX_WORDS, "class": "low"})


@dataclass(frozen=True, slots=True)
class AskedField:
    """One field that can be asked for: its tick, the common remarks, and words of one's own."""

    name: str
    tick: forms.BoundField
    common: forms.BoundField
    why: forms.BoundField


class ApplicationReturn(Form):
    """Which fields have to be corrected, each with a remark; or words about the whole."""

    remark = forms.CharField(
        label=_("What has to be completed"),
        max_length=2000,
        required=False,
        help_text=_("The applicant gets these words by e-mail, before the fields."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, differences: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        """Add a tick and remarks for each field; `differences` (field: remark) are ticked beforehand."""
        super().__init__(*args, **kwargs)
        for name, label in asked.ASKABLE.items():
            words = (differences or {}).get(name, "")
            field = {"field": _now(label)}
            self.fields[f"ask_{name}"] = forms.BooleanField(
                label=_now(label), required=False, initial=bool(words)
            )
            self.fields[f"common_{name}"] = forms.ChoiceField(
                label=_("Common remark: %(field)s") % field,
                required=False,
                choices=[("", _("Own words")), *((text, text) for text in asked.remarks(name))],
            )
            self.fields[f"why_{name}"] = forms.CharField(
                label=_("Remark: %(field)s") % field,
                required=False,
                max_length=_MAX_WORDS,
                initial=words,
                widget=_WORDS,
            )

    def asked_fields(self) -> list[AskedField]:
        """Return the fields in the order of the application."""
        return [
            AskedField(name, self[f"ask_{name}"], self[f"common_{name}"], self[f"why_{name}"])
            for name in asked.ASKABLE
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for words: in general or for each ticked field."""
        given = super().clean() or self.cleaned_data
        for name, words in self.asked().items():
            if not words and f"why_{name}" not in self.errors:
                label = _now(asked.ASKABLE[name])
                self.add_error(
                    f"why_{name}",
                    _("%(field)s: choose a remark, or write what has to be corrected.") % {"field": label},
                )
        if not given.get("remark") and not self.asked():
            self.add_error("remark", _("Tick a field, or write what the applicant has to complete."))
        return given

    def asked(self) -> dict[str, str]:
        """Return the ticked fields with their remarks: the common one, then the operator's own words."""
        given = self.cleaned_data
        return {name: self._words(name) for name in asked.ASKABLE if given.get(f"ask_{name}")}

    def _words(self, name: str) -> str:
        """Join both remarks; words that came with the page give way to a common remark chosen instead."""
        common = str(self.cleaned_data.get(f"common_{name}") or "")
        own = str(self.cleaned_data.get(f"why_{name}") or "").strip()
        if common and own == self.fields[f"why_{name}"].initial:
            own = ""
        return " ".join(filter(None, (common, own)))[:_MAX_WORDS]


class ApplicationRejection(Form):
    """Why access is refused."""

    code = forms.ChoiceField(
        label=_("Reason"), error_messages={"required": _("Choose the reason for rejecting.")}
    )
    reason = forms.CharField(
        label=_("Reason for rejecting"),
        max_length=2000,
        help_text=_("The applicant gets these words by e-mail, with what to do next."),
        error_messages={"required": _("Write why the application is rejected.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the reasons in words."""
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        assert isinstance(code, forms.ChoiceField)
        choices = [(value, _now(reason)) for value, (reason, _next) in asked.REFUSALS.items()]
        code.choices = [("", _("Choose")), *choices]

    def next_steps(self) -> list[tuple[str, str]]:
        """Return each reason with what the letter tells the applicant to do."""
        return [(_now(reason), _now(next_step)) for reason, next_step in asked.REFUSALS.values()]
