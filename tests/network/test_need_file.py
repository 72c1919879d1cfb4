"""A file of needs, row by row: pure."""

import pytest

from ols.network.need_file import ColumnsMissing, read_needs

PLACES = {"Śląskie": "24", "24": "24", "Mazowieckie": "14", "14": "14"}
AREAS = {"CONS": 1, "konsultacje": 1, "consultations": 1, "LAB": 2}
HEAD = (1, ("Województwo", "Obszar", "Placówek teraz", "Placówek potrzebnych"))


def read(*rows):
    return read_needs([HEAD, *enumerate(rows, start=2)], places=PLACES, areas=AREAS)


def test_names_and_codes_are_read_in_any_spelling():
    found = read(
        ("śląskie", "Konsultacje", "7", "5"),
        ("SLASKIE", "lab", "", "10.0"),
        ("14", "Consultations", "", "–"),
        ("Mazowieckie", "LAB", "", ""),
        ("Mazowieckie", "LAB", "3", "1 000"),
    )
    assert found.needs == {("24", 1): 5, ("24", 2): 10, ("14", 1): 0, ("14", 2): 1000}
    assert found.refused == ()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Śląsk", "LAB", "", "5"), "PLACE"),
        (("Śląskie", "LABOR", "", "5"), "AREA"),
        (("Śląskie", "LAB", "", "5,5"), "NUMBER"),
        (("Śląskie", "LAB", "", "-5"), "NUMBER"),
        (("Śląskie", "LAB", "", "10000"), "TOO_BIG"),
        (("Mazowieckie", "CONS", "", "2"), "DUPLICATE"),
    ],
)
def test_a_wrong_row_says_why(row, reason):
    found = read(("14", "CONS", "", "1"), row)
    assert found.needs == {("14", 1): 1}
    assert found.refused == ((3, f"{row[0]}, {row[1]}: {row[3]}", reason),)


@pytest.mark.parametrize("head", [(), ("Województwo", "Obszar"), ("Kod", "Limit")])
def test_columns_must_be_named(head):
    with pytest.raises(ColumnsMissing):
        read_needs([(1, head)] if head else [], places=PLACES, areas=AREAS)
