"""Tables as files for a spreadsheet: amounts are numbers there, and text from people is never a formula."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Final

import xlsxwriter
from django.utils.functional import Promise

from ols.kernel import days, money

TEXT: Final = "text"
AMOUNT: Final = "amount"
NUMBER: Final = "number"
DAY: Final = "day"
MOMENT: Final = "moment"

Cell = str | int | date | None

_PIECE: Final = 64_000
# What makes a spreadsheet read a cell of a CSV file as a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what is in it: text, amount (grosze), number, day, or moment (shown in Warsaw)."""

    title: str | Promise
    kind: str = TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be exported; `name` is the file's name without its ending."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def csv_file(sheet: Sheet) -> bytes:
    """Return semicolon CSV in UTF-8 with the mark by which Polish spreadsheets know it; decimal comma."""
    return b"".join(csv_pieces(sheet))


def xlsx_file(sheet: Sheet) -> bytes:
    """Return an Excel file whose amounts, numbers and days are real cells."""
    out = io.BytesIO()
    write_xlsx(sheet, out, {"in_memory": True})
    return out.getvalue()


def csv_pieces(sheet: Sheet) -> Iterator[bytes]:
    """Yield the file line by line; every piece is whole lines."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(str(column.title)) for column in sheet.columns])
    yield codecs.BOM_UTF8
    for row in sheet.rows:
        writer.writerow(
            [_csv_cell(value, column.kind) for value, column in zip(row, sheet.columns, strict=True)]
        )
        if out.tell() > _PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def write_xlsx(sheet: Sheet, out: IO[bytes], memory: Mapping[str, bool]) -> None:
    """Write an Excel file; `memory` says whether rows are kept or go to disk as they come."""
    options = {**memory, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet()
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {
            AMOUNT: book.add_format({"num_format": "#,##0.00"}),
            MOMENT: book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
            DAY: book.add_format({"num_format": "dd.mm.yyyy"}),
            NUMBER: book.add_format({"num_format": "0"}),
            TEXT: book.add_format({"num_format": "@"}),
        }
        page.set_column(0, len(sheet.columns) - 1, 18)
        page.freeze_panes(1, 0)
        for index, column in enumerate(sheet.columns):
            page.write_string(0, index, str(column.title), head)
        for line, row in enumerate(sheet.rows, start=1):
            for index, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
                shown = _in_units(value, column.kind)
                _write(page, (line, index), shown, formats[column.kind])


def _in_units(value: Cell, kind: str) -> Cell | float:
    """Return zloty for grosze: the file format has only binary numbers, and two decimals survive them."""
    return value / 100 if kind == AMOUNT and isinstance(value, int) else value


def _write(
    page: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], value: Cell | float, style: object
) -> None:
    if value is None:
        page.write_blank(*place, None, style)
    elif isinstance(value, datetime):
        page.write_datetime(*place, value.astimezone(days.WARSAW).replace(tzinfo=None), style)
    elif isinstance(value, date):
        page.write_datetime(*place, value, style)
    elif isinstance(value, str):
        page.write_string(*place, value, style)
    else:
        page.write_number(*place, value, style)


def _csv_cell(value: Cell, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(days.WARSAW):%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return days.format_date(value)
    if isinstance(value, str):
        return _safe(value)
    return money.format_plain(value).replace(".", ",") if kind == AMOUNT else str(value)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
