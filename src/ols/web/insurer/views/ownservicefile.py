"""Own services as a spreadsheet: out, and back in whole or not at all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.accounts.permissions import Permission
from ols.catalog import own_service, services
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.documents import sheets
from ols.web import page
from ols.web.components import exports
from ols.web.insurer import limit_words, procedures
from ols.web.insurer.forms.ownservice import ServiceUpload
from ols.web.page import PageRequest

COLUMNS = (
    exports.Column(gettext_lazy("Code")),
    exports.Column(gettext_lazy("Name")),
    exports.Column(gettext_lazy("Unit")),
    exports.Column("ICD-9-PL"),
    exports.Column(gettext_lazy("No longer offered from"), exports.DAY),
)


@page.page(Permission.PLAN_EDIT, methods=("GET",))
def ownservice_export(request: PageRequest, area: str, kind: str) -> HttpResponse:
    """Send the area's own services."""
    if kind not in exports.KINDS:
        raise NotFound
    chosen = catalog.area(code=area.upper())
    found = catalog.own_services(request.actor, area_id=chosen.id)
    rows = ((row.code, row.name, row.unit, row.icd9, row.retired_on) for row in found)
    return exports.response(exports.Sheet(f"uslugi-wlasne-{chosen.code.lower()}", COLUMNS, rows), kind)


@page.page(Permission.PLAN_EDIT)
def ownservice_import(request: PageRequest, area: str) -> HttpResponse:
    """Read a file of own services; a wrong row leaves everything as it is."""
    chosen = catalog.area(code=area.upper())
    form = ServiceUpload(request.POST or None, request.FILES or None)
    found = own_service.ServiceFile((), ())
    if request.method == "POST" and form.is_valid():
        found = _read(request, chosen, form) or found
        if not form.errors and _written(request, chosen, form, found):
            return redirect("insurer:ownservice-list", area)
    context = {
        "form": form,
        "area": chosen,
        "refused": [
            (line, code, limit_words.refused_service(why), procedures.near(found.procedures.get(line)))
            for line, code, why in found.refused
        ],
        "has_dictionary": procedures.is_loaded(),
    }
    return page.render(request, "insurer/ownservice/import.html", context, status=page.form_status(form))


def _read(request: PageRequest, area: catalog.AreaRow, form: ServiceUpload) -> own_service.ServiceFile | None:
    """Return what the file holds; say on the form why it cannot be taken."""
    insurer_id = request.actor.organization()
    taken = {
        row.code
        for one in catalog.areas()
        for row in catalog.services(area_id=one.id, insurer_id=insurer_id)
        if row.insurer_id is None or one.id != area.id
    }
    try:
        table = sheets.read_table(form.cleaned_data["file"].read())
        rows = [(row.line, row.cells) for row in table]
        found = own_service.read_services(rows, taken=taken, problem=procedures.checker(request.actor, area))
    except sheets.TableRefused as error:
        form.add_error("file", _(error.message) % error.params)
        return None
    except own_service.ColumnsMissing:
        form.add_error("file", _("The first row must name the columns: Code and Name."))
        return None
    if found.refused:
        form.add_error("file", _("Some rows are wrong; nothing was imported. Mend them and try again."))
    return found


def _written(
    request: PageRequest, area: catalog.AreaRow, form: ServiceUpload, found: own_service.ServiceFile
) -> bool:
    """Write the services, all of them or none."""
    try:
        added, changed = services.import_own_services(
            actor=request.actor, area_id=area.id, services=found.services, at=timezone.now()
        )
    except services.ServiceCodeTaken:
        form.add_error("file", _("A code was taken meanwhile; nothing was imported. Try again."))
        return False
    except services.ServiceRefused:
        form.add_error(
            "file", _("The dictionary of codes changed meanwhile; nothing was imported. Try again.")
        )
        return False
    told = _("Imported. Added: %(added)s, changed: %(changed)s.")
    messages.success(request, told % {"added": added, "changed": changed})
    return True
