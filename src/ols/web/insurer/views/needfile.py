"""Needs as a spreadsheet: a template out, a file in, looked at before it counts, undone if it was wrong."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.documents import sheets
from ols.network import need_file, services
from ols.network.selectors import dashboard, need_imports
from ols.registry import geography
from ols.web import page
from ols.web.components import exports
from ols.web.insurer import limit_words
from ols.web.insurer.forms.network import NeedConfirmation, NeedUpload
from ols.web.page import PageRequest

_COLUMNS = (
    exports.Column(gettext_lazy("Voivodeship")),
    exports.Column(gettext_lazy("Area")),
    exports.Column(gettext_lazy("Clinics wanted"), exports.NUMBER),
)


@page.page(Permission.NETWORK_SETUP, methods=("GET",))
def needs_template(request: PageRequest, kind: str) -> HttpResponse:
    """Send a file to fill in: every voivodeship and area, with the needs that count now."""
    if kind not in exports.KINDS:
        raise NotFound
    kept, areas = dashboard.needs(request.actor), catalog.areas()
    rows = [
        (name, area.name, kept.get((place, area.id)))
        for place, name in geography.voivodeships().items()
        for area in areas
    ]
    return exports.response(exports.Sheet("network-needs-template", _COLUMNS, rows), kind)


@page.page(Permission.NETWORK_SETUP)
def needs_import(request: PageRequest) -> HttpResponse:
    """Read a file of needs; what it changes is looked at before it counts."""
    form = NeedUpload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uuid = _kept(request, form)
        if uuid:
            return redirect("insurer:needimport-show", uuid)
    context = {"form": form, "places": geography.voivodeships().values(), "areas": catalog.areas()}
    return page.render(request, "insurer/needs/import.html", context, status=page.form_status(form))


@page.page(Permission.NETWORK_SETUP)
def needimport_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show what the file changes, and let it count once it is confirmed."""
    found = need_imports.need_import(request.actor, uuid=uuid)
    form = NeedConfirmation(request.POST or None, refused=len(found.refused))
    if request.method == "POST" and form.is_valid() and _applied(request, uuid, form):
        return redirect("insurer:needs-edit")
    places = geography.voivodeships()
    context = {
        "form": form,
        "found": found,
        "rows": [(places[change.voivodeship], change) for change in found.changes],
        "refused": [(line, text, limit_words.refused_need(why)) for line, text, why in found.refused],
    }
    return page.render(request, "insurer/needs/change.html", context, status=page.form_status(form))


@page.page(Permission.NETWORK_SETUP, methods=("POST",))
def needimport_discard(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Leave everything as it is."""
    try:
        services.discard_need_import(actor=request.actor, uuid=uuid, at=timezone.now())
    except services.NeedImportDone:
        messages.error(request, _("This file was applied or discarded already."))
    else:
        messages.success(request, _("The file was discarded; the needs stay as they are."))
    return redirect("insurer:needs-edit")


@page.page(Permission.NETWORK_SETUP, methods=("POST",))
def needimport_undo(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Let count again what counted before the last file."""
    try:
        back, kept = services.undo_need_import(actor=request.actor, uuid=uuid, at=timezone.now())
    except services.NeedImportDone:
        messages.error(request, _("Only the last import that counts can be undone."))
    else:
        words = ngettext("%(count)s need is as before.", "%(count)s needs are as before.", back)
        said = words % {"count": back}
        if kept:
            later = ngettext(
                "%(count)s changed after the import stays.", "%(count)s changed after the import stay.", kept
            )
            said = f"{said} {later % {'count': kept}}"
        messages.success(request, said)
    return redirect("insurer:needs-edit")


def _kept(request: PageRequest, form: NeedUpload) -> str:
    """Keep what the file changes; say on the form why it cannot be read."""
    file = form.cleaned_data["file"]
    places = geography.voivodeships()
    areas = {name: area.id for area in catalog.areas() for name in (area.code, area.name_pl, area.name_en)}
    try:
        table = sheets.read_table(file.read())
        found = need_file.read_needs(
            [(row.line, row.cells) for row in table],
            places={name: code for code, one in places.items() for name in (code, one)},
            areas=areas,
        )
        uuid = services.keep_need_import(
            actor=request.actor,
            needs=found.needs,
            refused=found.refused,
            file_name=file.name,
            at=timezone.now(),
        )
        return str(uuid)
    except sheets.TableRefused as error:
        form.add_error("file", str(error))
    except need_file.ColumnsMissing:
        form.add_error("file", _("The first row must name the columns: Voivodeship, Area, Clinics wanted."))
    except services.NeedsUnchanged:
        form.add_error("file", _("Nothing changes: every number in the file counts already."))
    return ""


def _applied(request: PageRequest, uuid: UUID, form: NeedConfirmation) -> bool:
    """Apply the file; say on the form what is in the way."""
    try:
        count = services.apply_need_import(
            actor=request.actor,
            uuid=uuid,
            seen=form.cleaned_data["seen"],
            leave_out_refused=form.cleaned_data.get("leave_out", False),
            at=timezone.now(),
        )
    except services.NeedRowsRefused:
        form.add_error("leave_out", _("Tick this box, or mend the file and import it again."))
    except services.NeedsChanged:
        form.add_error(None, _("Needs were changed meanwhile. Look at them and confirm again."))
    except services.NeedImportDone:
        form.add_error(None, _("This file was applied or discarded already."))
    else:
        words = ngettext("%(count)s need was changed.", "%(count)s needs were changed.", count)
        messages.success(request, words % {"count": count})
        return True
    return False
