"""Codes and passkeys as they are typed or sent by the browser."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components.forms import Form

_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short number"}


class Code(Form):
    """The code of the application, or one of the recovery codes."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        error_messages={"required": _("Type the code.")},
        widget=forms.TextInput(attrs=_CODE),
    )


class NewCode(Form):
    """The code that proves that the application has the secret."""

    code = forms.CharField(
        label=_("Code from the application"),
        max_length=20,
        help_text=_("Six digits; they change every 30 seconds."),
        error_messages={"required": _("Type the code the application shows.")},
        widget=forms.TextInput(attrs=_CODE),
    )


class NewPasskey(Form):
    """A new passkey: what the browser sends, and a name its person will know it by."""

    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000, required=False)
    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        help_text=_("By which you will know it: “Work laptop”, say."),
    )
    field_order = ("name", "credential")
