"""What an operator writes to an applicant."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ols.onboarding import asked
from ols.web.components.asked_form import Askable, AskedFields
from ols.web.components.forms import Form


class ApplicationReturn(AskedFields):
    """Which fields have to be corrected, each with a remark; or words about the whole."""

    nothing = _("Tick a field, or write what the applicant has to complete.")
    remark = forms.CharField(
        label=_("What has to be completed"),
        max_length=2000,
        required=False,
        help_text=_("The applicant gets these words by e-mail, before the fields."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, differences: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        """Offer what an application can be asked for; `differences` (field: remark) are ticked beforehand."""
        askable = [
            Askable(name, _now(label), asked.remarks(name), (differences or {}).get(name, ""))
            for name, label in asked.ASKABLE.items()
        ]
        super().__init__(*args, askable=askable, **kwargs)


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
