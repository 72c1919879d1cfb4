"""Limits of an area as a spreadsheet: out for work elsewhere, back in with a look before anything counts."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.documents import sheets
from ols.kernel import days
from ols.plans import limit_file, selectors, services
from ols.web import page
from ols.web.components import exports
from ols.web.insurer.forms.pricelimit import LimitUpload
from ols.web.page import PageRequest

COLUMNS = (
    exports.Column(gettext_lazy("Code")),
    exports.Column(gettext_lazy("Service")),
    exports.Column(gettext_lazy("Unit")),
    exports.Column("ICD-9-PL"),
    exports.Column(gettext_lazy("Limit (PLN)"), exports.AMOUNT),
    exports.Column(gettext_lazy("Next limit (PLN)"), exports.AMOUNT),
    exports.Column(gettext_lazy("Next limit from"), exports.DAY),
)


@page.page(Permission.PLAN_EDIT, methods=("GET",))
def pricelimit_export(request: PageRequest, area: str, kind: str) -> HttpResponse:
    """Send the area's services with today's limits and the next planned ones."""
    if kind not in exports.KINDS:
        raise NotFound
    chosen = catalog.area(code=area.upper())
    today = days.local_date(timezone.now())
    rows = (
        (
            row.service.code,
            row.service.name,
            row.service.unit,
            row.service.icd9,
            row.limit_gr,
            row.planned[0][1] if row.planned else None,
            row.planned[0][0] if row.planned else None,
        )
        for row in selectors.limit_rows(request.actor, area_id=chosen.id, on=today)
    )
    return exports.response(exports.Sheet(f"limity-{chosen.code.lower()}", COLUMNS, rows), kind)


@page.page(Permission.PLAN_EDIT)
def pricelimit_import(request: PageRequest, area: str) -> HttpResponse:
    """Read a file of limits; what it changes is looked at before it counts."""
    chosen = catalog.area(code=area.upper())
    today = days.local_date(timezone.now())
    form = LimitUpload(request.POST or None, request.FILES or None, today=today)
    if request.method == "POST" and form.is_valid():
        uuid = _kept(request, chosen, form)
        if uuid:
            return redirect("insurer:limitchange-show", uuid)
    context = {"form": form, "area": chosen}
    return page.render(request, "insurer/pricelimit/import.html", context, status=page.form_status(form))


def _kept(request: PageRequest, area: catalog.AreaRow, form: LimitUpload) -> str:
    """Keep what the file changes; say on the form why it cannot be read."""
    insurer_id, file = request.actor.organization(), form.cleaned_data["file"]
    offered = {row.code: row.id for row in catalog.services(area_id=area.id, insurer_id=insurer_id)}
    try:
        table = sheets.read_table(file.read())
        found = limit_file.read_limits([(row.line, row.cells) for row in table], offered)
        change = services.LimitChange(
            area_id=area.id,
            valid_from=form.cleaned_data["valid_from"],
            limits=found.limits,
            revision=selectors.limit_revision(insurer_id=insurer_id, area_id=area.id).number,
            refused=found.refused,
            file_name=file.name,
        )
        return str(services.keep_limit_change(actor=request.actor, change=change, at=timezone.now()))
    except sheets.TableRefused as error:
        form.add_error("file", _(error.message) % error.params)
    except limit_file.ColumnsMissing:
        form.add_error("file", _("The first row must name the columns: Code and Limit (PLN)."))
    except services.NothingChanges:
        form.add_error("file", _("Nothing changes: every limit in the file counts on that day already."))
    return ""
