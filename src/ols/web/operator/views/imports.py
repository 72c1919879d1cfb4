"""One import of the register: what it changed, field by field, and which lines it refused."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.registry import selectors
from ols.registry.selectors import ChangeRow
from ols.web import page
from ols.web.components import exports, pages
from ols.web.components.exports import Column
from ols.web.components.shapes import Tab
from ols.web.operator import refusal_words, register_words
from ols.web.operator.forms.register import ChangeSearch, Wanted
from ols.web.page import PageRequest

_SHOWN_REFUSALS = 200
_ALL: str | Promise = gettext_lazy("All")
_COLUMNS = (
    Column(gettext_lazy("Register book")),
    Column(gettext_lazy("Name")),
    Column("NIP"),
    Column(gettext_lazy("Town")),
    Column(gettext_lazy("What happened")),
    Column(gettext_lazy("Has access")),
    Column(gettext_lazy("Part")),
    Column(gettext_lazy("Field")),
    Column(gettext_lazy("Before")),
    Column(gettext_lazy("After")),
)


@page.page(Permission.REGISTER_IMPORT, methods=("GET",))
def import_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the report of one import: figures, changes in pages, refused lines."""
    report = selectors.register_import(request.actor, uuid=uuid)
    form = ChangeSearch(request.GET)
    wanted = form.wanted()
    figures = selectors.import_changes(request.actor, uuid=uuid, **wanted, size=0).figures
    total = figures[wanted["kind"]] if wanted["kind"] else sum(figures.values())
    shown = pages.paginate(total=total, wanted=request.GET.get("page"))
    found = selectors.import_changes(request.actor, uuid=uuid, **wanted, offset=shown.offset, size=shown.size)
    context = {
        "report": report.row,
        "refused": _refused(report.refusals[:_SHOWN_REFUSALS]),
        "rows": [_change(row) for row in found.rows],
        "narrow": _narrow(wanted, figures),
        "form": form,
        "wanted": wanted,
        "pages": shown,
        "query": urlencode(wanted),
    }
    return page.render(request, "operator/register/import_detail.html", context)


@page.page(Permission.REGISTER_IMPORT, methods=("GET",))
def import_export(request: PageRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Send the filtered changes as a spreadsheet, a line for each field that differs."""
    if kind not in exports.KINDS:
        raise NotFound
    wanted = ChangeSearch(request.GET).wanted()
    found = selectors.import_changes(request.actor, uuid=uuid, **wanted, size=selectors.MAX_CHANGES)
    lines = [line for row in found.rows for line in _cells(row)]
    return exports.response(exports.Sheet("changes", _COLUMNS, lines), kind)


@page.page(Permission.REGISTER_IMPORT, methods=("GET",))
def import_refusals(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Send every refused line of an import as CSV."""
    found = selectors.register_import(request.actor, uuid=uuid)
    sheet = exports.Sheet(
        "refused",
        [Column(_("Line"), exports.NUMBER), Column(_("Column")), Column(_("Reason"))],
        [(row.line, row.field, refusal_words.refused_line(row.code)) for row in found.refusals],
    )
    return exports.response(sheet, "csv")


def _refused(rows: tuple[selectors.RefusalRow, ...]) -> list[dict[str, object]]:
    return [
        {"line": row.line, "field": row.field, "reason": refusal_words.refused_line(row.code)} for row in rows
    ]


def _change(row: ChangeRow) -> dict[str, object]:
    tag = register_words.KINDS[row.kind]
    return {"row": row, "tag": tag, "differences": register_words.differences(row)}


def _narrow(wanted: Wanted, figures: dict[str, int]) -> list[Tab]:
    """Return a filter for each kind of change, with its figure; the first takes them off."""
    counted = {"": (_ALL, sum(figures.values()))} | {
        name: (tag.label, figures[name]) for name, tag in register_words.KINDS.items()
    }
    return [
        Tab(
            _("%(label)s (%(count)s)") % {"label": label, "count": count},
            f"?{urlencode({'kind': name, 'text': wanted['text']})}",
            name == wanted["kind"],
        )
        for name, (label, count) in counted.items()
    ]


def _cells(row: ChangeRow) -> list[tuple[exports.Cell, ...]]:
    known = (
        row.register_book_no,
        row.name,
        row.nip,
        row.city,
        str(register_words.KINDS[row.kind].label),
        _("yes") if row.has_joined else "",
    )
    found = register_words.differences(row)
    return [(*known, item.part, item.label, item.before, item.after) for item in found] or [
        (*known, "", "", "", "")
    ]
