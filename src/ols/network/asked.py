"""What an insurer can ask to correct in an offer, and why it rejects one: codes and words.

The words are message ids; pages translate them, letters are written in both languages.
"""

from collections.abc import Mapping
from typing import Final

from django.utils import translation
from django.utils.translation import gettext_noop

PARAMETER_FIELDS: Final[Mapping[str, str]] = {
    "starts_on": gettext_noop("Co-operation from"),
    "iban": gettext_noop("Bank account"),
    "contact_name": gettext_noop("Contact person"),
    "contact_email": gettext_noop("E-mail of the contact person"),
    "contact_phone": gettext_noop("Phone of the contact person"),
}
DOCUMENT: Final = "document:"
# Common remarks a field; the insurer chooses one or writes another. Documents share theirs.
REMARKS: Final[Mapping[str, tuple[str, ...]]] = {
    "starts_on": (
        gettext_noop("Choose a later first day: the contract needs time to be prepared."),
        gettext_noop("Choose an earlier first day."),
    ),
    "iban": (
        gettext_noop("The account belongs to somebody else: give an account of the clinic."),
        gettext_noop("Give the account that the tax office knows."),
    ),
    "contact_name": (gettext_noop("Give a person who may decide for the clinic."),),
    "contact_email": (gettext_noop("Give an address of the clinic, not a private one."),),
    "contact_phone": (gettext_noop("Nobody answers under this number: check it."),),
    DOCUMENT: (
        gettext_noop("The document is out of date: add a current one."),
        gettext_noop("The document cannot be read: add a clear PDF or picture."),
        gettext_noop("The document is of another clinic: add yours."),
        gettext_noop("Pages are missing: add the whole document."),
        gettext_noop("The signature is missing."),
    ),
}
REASONS: Final[tuple[str, ...]] = (
    gettext_noop("The network in this area is full now."),
    gettext_noop("The clinic is no longer in the register."),
    gettext_noop("The scope of services is other than what we look for."),
    gettext_noop("The documents could not be verified."),
)


AUTOMATIC: Final = gettext_noop("Accepted automatically: every rule of the insurer passed.")


def automatic_remark() -> str:
    """Return what the history says of an acceptance without a person, in the language of all remarks."""
    with translation.override("pl"):
        return translation.gettext(AUTOMATIC)


def document_field(code: str) -> str:
    """Return the name by which a required document is remarked on."""
    return f"{DOCUMENT}{code}"


def remarks(field: str) -> tuple[str, ...]:
    """Return the common remarks for a field, in the reader's language."""
    known = REMARKS[DOCUMENT if field.startswith(DOCUMENT) else field]
    return tuple(translation.gettext(words) for words in known)


def label(field: str, *, documents: Mapping[str, str]) -> str:
    """Return a field's name in the reader's language; `documents` holds names by code."""
    if field.startswith(DOCUMENT):
        code = field.removeprefix(DOCUMENT)
        return documents.get(code, code)
    return translation.gettext(PARAMETER_FIELDS[field])


def letter(
    remark: str, fields: Mapping[str, str], *, documents: Mapping[str, str], language: str = "pl"
) -> str:
    """Return the general words and then each field with its remark."""
    with translation.override(language):
        lines = [f"- {label(name, documents=documents)}: {words}" for name, words in fields.items()]
    return "\n".join([*([remark] if remark else []), *lines])
