"""Spreadsheets: numbers are numbers, and no text of a person becomes a formula."""

import io
import re
import zipfile
from datetime import date

import pytest

from ols.web.components import exports
from ols.web.components.exports import Column, Sheet

COLUMNS = [
    Column("Name"),
    Column("Amount", exports.AMOUNT),
    Column("Count", exports.NUMBER),
    Column("Day", exports.DAY),
]
HOSTILE = ["=1+1", "+48 600", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")']


def sheet(*names):
    return Sheet("list", COLUMNS, [(name, 123456789, 3, date(2026, 11, 20)) for name in names])


def xml(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()


def test_csv_for_a_polish_spreadsheet():
    lines = exports.csv_file(sheet('Żółw; "x"')).decode("utf-8-sig").split("\r\n")
    assert lines == ["Name;Amount;Count;Day", '"Żółw; ""x""";1234567,89;3;20.11.2026', ""]


def test_xlsx_cells_are_numbers_and_days():
    page = xml(exports.xlsx_file(sheet("Anna")))
    assert "<v>1234567.89</v>" in page
    assert "<v>3</v>" in page
    assert "<v>46346</v>" in page  # 20 November 2026 as spreadsheets count days


@pytest.mark.parametrize("amount_gr", [1, 10, 29, 1999, 10**12, 99999999999999])
def test_an_amount_survives_to_the_grosz(amount_gr):
    page = xml(exports.xlsx_file(Sheet("list", [Column("A", exports.AMOUNT)], [(amount_gr,)])))
    (written,) = re.findall(r'<c r="A2"[^>]*><v>([^<]*)</v>', page)
    whole, _, part = written.partition(".")
    assert int(whole) * 100 + int(part.ljust(2, "0")) == amount_gr


@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_becomes_a_formula(text):
    assert "<f>" not in xml(exports.xlsx_file(sheet(text)))
    cell = exports.csv_file(sheet(text)).decode("utf-8-sig").split("\r\n", 1)[1]
    assert cell.lstrip('"').startswith("'")


def test_the_answer_is_a_download():
    answer = exports.response(sheet("Anna"), "csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="list.csv"'
