"""What an operator writes to an applicant."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ols.onboarding import asked
from ols.web.components.forms import Form

_WORDS: Final = forms.TextInput(attrs={"maxlength": 300})


class ApplicationReturn(Form):
    """Which fields have to be corrected, each with a remark; or words about the whole."""

    remark = forms.CharField(
        label=_("What has to be completed"),
        max_length=2000,
        required=False,
        help_text=_("The applicant gets these words by e-mail."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add a tick and a remark for each field that can be asked for."""
        super().__init__(*args, **kwargs)
        for name, label in asked.ASKABLE.items():
            self.fields[f"ask_{name}"] = forms.BooleanField(label=_now(label), required=False)
            self.fields[f"why_{name}"] = forms.CharField(
                label=_("Remark: %(field)s") % {"field": _now(label)},
                required=False,
                max_length=300,
                widget=_WORDS,
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the ticks, each with its remark, in the order of the application."""
        return [(self[f"ask_{name}"], self[f"why_{name}"]) for name in asked.ASKABLE]

    def clean(self) -> dict[str, Any]:
        """Ask for words: in general or for each ticked field."""
        given = super().clean() or self.cleaned_data
        for name, words in self.asked().items():
            if not words:
                label = _now(asked.ASKABLE[name])
                self.add_error(
                    f"why_{name}", _("%(field)s: write what has to be corrected.") % {"field": label}
                )
        if not given.get("remark") and not self.asked():
            self.add_error("remark", _("Write what the applicant has to complete."))
        return given

    def asked(self) -> dict[str, str]:
        """Return the ticked fields with their remarks."""
        return {
            name: self.cleaned_data.get(f"why_{name}", "").strip()
            for name in asked.ASKABLE
            if self.cleaned_data.get(f"ask_{name}")
        }


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
