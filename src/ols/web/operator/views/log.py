"""„Dziennik”: everything that happened on the platform. Looking at it and taking it away is in it, too."""

from datetime import UTC, datetime, timedelta
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import oversight
from ols.accounts.permissions import Permission
from ols.audit import log, looking
from ols.audit.log import LogFilters, LogPage, Place
from ols.web import page
from ols.web.components import event_words, exports
from ols.web.operator import log_words
from ols.web.operator.forms.log import LogFilter
from ols.web.page import PageRequest

_SIZE = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@page.page(Permission.AUDIT_VIEW, methods=("GET",))
def log_list(request: PageRequest) -> HttpResponse:
    """Show a page of events, the newest first."""
    form = LogFilter(log.kinds_of_events(request.actor), request.GET)
    found = LogPage((), None, None)
    if form.is_valid():
        filters = form.filters(request.actor)
        found = log.log_page(
            request.actor,
            filters=filters,
            size=_SIZE,
            before=_place(request.GET.get("older", "")),
            after=_place(request.GET.get("newer", "")),
        )
        looking.note_view(actor=request.actor, wanted=log_words.wanted(filters), at=timezone.now())
    context = {
        "form": form,
        "rows": _rows(request, found),
        "older": _query(request, "older", found.older),
        "newer": _query(request, "newer", found.newer),
        "query": _query(request, "", None),
    }
    return page.render(request, "operator/log/list.html", context, status=page.form_status(form))


@page.page(Permission.AUDIT_VIEW, methods=("GET",))
def log_detail(request: PageRequest, number: int) -> HttpResponse:
    """Show one event with its data in words."""
    row = log.log_event(request.actor, number=number)
    names = oversight.organization_names(request.actor, ids=log_words.organization_ids([row]))
    filters = LogFilters(subject_uuid=row.subject_uuid)
    looking.note_view(actor=request.actor, wanted={"number": row.id}, at=timezone.now())
    context = {
        "row": row,
        "title": event_words.title(row.event),
        "subject": event_words.subject(row.subject_kind),
        "channel": event_words.channel(row.channel),
        "firm": names.get(row.organization_id or 0, ""),
        "facts": log_words.facts(row, names),
        "is_open": log_words.is_open(row),
        "words": log_words.words(row),
        "url": log_words.subject_url(request.actor, row),
        "same": log_words.log_url(request.actor, subject=str(filters.subject_uuid)),
    }
    return page.render(request, "operator/log/detail.html", context)


@page.page(Permission.AUDIT_VIEW, methods=("GET",))
def log_export(request: PageRequest, kind: str) -> HttpResponse:
    """Download what the filters of the page find, up to a limit, piece by piece."""
    if kind not in exports.KINDS:
        raise Http404
    form = LogFilter(log.kinds_of_events(request.actor), request.GET)
    back = f"{reverse('operator:log-list')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(back)
    filters = form.filters(request.actor)
    if log.is_longer(request.actor, filters=filters, limit=log_words.MAX_ROWS):
        messages.error(request, _("More than 50,000 events: choose a shorter period or more filters."))
        return redirect(back)
    taken = {**log_words.wanted(filters), "file": kind}
    looking.note_export(actor=request.actor, wanted=taken, at=timezone.now())
    rows = log.log_rows(request.actor, filters=filters, limit=log_words.MAX_ROWS)
    return cast("HttpResponse", exports.streamed(log_words.sheet(request.actor, rows), kind))


def _rows(request: PageRequest, found: LogPage) -> list[dict[str, object]]:
    """Return the rows with their words."""
    names = oversight.organization_names(request.actor, ids=log_words.organization_ids(found.rows))
    return [
        {
            "row": row,
            "title": event_words.title(row.event),
            "subject": event_words.subject(row.subject_kind),
            "channel": event_words.channel(row.channel),
            "firm": names.get(row.organization_id or 0, ""),
            "url": log_words.subject_url(request.actor, row),
        }
        for row in found.rows
    ]


def _place(text: str) -> Place | None:
    """Read a place from an address, `<microseconds>-<number>`; nonsense is the beginning."""
    moment, _sign, number = text.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 17 for part in (moment, number)):
        return None
    return Place(_EPOCH + timedelta(microseconds=int(moment)), int(number))


def _query(request: PageRequest, name: str, place: Place | None) -> str:
    """Return the address's query with another place, or with none."""
    query = request.GET.copy()
    for side in ("older", "newer"):
        query.pop(side, None)
    if place is not None:
        query[name] = f"{(place.at - _EPOCH) // timedelta(microseconds=1)}-{place.id}"
    elif name:
        return ""
    return query.urlencode()
