"""The queue of access applications: what waits, what is being completed, what was answered."""

from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.onboarding import selectors
from ols.onboarding.selectors import ApplicationRow, QueueFigures, QueueFilter
from ols.web import page
from ols.web.components import application_words, exports, pages, remembered
from ols.web.components.shapes import Tab
from ols.web.operator.forms.queue import QueueSearch
from ols.web.operator.time_left import time_left
from ols.web.page import PageRequest

_SHOWN: dict[str, str | Promise] = {
    "waiting": gettext_lazy("Waiting"),
    "returned": gettext_lazy("Asked to complete"),
    "answered": gettext_lazy("Answered"),
}
_ONLY: dict[str, dict[str, str | Promise]] = {
    "waiting": {"overdue": gettext_lazy("Past their time"), "today": gettext_lazy("Due today")},
    "returned": {},
    "answered": {"automatic": gettext_lazy("Approved without a person")},
}
_COLUMNS = (
    exports.Column(gettext_lazy("Number")),
    exports.Column(gettext_lazy("Clinic")),
    exports.Column(gettext_lazy("Town")),
    exports.Column("NIP"),
    exports.Column(gettext_lazy("Status")),
    exports.Column(gettext_lazy("Sent"), exports.MOMENT),
    exports.Column(gettext_lazy("Answer by"), exports.MOMENT),
    exports.Column(gettext_lazy("Time to answer")),
    exports.Column(gettext_lazy("Decided"), exports.MOMENT),
    exports.Column(gettext_lazy("Approved without a person")),
)


@page.page(Permission.APPLICATION_REVIEW, methods=("GET",))
def application_list(request: PageRequest) -> HttpResponse:
    """Show a part of the queue, the most urgent first, with the figures of every other part."""
    came_back = remembered.restored(request, ("show", "only", "text", "sort"))
    if came_back is not None:
        return came_back
    form, at = QueueSearch(request.GET), timezone.now()
    wanted = form.wanted()
    figures = selectors.queue_figures(request.actor, text=wanted.text, at=at)
    total = getattr(figures, wanted.only or wanted.show)
    shown = pages.paginate(total=total, wanted=request.GET.get("page"))
    found = selectors.queue(request.actor, wanted=wanted, at=at, offset=shown.offset, size=shown.size)
    context = {
        "rows": [_shown(row, at) for row in found.rows],
        "tabs": _tabs(wanted, figures),
        "narrow": _narrow(wanted, figures),
        "wanted": wanted,
        "form": form,
        "pages": shown,
        "query": urlencode(asdict(wanted)),
    }
    return page.render(request, "operator/application/list.html", context)


@page.page(Permission.APPLICATION_REVIEW, methods=("GET",))
def application_export(request: PageRequest, kind: str) -> HttpResponse:
    """Send the filtered queue as a spreadsheet."""
    if kind not in exports.KINDS:
        raise NotFound
    at = timezone.now()
    found = selectors.queue(
        request.actor, wanted=QueueSearch(request.GET).wanted(), at=at, size=selectors.MAX_ROWS
    )
    sheet = exports.Sheet("applications", _COLUMNS, [_cells(row, at) for row in found.rows])
    return exports.response(sheet, kind)


def _shown(row: ApplicationRow, at: datetime) -> dict[str, object]:
    left = time_left(status=row.status, due_at=row.due_at, at=at)
    return {"row": row, "status": application_words.status(row.status), "left": left}


def _tabs(wanted: QueueFilter, figures: QueueFigures) -> list[Tab]:
    return [
        Tab(
            _("%(label)s (%(count)s)") % {"label": label, "count": getattr(figures, name)},
            f"?{urlencode({'show': name, 'text': wanted.text})}",
            name == wanted.show,
        )
        for name, label in _SHOWN.items()
    ]


def _narrow(wanted: QueueFilter, figures: QueueFigures) -> list[Tab]:
    """Return the filters inside the shown part, the first of which takes them off."""
    choices = {"": _("All"), **_ONLY[wanted.show]} if _ONLY[wanted.show] else {}
    return [
        Tab(
            _("%(label)s (%(count)s)") % {"label": label, "count": getattr(figures, name or wanted.show)},
            f"?{urlencode({'show': wanted.show, 'only': name, 'text': wanted.text, 'sort': wanted.sort})}",
            name == wanted.only,
        )
        for name, label in choices.items()
    ]


def _cells(row: ApplicationRow, at: datetime) -> tuple[exports.Cell, ...]:
    left = time_left(status=row.status, due_at=row.due_at, at=at).tag
    return (
        row.number,
        row.name,
        row.city,
        row.nip,
        str(application_words.status(row.status).label),
        row.submitted_at,
        row.due_at,
        str(left.label) if left else "",
        row.decided_at if row.status in ("approved", "rejected") else None,
        _("yes") if row.is_automatic else "",
    )
