"""Tables from people: what spreadsheets write is read, and no file takes the product down."""

import io
import zipfile

import pytest
import xlsxwriter

from ols.documents import sheets
from ols.documents.sheets import TableRefused, TableRow, read_table, read_text


def workbook(*cells, sheet: str = "Cennik") -> bytes:
    """Return an XLSX file with these (row, column, value) in its only sheet."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for row, column, value in cells:
        page.write(row, column, value)
    book.close()
    return stream.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(TableRefused) as refused:
        read_table(data)
    return refused.value.code


def test_a_workbook_keeps_its_line_numbers_and_plain_numbers():
    data = workbook((0, 0, "Kod"), (0, 1, "Cena"), (2, 0, "CONS-001"), (2, 1, 0.1 + 0.2), (3, 1, 1200))
    assert read_table(data) == [
        TableRow(1, ("Kod", "Cena")),
        TableRow(3, ("CONS-001", "0.3")),
        TableRow(4, ("", "1200")),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_csv_of_every_spreadsheet_is_read(encoding, sign):
    text = f'kod{sign}nazwa{sign}cena\r\n\r\nA-1{sign}"Łąka ""b""\nc{sign}d"{sign}"12,50"\r\n'
    assert read_table(text.encode(encoding)) == [
        TableRow(1, ("kod", "nazwa", "cena")),
        TableRow(3, ("A-1", f'Łąka "b" c{sign}d'.replace("\t", " "), "12,50")),
    ]


def test_cells_from_the_clipboard_are_read():
    assert read_text("CONS-001\t120,50\nCONS-002\t1 200\n") == [
        TableRow(1, ("CONS-001", "120,50")),
        TableRow(2, ("CONS-002", "1 200")),
    ]


def test_files_that_are_no_tables_are_refused():
    assert refusal(b" \n") == "EMPTY"
    assert refusal(b"x" * (sheets.MAX_BYTES + 1)) == "TOO_BIG"
    assert refusal(b"a;b\n" * (sheets.MAX_ROWS + 1)) == "TOO_MANY_ROWS"
    assert refusal(b'a;"b\n') == "BROKEN_CSV"
    assert refusal(b"\x00\x01\x02\x98\x00") == "WRONG_TYPE"
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1") == "ENCRYPTED"
    assert refusal(b"PK\x03\x04 and nothing more") == "BROKEN"
    assert refusal(workbook()) == "EMPTY"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(stream.getvalue()) == "WRONG_TYPE"


def test_a_file_that_unpacks_to_more_than_the_machine_has_ends_only_its_own_process():
    """One cell in the last corner asks the library for half a terabyte; a bomb says how big it gets."""
    assert refusal(workbook((0, 0, "kod"), (1_048_575, 16_383, "x"))) == "TOO_COMPLEX"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * (201 * 1024 * 1024))
    assert refusal(stream.getvalue()) == "TOO_COMPLEX"


def test_long_rows_and_cells_are_cut():
    (row,) = read_table(";".join(["y" * 2000] * 60).encode())
    assert (len(row.cells), {len(cell) for cell in row.cells}) == (sheets.MAX_COLUMNS, {sheets.MAX_LETTERS})
