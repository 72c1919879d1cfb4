"""Who may be the same clinic, and why, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ols.onboarding.selectors import Duplicate
from ols.web.components import application_words
from ols.web.components.shapes import Tag

_REASONS: dict[str, str | Promise] = {
    "nip": _("the same NIP"),
    "regon": _("the same REGON"),
    "krs": _("the same KRS"),
    "register_book_no": _("the same register book"),
    "email": _("the same e-mail address"),
    "phone": _("the same phone"),
}
_IN_REGISTER = {
    "entry": Tag(_("In the register"), "info", "book-open"),
    "gone": Tag(_("No longer in the register"), "bad", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class DuplicateLine:
    """One possible duplicate as the page shows it."""

    name: str
    city: str
    number: str
    url: str
    tag: Tag
    reasons: Sequence[str | Promise]


def lines(found: Sequence[Duplicate]) -> list[DuplicateLine]:
    """Return the duplicates in words, in their order."""
    return [
        DuplicateLine(
            item.name,
            item.city,
            item.number,
            _url(item),
            _IN_REGISTER.get(item.status) or application_words.status(item.status),
            _reasons(item.same),
        )
        for item in found
    ]


def _url(item: Duplicate) -> str:
    if item.status in _IN_REGISTER:
        return reverse("operator:entry-show", args=[item.number])
    page = "organization-detail" if item.status == "joined" else "application-detail"
    return reverse(f"operator:{page}", args=[item.uuid])


def _reasons(same: Sequence[str]) -> list[str | Promise]:
    told = [_REASONS[name] for name in same if name in _REASONS]
    if "address" in same:
        return [*told, _("a similar name and the same address")]
    return [*told, _("a similar name in the same town")] if "name" in same else told
