"""Accepting terms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ols.web.components.forms import Form


class AcceptTerms(Form):
    """„Akceptację regulaminu”."""

    accepted = forms.BooleanField(
        label=_("Acceptance of the terms"),
        error_messages={"required": _("Tick the acceptance of the terms, or leave the page.")},
    )


class JoinInsurer(Form):
    """„Przystąp”."""

    joined = forms.BooleanField(
        label=_("Join"),
        error_messages={"required": _("Tick „Join” to accept the terms and start co-operation.")},
    )
