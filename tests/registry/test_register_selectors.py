"""Finding a clinic in the register."""

from datetime import date, timedelta

import pytest
from tests.registry import register_files as files

from ols.db.errors import NotFound
from ols.registry import models, selectors

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def test_struck_off_and_vanished_entities_can_be_read() -> None:
    lines = files.rows(2)
    lines[0]["struck_off_on"] = "2026-11-23"
    files.load(lines)
    gone = [line for line in lines if not line["register_book_no"].endswith("2")]
    files.load(gone, at=files.AT + timedelta(hours=1))
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
