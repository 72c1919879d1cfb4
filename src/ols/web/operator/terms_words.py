"""Versions of terms in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.network.selectors import TermsKind
from ols.network.selectors.versions import Standing
from ols.web.components.shapes import Tag

KINDS: Final[dict[str, str | Promise]] = {
    TermsKind.PLATFORM: _("Terms of the platform"),
    TermsKind.INSURANCE_SERVICE: _("Terms of the insurance service"),
}
STANDINGS: Final = {
    Standing.IN_FORCE: Tag(pgettext_lazy("version", "in force"), "ok", "circle-check"),
    Standing.PLANNED: Tag(pgettext_lazy("version", "planned"), "info", "clock"),
    Standing.PAST: Tag(pgettext_lazy("version", "past"), "plain", "history"),
}
PROBLEMS: Final[dict[str, str | Promise]] = {
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
