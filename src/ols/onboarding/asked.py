"""What an applicant can be asked to correct, and why an application is rejected: codes and words.

The words are message ids; pages translate them, letters to applicants are in Polish as their answers are.
"""

from collections.abc import Mapping
from typing import Final

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


def asked_letter(remark: str, asked: Mapping[str, str]) -> str:
    """Return the general words and then each field with its remark, for a letter in Polish."""
    with translation.override("pl"):
        lines = [
            f"- {translation.gettext(ASKABLE[name])}: {words}".rstrip(": ") for name, words in asked.items()
        ]
    return "\n".join([*([remark] if remark else []), *lines])


def refusal_letter(code: str, words: str) -> str:
    """Return the reason, the operator's words and what to do next, in Polish."""
    reason, next_step = REFUSALS[code]
    with translation.override("pl"):
        parts = (f"{translation.gettext(reason)}.", words, translation.gettext(next_step))
    return "\n\n".join(part for part in parts if part)
