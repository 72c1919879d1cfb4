"""The facility register: its size, its imports, and the upload of a new state."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.registry import selectors, services
from ols.web import page
from ols.web.components import exports
from ols.web.operator import refusal_words
from ols.web.operator.forms.register import RegisterFile
from ols.web.page import PageRequest

_SHOWN_REFUSALS = 200


@page.page(Permission.REGISTER_IMPORT)
def register_view(request: PageRequest) -> HttpResponse:
    """Show the register and take a file; a broken one changes nothing and says why."""
    form = RegisterFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            report = services.import_register(
                actor=request.actor,
                file_name=file.name,
                content=file.read(),
                at=timezone.now(),
                snapshot_date=form.cleaned_data["snapshot_date"],
            )
        except services.BrokenFile as error:
            words = _(error.message) % {"detail": error.detail}
            form.add_error("file", _("%(reason)s Nothing was changed.") % {"reason": words})
        else:
            return redirect("operator:register-import-detail", report.uuid)
    context = {
        "form": form,
        "figures": selectors.register_figures(request.actor),
        "imports": selectors.imports(request.actor),
    }
    return page.render(request, "operator/register/view.html", context, status=page.form_status(form))


@page.page(Permission.REGISTER_IMPORT, methods=("GET",))
def import_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the report of one import."""
    found = selectors.register_import(request.actor, uuid=uuid)
    rows = [
        {"line": row.line, "field": row.field, "reason": refusal_words.refused_line(row.code)}
        for row in found.refusals[:_SHOWN_REFUSALS]
    ]
    return page.render(request, "operator/register/import_detail.html", {"report": found.row, "rows": rows})


@page.page(Permission.REGISTER_IMPORT, methods=("GET",))
def import_refusals(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Send every refused line of an import as CSV."""
    found = selectors.register_import(request.actor, uuid=uuid)
    sheet = exports.Sheet(
        "refused",
        [exports.Column(_("Line"), exports.NUMBER), exports.Column(_("Column")), exports.Column(_("Reason"))],
        [(row.line, row.field, refusal_words.refused_line(row.code)) for row in found.refusals],
    )
    return exports.response(sheet, "csv")
