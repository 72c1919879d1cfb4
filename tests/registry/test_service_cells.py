"""Which cells cover a service: its own field's where the name says which, else any cell of its area."""

import pytest

from ols.registry import selectors


@pytest.mark.parametrize(
    ("cells", "area", "name", "is_covered"),
    [
        ({"1100"}, "CONS", "Konsultacja kardiologa", True),
        ({"1100"}, "CONS", "Konsultacja kardiologiczna", True),
        ({"1220", "0010"}, "CONS", "Konsultacja kardiologa", False),
        ({"1100"}, "CONS", "Konsultacja kardiochirurgiczna", False),
        ({"1580"}, "CONS", "Konsultacja ortopedyczna", True),
        ({"1220"}, "CONS", "Badanie spirometryczne", True),
        ({"7400"}, "CONS", "Badanie spirometryczne", False),
        ({"7210"}, "IMG", "USG tarczycy i przytarczyc", True),
        ({"7240"}, "IMG", "USG tarczycy i przytarczyc", False),
        ({"7240"}, "IMG", "Zdjęcie RTG uda/kolana/podudzia", True),
        ({"7220"}, "IMG", "TK głowy bez wzmocnienia kontrastowego", True),
        ({"7110"}, "LAB", "Morfologia krwi", True),
        (set(), "DENT", "Polerowanie zębów", False),
    ],
)
def test_cells_cover_services(cells, area, name, is_covered):
    assert selectors.covers(cells, area_code=area, name=name) is is_covered
