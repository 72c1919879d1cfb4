"""What an applicant can be asked to correct, and why an application is rejected: codes and words.

The words are message ids; pages translate them, letters to applicants are in Polish as their answers are.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_noop

ASKABLE: Final[Mapping[str, str]] = {
    "name": gettext_noop("Name"),
    "regon": gettext_noop("REGON"),
    "krs": gettext_noop("KRS"),
    "legal_form": gettext_noop("Legal form"),
    "street": gettext_noop("Street and number"),
    "postal_code": gettext_noop("Postal code"),
    "city": gettext_noop("Town"),
    "representative_name": gettext_noop("First name and surname"),
    "representative_function": gettext_noop("Function"),
    "email": gettext_noop("E-mail address"),
    "phone": gettext_noop("Phone"),
    "areas": gettext_noop("Kinds of service"),
    "extract": gettext_noop("Register extract"),
}
# Code: what is wrong, and what the applicant does next.
REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "not-in-register": (
        gettext_noop("The clinic is not in the register"),
        gettext_noop("Enter the clinic in the register, then apply again."),
    ),
    "struck-off": (
        gettext_noop("The clinic was struck off the register"),
        gettext_noop("Explain it with the body that keeps the register, then apply again."),
    ),
    "not-entitled": (
        gettext_noop("The person may not represent the clinic"),
        gettext_noop("Apply again with a person entitled to represent the clinic, or add an authorization."),
    ),
    "not-verified": (
        gettext_noop("The data could not be verified"),
        gettext_noop("Apply again with a fresh register extract."),
    ),
    "duplicate": (
        gettext_noop("The clinic has access or another application"),
        gettext_noop("Ask for a new link for setting the password, or call the consultant."),
    ),
    "other": (gettext_noop("Another reason"), gettext_noop("Call the consultant or apply again.")),
}
# Common remarks a field; the operator chooses one or writes another.
REMARKS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (gettext_noop("Write the name exactly as in the register."),),
    "regon": (gettext_noop("Check the number with the register extract."),),
    "krs": (
        gettext_noop("Give the KRS number of the company."),
        gettext_noop("Check the number with the register extract."),
    ),
    "legal_form": (gettext_noop("Write the legal form as in the register."),),
    "street": (
        gettext_noop("Give the address of the seat as in the register."),
        gettext_noop("The house or flat number is missing."),
    ),
    "postal_code": (gettext_noop("The postal code does not belong to this address."),),
    "city": (gettext_noop("Give the address of the seat as in the register."),),
    "representative_name": (
        gettext_noop("Give the person entitled to represent the clinic."),
        gettext_noop("Give both the first name and the surname."),
    ),
    "representative_function": (gettext_noop("Write on what ground the person represents the clinic."),),
    "email": (gettext_noop("Give an address of the clinic, not a private one."),),
    "phone": (gettext_noop("Nobody answers under this number: check it."),),
    "areas": (gettext_noop("Choose the kinds of service that the clinic provides."),),
    "extract": (
        gettext_noop("Add a register extract."),
        gettext_noop("The extract is too old: add a newer one."),
        gettext_noop("The extract cannot be read: add a clear PDF or picture."),
        gettext_noop("The extract is of another clinic: add yours."),
        gettext_noop("Pages are missing: add the whole extract."),
    ),
}
KNOWN_VALUE: Final = gettext_noop("The register says: %(value)s. Correct it, or explain the difference.")
# What people may lawfully have otherwise than the register: nothing to correct.
MAY_DIFFER: Final = frozenset({"email", "phone"})


def remarks(field: str) -> list[str]:
    """Return the common remarks for a field, in the applicant's language."""
    with translation.override("pl"):
        return [translation.gettext(words) for words in REMARKS[field]]


def remark_of_difference(known: str) -> str:
    """Return what is written about a field that the register has otherwise, in the applicant's language."""
    with translation.override("pl"):
        return translation.gettext(KNOWN_VALUE) % {"value": known}


def recorded(remark: str, data: Mapping[str, Any]) -> str:
    """Return what a record of an application says beside its title, in the reader's language.

    The operator's words are kept as they are, the rest as codes. A record of an earlier version of the
    product that holds the finished letter is shown as it is.
    """
    language = translation.get_language()
    if "remarks" in data:
        return asked_letter(remark, data["remarks"], language=language)
    return refusal_letter(data["refusal"], remark, language=language) if "refusal" in data else remark


def asked_letter(remark: str, asked: Mapping[str, str], *, language: str | None = "pl") -> str:
    """Return the general words and then each field with its remark; letters are in Polish."""
    with translation.override(language):
        lines = [
            f"- {translation.gettext(ASKABLE[name])}: {words}".rstrip(": ") for name, words in asked.items()
        ]
    return "\n".join([*([remark] if remark else []), *lines])


def refusal_letter(code: str, words: str, *, language: str | None = "pl") -> str:
    """Return the reason, the operator's words and what to do next; letters are in Polish."""
    reason, next_step = REFUSALS[code]
    with translation.override(language):
        parts = (f"{translation.gettext(reason)}.", words, translation.gettext(next_step))
    return "\n\n".join(part for part in parts if part)
