"""Versions of terms in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.network.selectors import TermsKind
from ols.network.selectors.evidence import SignerState
from ols.network.selectors.versions import Standing
from ols.web.components.shapes import Tag

Text = str | Promise

KINDS: Final[dict[str, Text]] = {
    TermsKind.PLATFORM: _("Terms of the platform"),
    TermsKind.INSURANCE_SERVICE: _("Terms of the insurance service"),
    TermsKind.GENERAL: _("General terms"),
    TermsKind.THEMATIC: _("Thematic terms"),
}
STANDINGS: Final = {
    Standing.IN_FORCE: Tag(pgettext_lazy("version", "in force"), "ok", "circle-check"),
    Standing.PLANNED: Tag(pgettext_lazy("version", "planned"), "info", "clock"),
    Standing.PAST: Tag(pgettext_lazy("version", "past"), "plain", "history"),
}
SIGNERS: Final = {
    SignerState.CURRENT: Tag(pgettext_lazy("signer", "newest version accepted"), "ok", "circle-check"),
    SignerState.WAITING: Tag(pgettext_lazy("signer", "not yet"), "warn", "clock"),
    SignerState.SUSPENDED: Tag(pgettext_lazy("signer", "suspended"), "bad", "triangle-alert"),
}
PROBLEMS: Final[dict[str, Text]] = {
    "version-missing": _("Version: give the version a number."),
    "title-missing": _("Title: write the title."),
    "body-missing": _("Text: write the text."),
    "day-missing": _("In force from: choose the day."),
    "day-past": _("In force from: choose today or a later day."),
    "day-taken": _("In force from: another version begins on that day. Choose another day."),
    "day-order": _("In force from: choose a day after the newest version begins."),
    "deadline-early": _("Accept by: leave at least a week, and not less than until the version begins."),
    "version-taken": _("Version: this number was used. Choose another one."),
    "text-same": _("Text: it is the same as the newest version. There is nothing to publish."),
}


def name(kind: str, area_name: str = "") -> Text:
    """Return what the text is called: its kind, with the area of thematic terms."""
    if not area_name:
        return KINDS[kind]
    return format_lazy(_("Thematic terms: {area}"), area=area_name)
