"""The badge in words: the same for clinic, insurer and visitors."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from ols.kernel import money
from ols.web.components.shapes import Tag

HELD = Tag(pgettext_lazy("badge", "Highlighted"), "ok", "award")
MISSED = Tag(gettext_lazy("Without highlight"), "warn", "arrow-up")
NONE = Tag(gettext_lazy("Nothing to compare"), "plain", "minus")


def tag(*, is_highlighted: bool, compared: int) -> Tag:
    """Return the badge as a tag."""
    if is_highlighted:
        return HELD
    return MISSED if compared else NONE


def distance(over: int, worst_gr: int) -> str | Promise:
    """Say how many prices are above their limit and by how much („1 cena jest o 1,00 zł powyżej limitu”)."""
    if not over:
        return _("No price is above its limit.")
    if over == 1:
        return _("1 price is %(amount)s above the limit") % {"amount": money.format_amount(worst_gr)}
    return ngettext(
        "%(count)s price is above the limit, by %(amount)s at most",
        "%(count)s prices are above the limit, by %(amount)s at most",
        over,
    ) % {"count": over, "amount": money.format_amount(worst_gr)}
