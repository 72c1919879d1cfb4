"""Finding a clinic in the register."""

from datetime import date, timedelta

import pytest
from tests.registry import register_files as files

from ols.db.errors import NotFound
from ols.registry import models, selectors

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def found(text: str) -> list[str]:
    return [row.register_book_no for row in selectors.search_entries(text, on=TODAY).rows]


def test_every_number_finds_its_entity() -> None:
    lines = files.rows(3)
    lines[0] |= {"npwz": "5425740", "krs": "0000345075"}
    files.load(lines)
    entity, facility = lines[0], lines[1]
    nip = entity["nip"]
    for text in (
        nip,
        f"{nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}",
        f"PL{nip}",
        entity["regon"],
        facility["regon14"],
        "1",
        "000000000001",
        "0000345075",
        "KRS 345075",
        "5425740",
    ):
        assert found(text) == ["000000000001"], text


def test_a_wrong_number_is_said_not_searched() -> None:
    files.load(files.rows(1))
    result = selectors.search_entries("526-000-12-47", on=TODAY)
    assert (result.kind, result.error, result.rows) == ("NIP", "CHECK_DIGIT", ())
    assert selectors.search_entries("12345678", on=TODAY).error == "LENGTH"
    assert selectors.search_entries("  ", on=TODAY).error == "EMPTY"
    assert selectors.search_entries("ab", on=TODAY).error == "TOO_SHORT"


def test_a_name_finds_without_accents_and_with_a_slip() -> None:
    lines = files.rows(2)
    lines[0]["name"] = "Przychodnia Źródło Łąkowa (demo)"
    files.load(lines)
    assert found("zrodlo lakowa")[0] == "000000000001"
    assert found("Żródło Łąkowa")[0] == "000000000001"
    assert found("zrodlo lakwa")[0] == "000000000001"


def test_practices_named_after_people_are_found_by_number_only() -> None:
    lines = files.rows(1)
    lines[0] |= {"name": "Anna Przykładowa (demo)", "entity_kind": "praktyka lekarska"}
    files.load(lines)
    assert found("Przykładowa") == []
    assert found(lines[0]["nip"]) == ["000000000001"]


def test_struck_off_and_vanished_entities_are_not_offered_but_can_be_read() -> None:
    lines = files.rows(2)
    lines[0]["struck_off_on"] = "2026-11-23"
    files.load(lines)
    gone = [line for line in lines if not line["register_book_no"].endswith("2")]
    files.load(gone, at=files.AT + timedelta(hours=1))
    assert found("1") == []
    assert found("2") == []
    assert selectors.entry(register_book_no="000000000001").struck_off_on == TODAY
    assert selectors.entry(register_book_no="000000000002").vanished_on == TODAY
    with pytest.raises(NotFound):
        selectors.entry(register_book_no="000000000003")


def test_areas_follow_from_the_cells() -> None:
    lines = [line for line in files.rows(1) if line["level"] != "cell"]
    codes = {"001": "1100", "002": "7210", "003": "1800", "004": "0032", "005": "2142", "006": "4000"}
    lines += [
        {
            "level": "cell",
            "register_book_no": "1",
            "cell_code": code,
            "specialty_code": specialty,
            "name": "Komórka (demo)",
        }
        for code, specialty in codes.items()
    ]
    files.load(lines)
    assert selectors.suggested_areas(register_book_no="000000000001") == {
        "CONS",
        "IMG",
        "DENT",
        "NURS",
        "HOME",
    }
    assert models.RegisterCell.objects.count() == 6
    cell = selectors.cells(register_book_no="000000000001")[0]
    assert (cell.code, cell.specialty_code, cell.specialty_name) == ("001", "1100", "Poradnia kardiologiczna")
