"""Prices from files: columns by their names, services by code or name, every row accounted for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ols.documents.sheets import TableRow, read_text
from ols.network import price_imports
from ols.network.price_imports import EMPTY, REPEATED, UNKNOWN, NoPriceColumns, read_prices

SERVICES = {1: ("CONS-001", "Konsultacja internisty"), 2: ("CONS-002", "Konsultacja pediatry")}


def read(text: str):
    found = read_prices(read_text(text), SERVICES)
    return [(row.line, row.service_id, row.text, row.problem) for row in found]


@pytest.mark.parametrize(
    "text",
    [
        "kod;nazwa;cena\nCONS-001;;120\ncons-002;x;1 200,50\n",
        "Cena\tKod\n120\tCONS-001\n1 200,50\tCONS-002\n",
        "Cennik\n\nKod usługi;Cena teraz;Twoja cena;Cena\nCONS-001;9;120;8\nCONS-002;9;1 200,50;8",
        "Usługa;cena\nKONSULTACJA INTERNISTY;120\n konsultacja  pediatry ;1 200,50\n",
        "CONS-001\t5\t120\nKonsultacja pediatry\t\t1 200,50\n",
    ],
)
def test_columns_are_found_by_their_names_or_by_known_services(text):
    assert [row[1:] for row in read(text)] == [(1, "120", ""), (2, "1 200,50", "")]


def test_every_row_is_accounted_for_with_its_line():
    found = read("kod;cena\nCONS-001;120\n\nX-9;5\nCONS-001;130\nCONS-002;\n")
    assert found == [
        (2, 1, "120", ""),
        (4, None, "5", UNKNOWN),
        (5, 1, "130", REPEATED),
        (6, 2, "", EMPTY),
    ]


def test_a_table_that_says_nothing_is_refused():
    for text in ("a;b\nc;5\n", "120\n130\n", "kod;nazwa\nCONS-001;x\n"):
        with pytest.raises(NoPriceColumns):
            read_prices(read_text(text), {} if "kod" in text else SERVICES)


def test_an_apostrophe_against_formulas_is_ours():
    assert read("kod;cena\nCONS-001;'-5\n") == [(2, 1, "-5", "")]


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), max_size=12))
def test_no_table_breaks_the_reader(cells):
    rows = [TableRow(line, tuple(row)) for line, row in enumerate(cells, start=1)]
    header = TableRow(0, ("kod", "cena"))
    found = read_prices([header, *rows], SERVICES)
    assert len(found) == len(rows)
    taken = [row.service_id for row in found if not row.problem]
    assert len(taken) == len(set(taken))
    assert price_imports.read_prices([header], SERVICES) == []
