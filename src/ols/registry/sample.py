"""Register files of invented clinics, the same for the same seed: for the demo world, tests and benches."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from ols.kernel import generated
from ols.registry import cell_types
from ols.registry.services import register_fields

# The seats of the 16 voivodeships: town, TERYT number, first two digits of its postal codes.
TOWNS = (
    ("Wrocław", "0264011", "50"), ("Bydgoszcz", "0461011", "85"), ("Lublin", "0663011", "20"),
    ("Zielona Góra", "0862011", "65"), ("Łódź", "1061011", "90"), ("Kraków", "1261011", "31"),
    ("Warszawa", "1465011", "02"), ("Opole", "1661011", "45"), ("Rzeszów", "1863011", "35"),
    ("Białystok", "2061011", "15"), ("Gdańsk", "2261011", "80"), ("Katowice", "2469011", "40"),
    ("Kielce", "2661011", "25"), ("Olsztyn", "2862011", "10"), ("Poznań", "3064011", "60"),
    ("Szczecin", "3262011", "70"),
)  # fmt: skip
_FIRST = ("Przychodnia", "Centrum Medyczne", "Poradnia", "Ośrodek Zdrowia", "Klinika Dzienna")
_SECOND = ("Pod Lipami", "Zielona Dolina", "Źródło", "Świt", "Na Wzgórzu", "Bursztyn", "Jesion", "Modrzew")
_STREETS = ("Lipowa", "Świętojańska", "Źródlana", "Łąkowa", "Polna", "Słoneczna", "Ogrodowa", "Krótka")
_BODIES = ("Wojewoda (demo)", "Okręgowa Izba Lekarska (demo)")
_CELLS = (
    "0010", "0032", "1000", "1010", "1030", "1100", "1200", "1220", "1300", "1401", "1450", "1580", "1600",
    "1610", "1640", "1800", "2142", "7100", "7110", "7210", "7240", "7910", "9450",
)  # fmt: skip


def write_register(path: Path, *, entities: int, seed: int) -> None:
    """Write a file in the import format: so many entities with a facility, a unit and about three cells."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, register_fields.KNOWN_COLUMNS, restval="", delimiter=";")
        writer.writeheader()
        writer.writerows(register_rows(entities=entities, seed=seed))


def register_rows(*, entities: int, seed: int) -> Iterator[dict[str, str]]:
    """Give the lines one by one, an entity before its facility, unit and cells; towns take turns."""
    rng = random.Random(seed)  # noqa: S311 (invented data, not secrets)
    for number in range(1, entities + 1):
        town, teryt, postal = TOWNS[(number - 1) % len(TOWNS)]
        street = f"ul. {rng.choice(_STREETS)} {rng.randrange(1, 120)}"
        address = f"{street}, {postal}-{rng.randrange(1000):03d} {town}"
        name = f"{rng.choice(_FIRST)} {rng.choice(_SECOND)} {number} (demo)"
        book, regon = f"{number:012d}", generated.make_regon(rng)
        yield _entity(rng, book, regon, name, address, teryt)
        yield {
            "level": "facility",
            "register_book_no": book,
            "regon14": generated.make_regon14(rng, regon),
            "name": name,
            "address": address,
            "activity_kind": "ambulatoryjna",
        }
        yield {
            "level": "unit",
            "register_book_no": book,
            "unit_code": "01",
            "name": "Jednostka ambulatoryjna (demo)",
            "address": address,
            "teryt": teryt,
        }
        yield from _cells(rng, book, address)


def _entity(rng: random.Random, book: str, regon: str, name: str, address: str, teryt: str) -> dict[str, str]:
    phone = f"+48 600 000 0{rng.randrange(100):02d}"
    return {
        "level": "entity",
        "register_book_no": book,
        "registering_body": rng.choice(_BODIES),
        "entity_kind": "podmiot leczniczy",
        "name": name,
        "nip": generated.make_nip(rng),
        "regon": regon,
        "krs": f"{rng.randrange(1, 10**6):010d}" if rng.random() < 0.5 else "",
        "legal_form": "spółka z ograniczoną odpowiedzialnością",
        "seat_address": address,
        "teryt": teryt,
        "phone": phone,
        "email": f"kontakt{int(book)}@example.org",
        "active_from": (date(2005, 1, 1) + timedelta(days=rng.randrange(7000))).isoformat(),
    }


def _cells(rng: random.Random, book: str, address: str) -> Iterator[dict[str, str]]:
    for place, code in enumerate(rng.sample(_CELLS, rng.randrange(2, 5)), start=1):
        yield {
            "level": "cell",
            "register_book_no": book,
            "cell_code": f"{place:03d}",
            "specialty_code": code,
            "name": cell_types.names()[code],
            "address": address,
            "active_from": "2010-01-01",
        }
