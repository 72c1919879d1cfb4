"""Fields that two tabs have changed: what the other one saved, in the words of the form."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ols.web.components import application_words
from ols.web.components.shapes import SummaryRow
from ols.web.public.forms.application import AccessApplication


def rows(saved: Mapping[str, str]) -> list[SummaryRow]:
    """Return the fields with what is saved in them."""
    form = AccessApplication()
    return [SummaryRow(form.fields[name].label or name, _shown(form, name, saved[name])) for name in saved]


def _shown(form: AccessApplication, name: str, value: str) -> str | Promise:
    if name == "areas":
        return ", ".join(application_words.areas(value.split(",")))
    if name == "accepted":
        return _("yes") if value else _("no")
    return str(form.fields[name].prepare_value(value))
