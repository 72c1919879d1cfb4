"""What each field of a register file may hold: text in, column values out, or a refusal code."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ols.kernel import days, identifiers
from ols.registry import cell_types

Value = str | int | None

_ADDRESS = re.compile(r"(?P<street>.+?),\s*(?P<postal>\d{2}-\d{3})\s+(?P<city>.+)", re.ASCII)
# C0 and C1 controls, NUL among them: nothing a register writes, and the database refuses some.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_ENTITY_KINDS = {
    "podmiot leczniczy": "medical-entity",
    "praktyka lekarska": "doctor-practice",
    "praktyka pielęgniarska": "nurse-practice",
    "praktyka fizjoterapeutyczna": "physiotherapist-practice",
}
_ACTIVITY_KINDS = {
    "ambulatoryjna": "ambulatory",
    "stacjonarna szpitalna": "hospital",
    "inna": "other",
}


class FieldRefused(Exception):
    """A field cannot be taken; `code` says why."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


class Field(NamedTuple):
    """One column of the file for one level: where its values go and how they are read.

    An empty field that is not required gives `empty` for each target.
    """

    name: str
    targets: tuple[str, ...]
    read: Callable[[str], tuple[Value, ...]]
    required: bool = False
    empty: Value = ""

    def values(self, text: str) -> tuple[Value, ...]:
        """Return the values for the targets.

        :raises FieldRefused: CONTROL_CHARACTERS, REQUIRED or a code of the reader
        """
        if not text.isprintable() and _CONTROLS.search(text):
            raise FieldRefused("CONTROL_CHARACTERS")
        plain = text.strip()
        if plain:
            return self.read(plain)
        return self.blank()

    def blank(self) -> tuple[Value, ...]:
        """Return the values of an empty field.

        :raises FieldRefused: REQUIRED
        """
        if self.required:
            raise FieldRefused("REQUIRED")
        return (self.empty,) * len(self.targets)


def text(limit: int) -> Callable[[str], tuple[Value, ...]]:
    """Return a reader of any text up to so many characters; inner spaces are made single."""

    @lru_cache(maxsize=4096)
    def read(value: str) -> tuple[Value, ...]:
        if len(value) > limit:
            raise FieldRefused("TOO_LONG")
        return (" ".join(value.split()),)

    return read


def digits(length: int) -> Callable[[str], tuple[Value, ...]]:
    """Return a reader of exactly so many digits."""
    pattern = re.compile(rf"[0-9]{{{length}}}")

    def read(value: str) -> tuple[Value, ...]:
        if not pattern.fullmatch(value):
            raise FieldRefused("NOT_DIGITS")
        return (value,)

    return read


def identifier(parse: Callable[[str], str]) -> Callable[[str], tuple[Value, ...]]:
    """Return a reader that checks an identifier, with its check digit where it has one."""

    @lru_cache(maxsize=4096)
    def read(value: str) -> tuple[Value, ...]:
        try:
            return (parse(value),)
        except identifiers.IdentifierError as error:
            raise FieldRefused(error.code) from error

    return read


def choice(values: dict[str, str]) -> Callable[[str], tuple[Value, ...]]:
    """Return a reader of a closed list of words."""

    def read(value: str) -> tuple[Value, ...]:
        found = values.get(value.lower())
        if found is None:
            raise FieldRefused("NOT_ON_LIST")
        return (found,)

    return read


@lru_cache(maxsize=65536)
def day(value: str) -> tuple[Value, ...]:
    """Read a date in any of the accepted forms."""
    try:
        return (days.parse_date(value).isoformat(),)
    except days.DateError as error:
        raise FieldRefused(error.code) from error


@lru_cache(maxsize=4096)
def address(value: str) -> tuple[Value, ...]:
    """Read `street number, NN-NNN city` into street, postal code and city."""
    found = _ADDRESS.fullmatch(value)
    if found is None:
        raise FieldRefused("NOT_AN_ADDRESS")
    street, postal, city = found["street"].strip(), found["postal"], found["city"].strip()
    if len(street) > 200 or len(city) > 100:
        raise FieldRefused("TOO_LONG")
    return (street, postal, city)


def count(value: str) -> tuple[Value, ...]:
    """Read a number of beds or stations, 0 to 9999."""
    if not re.fullmatch(r"[0-9]{1,4}", value):
        raise FieldRefused("NOT_A_NUMBER")
    return (int(value),)


def specialty(value: str) -> tuple[Value, ...]:
    """Read a part VIII code of the closed list."""
    if value not in cell_types.names():
        raise FieldRefused("NOT_ON_LIST")
    return (value,)


_ADDRESS_TARGETS = ("street", "postal_code", "city")
_FROM_TO = (
    Field("active_from", ("active_from",), day, empty=None),
    Field("active_to", ("active_to",), day, empty=None),
)
BOOK = Field("register_book_no", ("register_book_no",), identifier(identifiers.parse_rpwdl), required=True)

# Per level: its fields in the order of the columns they fill; the second item is the level's own key.
LEVELS: dict[str, tuple[tuple[Field, ...], str]] = {
    "entity": (
        (
            Field("registering_body", ("registering_body",), text(200), required=True),
            Field("entity_kind", ("entity_kind",), choice(_ENTITY_KINDS), required=True),
            Field("name", ("name",), text(300), required=True),
            Field("nip", ("nip",), identifier(identifiers.parse_nip), required=True),
            Field("regon", ("regon",), identifier(identifiers.parse_regon9)),
            Field("krs", ("krs",), identifier(identifiers.parse_krs)),
            Field("npwz", ("npwz",), identifier(identifiers.parse_npwz)),
            Field("legal_form", ("legal_form",), text(120)),
            Field("founder_code", ("founder_code",), text(10)),
            Field("founder_name", ("founder_name",), text(300)),
            Field("seat_address", _ADDRESS_TARGETS, address, required=True),
            Field("mail_address", ("mail_address",), text(300)),
            Field("teryt", ("teryt",), digits(7), required=True),
            Field("phone", ("phone",), text(40)),
            Field("email", ("email",), text(254)),
            Field("website", ("website",), text(200)),
            Field("active_from", ("active_from",), day, required=True),
            Field("active_to", ("active_to",), day, empty=None),
            Field("struck_off_on", ("struck_off_on",), day, empty=None),
        ),
        "register_book_no",
    ),
    "facility": (
        (
            Field("regon14", ("regon14",), identifier(identifiers.parse_regon14), required=True),
            Field("name", ("name",), text(300), required=True),
            Field("address", _ADDRESS_TARGETS, address, required=True),
            Field("activity_kind", ("activity_kind",), choice(_ACTIVITY_KINDS), required=True),
        ),
        "regon14",
    ),
    "unit": (
        (
            Field("unit_code", ("unit_code",), digits(2), required=True),
            Field("name", ("name",), text(300), required=True),
            Field("address", _ADDRESS_TARGETS, address),
            Field("teryt", ("teryt",), digits(7)),
            *_FROM_TO,
        ),
        "unit_code",
    ),
    "cell": (
        (
            Field("cell_code", ("cell_code",), digits(3), required=True),
            Field("specialty_code", ("specialty_code",), specialty, required=True),
            Field("name", ("name",), text(300), required=True),
            Field("address", _ADDRESS_TARGETS, address),
            Field("phone", ("phone",), text(40)),
            *_FROM_TO,
            Field("medical_fields", ("medical_fields",), text(200)),
            Field("function_code", ("function_code",), text(10)),
            Field("beds", ("beds",), count, empty=None),
            Field("icu_beds", ("icu_beds",), count, empty=None),
            Field("dialysis_stations", ("dialysis_stations",), count, empty=None),
            Field("accreditations", ("accreditations",), text(300)),
        ),
        "cell_code",
    ),
}

REQUIRED_COLUMNS = (
    "level", "register_book_no", "registering_body", "entity_kind", "name", "nip", "regon", "krs",
    "seat_address", "teryt", "active_from", "struck_off_on",
    "regon14", "address", "activity_kind", "cell_code", "specialty_code",
)  # fmt: skip
KNOWN_COLUMNS = (
    "level",
    "register_book_no",
    *dict.fromkeys(field.name for fields, _ in LEVELS.values() for field in fields),
)
