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


# What the system itself gives as the reason of a step: records and contracts keep the code.
DOCUMENT_ENDED: Final = "document"
DOCUMENT_CAME: Final = "document-accepted"
SYSTEM_REASONS: Final[Mapping[str, str]] = {
    DOCUMENT_ENDED: gettext_noop("A required document has ended, and no new one was sent."),
    DOCUMENT_CAME: gettext_noop("The new document was accepted."),
}
AUTOMATIC: Final = gettext_noop("Accepted automatically: every rule of the insurer passed.")


def system_reason(code: str, *, language: str | None = None) -> str:
    """Return a reason of the system in words, in the reader's language unless another is wanted."""
    words = SYSTEM_REASONS.get(code, "")
    with translation.override(language or translation.get_language()):
        return translation.gettext(words) if words else ""


def recorded(remark: str, data: Mapping[str, object], *, documents: Mapping[str, str]) -> str:
    """Return what a record of a contract says beside its title, in the reader's language.

    What people wrote is kept as they wrote it, the rest as codes. A record of an earlier version of the
    product that holds finished sentences is shown as it is.
    """
    fields = data.get("remarks")
    if isinstance(fields, dict):
        return letter(remark, fields, documents=documents)
    if remark:
        return remark
    return (
        translation.gettext(AUTOMATIC)
        if data.get("automatic")
        else system_reason(str(data.get("reason", "")))
    )


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
    remark: str, fields: Mapping[str, str], *, documents: Mapping[str, str], language: str | None = None
) -> str:
    """Return the general words and then each field with its remark, in the reader's language or another."""
    with translation.override(language or translation.get_language()):
        lines = [f"- {label(name, documents=documents)}: {words}" for name, words in fields.items()]
    return "\n".join([*([remark] if remark else []), *lines])
