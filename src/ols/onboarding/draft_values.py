"""The fields of an application's draft; how what several tabs typed is merged is `kernel.merging`."""

from collections.abc import Mapping
from typing import Final

from ols.kernel import merging
from ols.kernel.merging import Entries, Merged, Tab, current

# Texts of the application, in the order of the page.
TEXTS: Final = (
    "name", "nip", "regon", "krs", "register_book_no", "legal_form", "street", "postal_code", "city",
    "representative_name", "representative_function", "email", "phone",
)  # fmt: skip
# Also kept: the ticked areas (codes with commas) and the version of the terms that was accepted.
FIELDS: Final = (*TEXTS, "areas", "accepted")
REGISTER: Final = "register"
MOST_LETTERS: Final = 300

__all__ = ["FIELDS", "MOST_LETTERS", "REGISTER", "TEXTS", "Entries", "Tab", "begin", "current", "merge"]


def begin(values: Mapping[str, str]) -> Entries:
    """Return the histories of a new draft: what the register knows."""
    return merging.begin(_known_fields(values), origin=REGISTER, version=1)


def merge(entries: Entries, typed: Mapping[str, str], tab: Tab, *, version: int) -> Merged:
    """Take over what the tab typed as `version`; what another tab has changed meanwhile stays."""
    return merging.merge(entries, _known_fields(typed), tab, version=version)


def _known_fields(values: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value.replace("\0", "").strip()[:MOST_LETTERS]
        for name, value in values.items()
        if name in FIELDS
    }
