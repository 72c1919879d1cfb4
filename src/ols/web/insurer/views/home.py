"""The insurer's first page: what waits for this person."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ols.accounts.permissions import Permission
from ols.claims import selectors as claims
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import selectors as network
from ols.settlement import selectors as settlement
from ols.web import page
from ols.web.components.shapes import Task
from ols.web.page import PageRequest


@page.page(page.SIGNED_IN, methods=("GET",))
def home_show(request: PageRequest) -> HttpResponse:
    """Show the queues the person works on, each with how much waits in it."""
    actor = request.actor
    if actor.organization_kind != "insurer":
        return page.not_permitted(request, Permission.CONTRACT_REVIEW)
    queues: list[tuple[str, str, str, Callable[[Actor], int]]] = [
        (Permission.CONTRACT_REVIEW, _("Answer offers"), "insurer:offer-list", _offers),
        (Permission.PRICELIST_REVIEW, _("Decide price lists"), "insurer:offer-list", _price_lists),
        (Permission.CLAIM_REVIEW, _("Decide claims held for a person"), "insurer:claim-list", _claims),
        (Permission.PAYMENT_VIEW, _("Pay reports"), "insurer:payment-list", _reports),
    ]
    tasks = [
        _task(label, reverse(name), waiting(actor))
        for permission, label, name, waiting in queues
        if actor.has(permission)
    ]
    return page.render(request, "insurer/home/show.html", {"tasks": tasks})


def _task(label: str, url: str, count: int) -> Task:
    """Return one queue as a task."""
    if not count:
        return Task(label, _("Nothing waits"), url=url, kind="plain", icon="check")
    words = ngettext("%(count)s waits", "%(count)s wait", count) % {"count": count}
    return Task(label, words, url=url, kind="warn", icon="circle-dashed")


def _offers(actor: Actor) -> int:
    return len(network.offers_waiting(actor))


def _price_lists(actor: Actor) -> int:
    return len(network.price_lists_waiting(actor))


def _claims(actor: Actor) -> int:
    return len(claims.pended_claims(actor=actor))


def _reports(actor: Actor) -> int:
    return len(settlement.due_statements(actor, today=days.local_date(timezone.now())))
