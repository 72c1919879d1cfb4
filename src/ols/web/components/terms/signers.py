"""Who accepted a desk's text, and who has not accepted the newest version yet."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.kernel import identifiers
from ols.network.selectors import evidence as selectors
from ols.network.selectors import versions
from ols.network.selectors.evidence import SignerRow, SignerState
from ols.network.selectors.versions import TextRow
from ols.web.components import exports, pages
from ols.web.components.exports import Column
from ols.web.components.terms import prints, words
from ols.web.components.terms.desk import Desk
from ols.web.components.terms.forms import SignerFilters
from ols.web.page import PageRequest


def signers_list(desk: Desk, request: PageRequest, area: str) -> HttpResponse:
    """Show who accepted which version; those who have not the newest stand out."""
    text = versions.own_text(request.actor, code=area)
    every = selectors.signers(request.actor, scope=text.scope, on=timezone.localdate())
    form, rows = _filtered(request, every)
    listed = pages.paginate(total=len(rows), wanted=request.GET.get("page"))
    context = {
        "code": text.code,
        "kind": words.name(text.scope.kind, text.area_name),
        "form": form,
        "rows": [
            (row, words.SIGNERS[row.state], identifiers.format_nip(row.organization_nip))
            for row in rows[listed.offset : listed.offset + listed.size]
        ],
        "pages": listed,
        "query": request.GET.urlencode(),
        "total": len(every),
        "counts": [
            (words.SIGNERS[state], sum(row.state == state for row in every))
            for state in (SignerState.CURRENT, SignerState.WAITING, SignerState.SUSPENDED)
        ],
    }
    return desk.render(request, "signers", context)


def signers_export(desk: Desk, request: PageRequest, area: str, kind: str) -> HttpResponse:
    """Give the list as it is filtered to a spreadsheet."""
    if kind not in exports.KINDS:
        raise Http404
    text = versions.own_text(request.actor, code=area)
    every = selectors.signers(request.actor, scope=text.scope, on=timezone.localdate())
    del desk
    return exports.response(_sheet(text, _filtered(request, every)[1]), kind)


def evidence(desk: Desk, request: PageRequest, uuid: UUID) -> HttpResponse:
    """Download „Potwierdzenie akceptacji” of one of the desk's texts."""
    del desk  # whose text it is decides who may have it
    found = selectors.evidence(request.actor, uuid=uuid)
    return prints.confirmation(found)


def _filtered(request: PageRequest, every: list[SignerRow]) -> tuple[SignerFilters, list[SignerRow]]:
    """Return the filter and the rows it lets through."""
    form = SignerFilters(request.GET or None)
    form.is_valid()
    return form, [row for row in every if form.lets_through(row)]


def _sheet(text: TextRow, rows: list[SignerRow]) -> exports.Sheet:
    """Return the rows for a spreadsheet."""
    columns = (
        Column(_("Clinic")),
        Column("NIP"),
        Column(_("Accepted version")),
        Column(_("Accepted on"), exports.MOMENT),
        Column(_("Who accepted")),
        Column(_("Newest version")),
        Column(_("Accept by"), exports.DAY),
    )
    lines = (
        (
            row.organization_name,
            row.organization_nip,
            row.version,
            row.at,
            row.by,
            str(words.SIGNERS[row.state].label),
            row.accept_by,
        )
        for row in rows
    )
    return exports.Sheet(f"akceptacje-{text.code.lower()}", columns, lines)
