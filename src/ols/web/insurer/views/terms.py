"""The insurer's general and thematic terms: its versions, and a new one seen before it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.kernel import days
from ols.network import services
from ols.network.selectors import TermsKind, TermsRow
from ols.network.selectors import insurer_setup as selectors
from ols.web import page
from ols.web.components import markdown
from ols.web.components.shapes import Tag
from ols.web.insurer import setup
from ols.web.insurer.forms import settings as forms
from ols.web.page import PageRequest

_IN_FORCE = Tag(gettext_lazy("In force"), "ok", "circle-check")
_COMING = Tag(gettext_lazy("Published, not yet in force"), "info", "clock")
_REPLACED = Tag(gettext_lazy("Replaced"), "plain", "history")


@dataclass(frozen=True)
class TermsGroup:
    """All versions of the general terms or of one area's; `code` is what the form calls them."""

    code: str
    title: str
    versions: Sequence[tuple[TermsRow, Tag]]


@page.page(Permission.TERMS_PUBLISH, methods=("GET",))
def terms_list(request: PageRequest) -> HttpResponse:
    """Show the versions of the general terms, then of each area's."""
    tabs = setup.tabs(request.actor, "insurer:terms-list")
    today = days.local_date(timezone.now())
    rows = selectors.own_terms(request.actor)
    general = [row for row in rows if row.area_id is None]
    groups = [TermsGroup(TermsKind.GENERAL.value, _("General terms"), _standing(general, today))]
    for area in catalog.areas():
        own = [row for row in rows if row.area_id == area.id]
        title = _("Thematic terms: %(area)s") % {"area": area.name}
        groups.append(TermsGroup(area.code, title, _standing(own, today)))
    return page.render(request, "insurer/settings/terms_list.html", {"tabs": tabs, "groups": groups})


@page.page(Permission.TERMS_PUBLISH, methods=("GET",))
def terms_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show one published version as clinics read it."""
    terms = selectors.own_terms_version(request.actor, uuid=str(uuid))
    context = {"terms": terms, "body": markdown.to_html(terms.body)}
    return page.render(request, "insurer/settings/terms.html", context)


@page.page(Permission.TERMS_PUBLISH)
def terms_new(request: PageRequest) -> HttpResponse:
    """Write a version, see it, publish it: only what was seen is published."""
    today = days.local_date(timezone.now())
    form = forms.NewTerms(request.POST or None, today=today, initial=_initial(request, today))
    seen = ""
    if request.method == "POST" and form.is_valid():
        seen = form.fingerprint()
        if request.POST.get("step") == "publish" and request.POST.get("seen") == seen:
            try:
                uuid = services.publish_terms(actor=request.actor, draft=form.draft(), at=timezone.now())
            except services.VersionTaken:
                form.add_error("version", _("Version: it was published before. Choose the next one."))
                seen = ""
            else:
                messages.success(request, _("The terms are published. They never change from now on."))
                return redirect("insurer:terms-show", uuid)
    context = {
        "form": form,
        "seen": seen,
        "preview": markdown.to_html(form.cleaned_data["body"]) if seen else "",
        "title": form.cleaned_data["title"] if seen else "",
    }
    return page.render(request, "insurer/settings/terms_new.html", context, status=page.form_status(form))


def _initial(request: PageRequest, today: date) -> dict[str, object]:
    """Return what the form begins with: the last version of the chosen terms, to be changed."""
    code = request.GET.get("terms", TermsKind.GENERAL.value)
    area_ids = {area.code: area.id for area in catalog.areas()}
    rows = [row for row in selectors.own_terms(request.actor) if row.area_id == area_ids.get(code)]
    if not rows:
        return {"kind": code, "version": "1.0", "valid_from": today}
    last = rows[0]
    return {
        "kind": code,
        "version": forms.next_version(last.version),
        "valid_from": max(today, last.valid_from),
        "title": last.title,
        "body": last.body,
    }


def _standing(rows: Sequence[TermsRow], today: date) -> list[tuple[TermsRow, Tag]]:
    """Say of each version, the latest first, whether it is in force."""
    current = next((row.id for row in rows if row.valid_from <= today), None)
    return [
        (row, _COMING if row.valid_from > today else _IN_FORCE if row.id == current else _REPLACED)
        for row in rows
    ]
