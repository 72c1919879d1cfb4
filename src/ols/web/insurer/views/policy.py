"""Policies: who is insured, and the import that says so."""

import csv
import io
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.coverage import selectors, services
from ols.web import page
from ols.web.components import pages
from ols.web.insurer import refusal_words
from ols.web.insurer.forms.policy import PolicyFile, PolicySearch
from ols.web.page import PageRequest


@page.page(Permission.POLICY_VIEW)
def policy_list(request: PageRequest) -> HttpResponse:
    """Show the covers, all of them in pages or those found."""
    form = PolicySearch(request.POST or None)
    text = form.cleaned_data["text"] if form.is_bound and form.is_valid() else ""
    total = selectors.coverages(request.actor, text=text, offset=0, size=0).total
    shown = pages.paginate(total=total, wanted=request.GET.get("page"))
    found = selectors.coverages(request.actor, text=text, offset=shown.offset, size=shown.size)
    context = {
        "form": form,
        "text": text,
        "rows": found.rows,
        "pages": shown,
        "imports": selectors.imports(request.actor)[:5],
        "may_import": request.actor.has(Permission.POLICY_IMPORT),
    }
    return page.render(request, "insurer/policy/list.html", context)


@page.page(Permission.POLICY_IMPORT)
def policy_import(request: PageRequest) -> HttpResponse:
    """Take a file of policies and show what it changed."""
    form = PolicyFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            report = services.import_policies(
                actor=request.actor,
                insurer_id=request.actor.organization(),
                file_name=file.name,
                content=file.read(),
                at=timezone.now(),
            )
        except services.BrokenFile as error:
            form.add_error("file", refusal_words.broken_file(error.code, error.detail))
        else:
            return redirect("insurer:policy-import-detail", report.uuid)
    context = {"form": form}
    return page.render(request, "insurer/policy/import.html", context, status=page.form_status(form))


@page.page(Permission.POLICY_VIEW, methods=("GET",))
def import_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the report of one import."""
    report = selectors.policy_import(request.actor, uuid=str(uuid))
    rows = [
        {"line": line, "field": field, "reason": refusal_words.refused_line(code)}
        for line, field, code in report.refusals[:200]
    ]
    return page.render(request, "insurer/policy/import_detail.html", {"report": report, "rows": rows})


@page.page(Permission.POLICY_VIEW, methods=("GET",))
def import_refusals(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Send every refused line of an import as CSV."""
    report = selectors.policy_import(request.actor, uuid=str(uuid))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([_("line"), _("column"), _("reason")])
    for line, field, code in report.refusals:
        writer.writerow([line, field, refusal_words.refused_line(code)])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="refused.csv"'
    return response
