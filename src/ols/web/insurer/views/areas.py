"""Thematic areas: opened, announced, closed for new price lists, opened again, described."""

from datetime import date

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel import days
from ols.network import services
from ols.network.selectors import area_lists
from ols.network.selectors import insurer_setup as selectors
from ols.web import page
from ols.web.components import area_words
from ols.web.insurer import setup
from ols.web.insurer.forms import settings as forms
from ols.web.page import PageRequest

_LIST = "insurer:area-list"


@page.page(Permission.TERMS_PUBLISH, methods=("GET",))
def area_list(request: PageRequest) -> HttpResponse:
    """Show every area: offered from which day to which, with which terms."""
    today = _today()
    rows = selectors.own_areas(request.actor, on=today)
    context = {
        "tabs": setup.tabs(request.actor, _LIST),
        "rows": [(row, area_words.closing(row.days, on=today) if row.days else None) for row in rows],
    }
    return page.render(request, "insurer/settings/areas.html", context)


@page.page(Permission.TERMS_PUBLISH)
def area_open(request: PageRequest, code: str) -> HttpResponse:
    """Set from which day an area is open; what else can be done with it stands beside."""
    found = selectors.own_area(request.actor, code=code, on=_today())
    if request.method == "GET":
        return _show(request, found)
    form = forms.AreaOpening(request.POST, today=_today())
    if not form.is_valid():
        return _show(request, found, {"opening": form})
    try:
        services.open_area(
            actor=request.actor, area_id=found.id, opens_on=form.cleaned_data["opens_on"], at=timezone.now()
        )
    except services.AreaOpenAlready:
        messages.warning(request, _("This area is open already. Its day does not change any more."))
    else:
        messages.success(request, _("The day was saved."))
    return redirect(_LIST)


@page.page(Permission.TERMS_PUBLISH, methods=("POST",))
def area_close(request: PageRequest, code: str) -> HttpResponse:
    """Take no new price lists from a day on."""
    found = _offered(request, code)
    form = forms.AreaClosing(request.POST, today=_today())
    if not form.is_valid():
        return _show(request, found, {"closing": form})
    day = form.cleaned_data["closes_on"]
    try:
        told = services.close_area(actor=request.actor, area_id=found.id, closes_on=day, at=timezone.now())
    except services.AreaNotOpened:
        messages.warning(request, _("The area is not open yet: change its first day instead."))
    except services.AreaClosedAlready:
        messages.warning(request, _("The area is closed already."))
    else:
        words = ngettext(
            "Saved. %(count)s clinic with a draft was told.",
            "Saved. %(count)s clinics with drafts were told.",
            told,
        )
        messages.success(request, words % {"count": told} if told else _("Saved. No clinic has a draft."))
    return redirect("insurer:area-open", code)


@page.page(Permission.TERMS_PUBLISH, methods=("POST",))
def area_reopen(request: PageRequest, code: str) -> HttpResponse:
    """Take price lists again from a day on."""
    found = _offered(request, code)
    form = forms.AreaReopening(request.POST, today=_today())
    if not form.is_valid():
        return _show(request, found, {"reopening": form})
    try:
        told = services.reopen_area(
            actor=request.actor,
            area_id=found.id,
            reopens_on=form.cleaned_data["reopens_on"],
            at=timezone.now(),
        )
    except services.AreaStaysOpen:
        messages.warning(request, _("The area is not closed."))
    else:
        words = ngettext("Saved. %(count)s clinic was told.", "Saved. %(count)s clinics were told.", told)
        messages.success(request, words % {"count": told})
    return redirect("insurer:area-open", code)


@page.page(Permission.TERMS_PUBLISH, methods=("POST",))
def area_keep(request: PageRequest, code: str) -> HttpResponse:
    """Take back a closing that has not begun."""
    found = _offered(request, code)
    try:
        services.keep_area_open(actor=request.actor, area_id=found.id, at=timezone.now())
    except services.AreaClosedAlready:
        messages.warning(request, _("The area is closed already: you can open it again."))
    except services.AreaStaysOpen:
        messages.warning(request, _("No closing is planned."))
    else:
        messages.success(request, _("The area stays open. The clinics that knew of the closing were told."))
    return redirect("insurer:area-open", code)


@page.page(Permission.TERMS_PUBLISH, methods=("POST",))
def area_describe(request: PageRequest, code: str) -> HttpResponse:
    """Say what the area is about."""
    found = _offered(request, code)
    form = forms.AreaDescription(request.POST)
    if not form.is_valid():
        return _show(request, found, {"describing": form})
    given = form.cleaned_data
    changed = services.describe_area(
        actor=request.actor,
        area_id=found.id,
        text=given["description"],
        text_en=given["description_en"],
        at=timezone.now(),
    )
    messages.success(request, _("The description was saved.") if changed else _("Nothing was changed."))
    return redirect("insurer:area-open", code)


def _today() -> date:
    return days.local_date(timezone.now())


def _offered(request: PageRequest, code: str) -> selectors.AreaRow:
    """Return an area the insurer offers, announced ones included.

    :raises NotFound: it does not offer the area
    """
    row = selectors.own_area(request.actor, code=code, on=_today())
    if row.days is None:
        raise NotFound
    return row


def _show(
    request: PageRequest, row: selectors.AreaRow, sent: dict[str, BaseForm] | None = None
) -> HttpResponse:
    """Show the area with the forms that fit its days; one that was sent and is wrong keeps what was typed."""
    today, given = _today(), sent or {}
    opens_on, closes_on = (row.days.opens_on, row.days.closes_on) if row.days else (today, None)
    words = {"description": row.description, "description_en": row.description_en}
    day = {"closes_on": closes_on} if row.closes_later else {}
    shown: dict[str, BaseForm] = {
        "opening": forms.AreaOpening(today=today, initial={"opens_on": opens_on}),
        "closing": forms.AreaClosing(today=today, initial=day),
        "reopening": forms.AreaReopening(today=today),
        "describing": forms.AreaDescription(initial=words),
    }
    context = {
        "area": row,
        "tag": area_words.closing(row.days, on=today) if row.days else None,
        "lists": area_lists.area_lists(request.actor, area_id=row.id),
        **(shown | given),
    }
    status = max([200, *(page.form_status(form) for form in given.values())])
    return page.render(request, "insurer/settings/area.html", context, status=status)
