"""The insurer's queue: offers, price lists and new documents that wait for an answer."""

from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.accounts.permissions import Permission
from ols.network import selectors
from ols.network.selectors import offer_queue, presence, review
from ols.network.selectors.offer_queue import OfferFigures, QueueFilter, QueueRow
from ols.network.selectors.presence import Looking
from ols.web import page
from ols.web.components import pages, remembered, time_left
from ols.web.components.shapes import Tab
from ols.web.insurer.forms.queue import QueueSearch
from ols.web.page import PageRequest

_SHOWN: Final[dict[str, tuple[str | Promise, str]]] = {
    offer_queue.OFFERS: (gettext_lazy("Offers of co-operation"), Permission.CONTRACT_REVIEW),
    offer_queue.LISTS: (gettext_lazy("Price lists"), Permission.PRICELIST_REVIEW),
    offer_queue.DOCUMENTS: (gettext_lazy("New documents"), Permission.CONTRACT_REVIEW),
}
_ONLY: Final[dict[str, str | Promise]] = {
    "": gettext_lazy("All"),
    "overdue": gettext_lazy("Past their time"),
    "today": gettext_lazy("Due today"),
}


@page.page(Permission.CONTRACT_REVIEW, methods=("GET",))
def offer_list(request: PageRequest) -> HttpResponse:
    """Show a part of the queue, the most urgent first, with the figures of every other part."""
    came_back = remembered.restored(request, ("show", "only", "text", "sort"))
    if came_back is not None:
        return came_back
    form, at = QueueSearch(request.GET), timezone.now()
    wanted = form.wanted()
    figures = offer_queue.figures(request.actor, text=wanted.text, at=at)
    total = getattr(figures, wanted.only or wanted.show)
    shown = pages.paginate(total=total, wanted=request.GET.get("page"))
    rows = offer_queue.waiting(request.actor, wanted=wanted, at=at, offset=shown.offset, size=shown.size)
    looking = presence.colleagues(request.actor, subjects=[row.uuid for row in rows], at=at)
    context = {
        "rows": [_shown(row, looking.get(row.uuid, []), at) for row in rows],
        "tabs": [tab for tab in _tabs(request, wanted, figures) if tab is not None],
        "narrow": _narrow(wanted, figures) if wanted.show == offer_queue.OFFERS else [],
        "wanted": wanted,
        "form": form,
        "pages": shown,
        "accounts": [row for row in selectors.account_changes_waiting(request.actor) if row.may_confirm],
        "is_automatic": review.rules(request.actor).is_automatic,
    }
    return page.render(request, "insurer/queue/list.html", context)


def _shown(row: QueueRow, looking: list[Looking], at: datetime) -> dict[str, object]:
    left = time_left.tag(row.due_at, at=at) if row.due_at else None
    return {"row": row, "left": {"tag": left, "due_at": row.due_at}, "looking": looking}


def _tabs(request: PageRequest, wanted: QueueFilter, figures: OfferFigures) -> list[Tab | None]:
    return [
        Tab(
            _("%(label)s (%(count)s)") % {"label": label, "count": getattr(figures, name)},
            f"?{urlencode({'show': name, 'text': wanted.text})}",
            name == wanted.show,
        )
        if request.actor.has(permission)
        else None
        for name, (label, permission) in _SHOWN.items()
    ]


def _narrow(wanted: QueueFilter, figures: OfferFigures) -> list[Tab]:
    """Return the filters inside the offers, the first of which takes them off."""
    return [
        Tab(
            _("%(label)s (%(count)s)") % {"label": label, "count": getattr(figures, name or wanted.show)},
            f"?{urlencode({'show': wanted.show, 'only': name, 'text': wanted.text, 'sort': wanted.sort})}",
            name == wanted.only,
        )
        for name, label in _ONLY.items()
    ]
