"""Addresses and passwords as they are typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components.forms import Form

_INVALID = {"invalid": _("E-mail address: write it as name@example.org.")}


class Password(forms.PasswordInput):
    """A password that can be shown by a button; pasting works as everywhere."""

    template_name = "components/widgets/password.html"


class NewPasswordInput(Password):
    """A new password, whose strength is told in words while it is typed."""

    template_name = "components/widgets/new_password.html"


class Login(Form):
    """An address and a password."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages=_INVALID,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        widget=Password(attrs={"autocomplete": "current-password"}),
    )


class OwnPassword(Form):
    """The present password, to confirm who one is."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=1000,
        strip=False,
        widget=Password(attrs={"autocomplete": "current-password"}),
    )


class PasswordRequest(Form):
    """An address to which a link is sent if it is known."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages=_INVALID,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


class NewPassword(Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("New password"),
        max_length=1000,
        strip=False,
        help_text=_(
            "At least 12 characters. Several words make a good one; spaces and any letters are welcome."
        ),
        widget=NewPasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=_("The same password again"),
        max_length=1000,
        strip=False,
        widget=Password(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, object]:
        """Both must be the same."""
        values = super().clean() or {}
        first, second = values.get("password"), values.get("repeated")
        if first and second and first != second:
            self.add_error("repeated", _("The two passwords differ. Type the same one twice."))
        return values


class PasswordChange(NewPassword):
    """The present password and a new one."""

    present = forms.CharField(
        label=_("Present password"),
        max_length=1000,
        strip=False,
        widget=Password(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("present", "password", "repeated")
