"""Price lists, and answers to them, as files: they go with letters, made when those are sent.

An accepted list never changes and neither does an answer that was given: the files hold exactly them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.catalog import selectors as catalog
from ols.documents import table_files, typeset
from ols.documents.table_files import AMOUNT, TEXT, Cell, Column, Sheet
from ols.kernel import days, money
from ols.network import models
from ols.network.states import LineAnswer
from ols.notifications import email

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SAID: Final[Mapping[str, str | Promise]] = {
    LineAnswer.ACCEPTED: gettext_lazy("The insurer accepts"),
    LineAnswer.COUNTERED: gettext_lazy("The insurer offers"),
    LineAnswer.REFUSED: gettext_lazy("The insurer refuses"),
    LineAnswer.TAKEN: gettext_lazy("The clinic takes the counter-offer"),
    LineAnswer.KEPT: gettext_lazy("The clinic stays with its price"),
    LineAnswer.PROPOSED: gettext_lazy("The clinic proposes"),
    LineAnswer.DROPPED: gettext_lazy("The clinic gives the service up"),
}


@dataclass(frozen=True)
class _Table:
    """What both files are made from."""

    title: str
    name: str
    columns: list[Column]
    rows: list[list[Cell]]
    at: datetime


def send_letter(payload: Mapping[str, object]) -> None:
    """Deliver a letter about a price list with the list, or the answer, as XLSX and PDF."""
    made = payload["made"]
    assert isinstance(made, dict)
    row = models.PriceList.objects.select_related("contract__insurer", "contract__provider", "area").get(
        uuid=made["price_list"]
    )
    with translation.override(str(payload["language"])):
        table = _answer(row, int(made["round"])) if made["round"] else _list(row)
        files = [
            email.File(f"{table.name}.xlsx", _xlsx(table), _XLSX),
            email.File(f"{table.name}.pdf", _pdf(row, table), "application/pdf"),
        ]
    email.send(payload, files)


def _list(row: models.PriceList) -> _Table:
    """Return an accepted list."""
    services = _services(row)
    items = {item.service_id: item.price_gr for item in row.items.all()}
    return _Table(
        title=_("Price list of services"),
        name=_name(row, "cennik"),
        columns=[
            Column(_("Code"), TEXT),
            Column(_("Service"), TEXT),
            Column(_("Unit"), TEXT),
            Column(_("Price"), AMOUNT),
        ],
        rows=[[one.code, one.name, one.unit, items[one.id]] for one in services if one.id in items],
        at=row.decided_at or row.created_at,
    )


def _answer(row: models.PriceList, number: int) -> _Table:
    """Return what one side said to every line in one round."""
    services = {one.id: one for one in _services(row)}
    steps = list(row.steps.filter(round=number).order_by("service_id"))
    return _Table(
        title=_("Answer to the price list"),
        name=_name(row, f"odpowiedz-{number}"),
        columns=[
            Column(_("Code"), TEXT),
            Column(_("Service"), TEXT),
            Column(_("Price of the clinic"), AMOUNT),
            Column(_("Answer"), TEXT),
            Column(_("Amount"), AMOUNT),
            Column(_("Remark"), TEXT),
        ],
        rows=[
            [
                services[step.service_id].code,
                services[step.service_id].name,
                step.asked_gr,
                str(_SAID[step.kind]),
                step.price_gr,
                step.remark,
            ]
            for step in steps
        ],
        at=steps[0].at,
    )


def _xlsx(table: _Table) -> bytes:
    """Return the table for a spreadsheet."""
    return table_files.xlsx_file(Sheet(table.name, table.columns, table.rows))


def _pdf(row: models.PriceList, table: _Table) -> bytes:
    """Return the table on paper, with whose it is and from which day."""
    contract = row.contract
    wide = {str(_("Service")), str(_("Remark"))}
    printed = typeset.TablePrint(
        title=f"{table.title}: {row.area.name_pl}",
        facts=[
            (_("Clinic"), contract.provider.name),
            (_("Insurer"), contract.insurer.name),
            (_("Contract"), contract.number),
            (_("Version"), str(row.version)),
            (_("Valid from"), days.format_date(row.valid_from) if row.valid_from else "–"),
            (_("Number of lines"), str(len(table.rows))),
        ],
        columns=[
            (
                str(column.title),
                "right" if column.kind == AMOUNT else "wide" if str(column.title) in wide else "left",
            )
            for column in table.columns
        ],
        rows=[_printed(values, table.columns) for values in table.rows],
        made_at=table.at,
    )
    return typeset.render_pdf("table", printed.data())


def _printed(values: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
    """Return the cells of a row as texts."""
    return [
        money.format_amount(value) if column.kind == AMOUNT and isinstance(value, int) else str(value or "–")
        for value, column in zip(values, columns, strict=True)
    ]


def _services(row: models.PriceList) -> list[catalog.ServiceRow]:
    """Return the area's services in their order."""
    return list(catalog.services(area_id=row.area_id, insurer_id=row.contract.insurer_id))


def _name(row: models.PriceList, word: str) -> str:
    """Name the files."""
    return f"{word}-{row.contract.number}-{row.area.code}-{row.version}".replace("/", "-").lower()
