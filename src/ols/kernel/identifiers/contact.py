"""Postal codes and telephone numbers."""

import phonenumbers

from ols.kernel.identifiers import errors


def parse_postal_code(text: str) -> str:
    """Return a Polish postal code as NN-NNN.

    :raises IdentifierError: see its codes
    """
    number = errors.digits(text, "POSTAL_CODE", 5)
    return f"{number[:2]}-{number[2:]}"


def parse_phone(text: str) -> str:
    """Return a telephone number in E.164 (+48600000001); without a country it is Polish.

    :raises IdentifierError: see its codes
    """
    if not text.strip():
        raise errors.IdentifierError("EMPTY", "PHONE")
    if any(letter.isalpha() or (letter.isdigit() and not letter.isascii()) for letter in text):
        raise errors.IdentifierError("CHARACTERS", "PHONE")
    try:
        number = phonenumbers.parse(text, "PL")
    except phonenumbers.NumberParseException as error:
        raise errors.IdentifierError("PATTERN", "PHONE") from error
    if not phonenumbers.is_valid_number(number):
        raise errors.IdentifierError("PATTERN", "PHONE")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def format_phone(phone: str) -> str:
    """Group for people: +48 600 000 001."""
    return phonenumbers.format_number(
        phonenumbers.parse(phone, None), phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
