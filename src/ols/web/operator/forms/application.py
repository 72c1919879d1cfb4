"""What an operator writes to an applicant."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components.forms import Form


class ApplicationReturn(Form):
    """What has to be completed."""

    remark = forms.CharField(
        label=_("What has to be completed"),
        max_length=2000,
        help_text=_("The applicant gets these words by e-mail."),
        error_messages={"required": _("Write what the applicant has to complete.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ApplicationRejection(Form):
    """Why access is refused."""

    reason = forms.CharField(
        label=_("Reason for rejecting"),
        max_length=2000,
        help_text=_("The applicant gets these words by e-mail."),
        error_messages={"required": _("Write why the application is rejected.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
