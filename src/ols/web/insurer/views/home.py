"""The insurer's first page: what waits for this person."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ols.accounts import people
from ols.accounts.permissions import Permission
from ols.claims import selectors as claims
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import selectors as network
from ols.network.selectors import offer_queue
from ols.settlement import selectors as settlement
from ols.web import page
from ols.web.components import navigation, time_left
from ols.web.components.shapes import Task
from ols.web.insurer import overview
from ols.web.insurer.navigation import ITEMS
from ols.web.page import PageRequest

_URGENT: Final = 5


@page.page(page.SIGNED_IN, methods=("GET",))
def home_show(request: PageRequest) -> HttpResponse:
    """Show the queues the person works on, and the network against need and limits."""
    actor, at = request.actor, timezone.now()
    if actor.organization_kind != "insurer":
        return page.not_permitted(request, Permission.CONTRACT_REVIEW)
    context: dict[str, object] = {"tasks": _tasks(actor, at), "parts": _parts(request)}
    if actor.has(Permission.CONTRACT_REVIEW):
        rows = offer_queue.waiting(actor, wanted=offer_queue.QueueFilter(), at=at, size=_URGENT)
        context["urgent"] = [
            (row, {"tag": time_left.tag(row.due_at, at=at), "due_at": row.due_at})
            for row in rows
            if row.due_at
        ]
    if actor.has(Permission.NETWORK_VIEW):
        today = days.local_date(at)
        context |= {**overview.needs(actor, on=today), **overview.limits(actor, on=today, at=at)}
    return page.render(request, "insurer/home/show.html", context)


def _tasks(actor: Actor, at: datetime) -> list[Task]:
    """Return the queues with how much waits in each; offers say how many are late."""
    offers = reverse("insurer:offer-list")
    queues: list[tuple[str, str, str, Callable[[Actor], int]]] = [
        (Permission.PRICELIST_REVIEW, _("Decide price lists"), f"{offers}?show=lists", _price_lists),
        (
            Permission.CLAIM_REVIEW,
            _("Decide claims held for a person"),
            reverse("insurer:claim-list"),
            _claims,
        ),
        (Permission.NETWORK_VIEW, _("Documents that end"), reverse("insurer:document-list"), _ending),
        (Permission.PAYMENT_VIEW, _("Pay reports"), reverse("insurer:payment-list"), _reports),
        (
            Permission.STAFF_MANAGE,
            _("Answer requests for access"),
            reverse("insurer:staff-list"),
            people.open_request_count,
        ),
    ]
    tasks = [
        _task(label, url, waiting(actor))
        for permission, label, url, waiting in queues
        if actor.has(permission)
    ]
    if not actor.has(Permission.CONTRACT_REVIEW):
        return tasks
    figures = offer_queue.figures(actor, at=at)
    return [
        _task(_("Answer offers"), f"{offers}?show=offers", figures.offers, late=figures.overdue),
        _task(
            _("Decide new documents"),
            f"{offers}?show=documents",
            figures.documents,
            late=figures.documents_late,
        ),
        *tasks,
    ]


def _parts(request: PageRequest) -> list[navigation.NavigationLink]:
    """Return the parts of the desk this person holds a key to, as the menu has them."""
    return [link for link in navigation.links(ITEMS, request) if link.guarded and not link.locked]


def _task(label: str, url: str, count: int, *, late: int = 0) -> Task:
    """Return one queue as a task."""
    if not count:
        return Task(label, _("Nothing waits"), url=url, kind="plain", icon="check")
    words = ngettext("%(count)s waits", "%(count)s wait", count) % {"count": count}
    if late:
        hint = ngettext("%(count)s is past its time", "%(count)s are past their time", late) % {"count": late}
        return Task(label, words, url=url, hint=hint, kind="bad", icon="triangle-alert")
    return Task(label, words, url=url, kind="warn", icon="circle-dashed")


def _price_lists(actor: Actor) -> int:
    return offer_queue.figures(actor, at=timezone.now()).lists


def _ending(actor: Actor) -> int:
    return network.expiring_count(actor, on=days.local_date(timezone.now()))


def _claims(actor: Actor) -> int:
    return len(claims.pended_claims(actor=actor))


def _reports(actor: Actor) -> int:
    return len(settlement.due_statements(actor, today=days.local_date(timezone.now())))
