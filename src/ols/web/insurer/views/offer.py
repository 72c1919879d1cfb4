"""One offer and the answer to it: accept, return with remarks at single fields, reject with a reason."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel import days
from ols.network import selectors, services
from ols.network.states import ContractStatus
from ols.web import page
from ols.web.components import document_words, event_words
from ols.web.insurer import offer_review, presence
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused

_ANSWERS = {"contract.accept", "contract.return", "contract.reject"}


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def contract_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the offer beside the register entry, with everything that decides."""
    return _shown(request, offer_review.page_of(request.actor, str(uuid), at=timezone.now()))


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def contract_accept(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Accept the offer."""
    return _answer(
        request,
        uuid,
        lambda: services.accept_offer(actor=request.actor, contract_uuid=str(uuid), at=timezone.now()),
    )


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def contract_return(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Send the offer back, with remarks at single fields or about the whole."""
    shown = offer_review.page_of(request.actor, str(uuid), at=timezone.now(), returned=request.POST)
    form = shown.returning
    if not form.is_valid():
        return _shown(request, shown)
    return _answer(
        request,
        uuid,
        lambda: services.return_offer(
            actor=request.actor,
            contract_uuid=str(uuid),
            remark=form.cleaned_data["remark"],
            fields=form.asked(),
            at=timezone.now(),
        ),
    )


@page.page(Permission.CONTRACT_REVIEW, methods=("POST",))
def contract_reject(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Reject the offer with a reason."""
    shown = offer_review.page_of(request.actor, str(uuid), at=timezone.now(), rejected=request.POST)
    form = shown.rejecting
    if not form.is_valid():
        return _shown(request, shown)
    return _answer(
        request,
        uuid,
        lambda: services.reject_offer(
            actor=request.actor, contract_uuid=str(uuid), reason=form.words(), at=timezone.now()
        ),
    )


@page.page(Permission.CONTRACT_REVIEW, methods=("GET",))
def contract_answered(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Confirm the answer: what was decided, what happens next; an offer that waits is shown instead."""
    offer = selectors.offer(request.actor, uuid=str(uuid))
    row = offer.contract.row
    if row.status == ContractStatus.OFFERED:
        return redirect("insurer:contract-show", uuid)
    waiting = selectors.offers_waiting(request.actor)
    context = {"row": row, "contract": offer.contract, "next": waiting[0] if waiting else None}
    return page.render(request, "insurer/contract/answered.html", context)


def _shown(request: PageRequest, shown: offer_review.OfferPage) -> HttpResponse:
    status = page.form_status(shown.returning, shown.rejecting)
    context = shown.context()
    context["looking"] = presence.noted(request, shown.offer.contract.row.uuid, waits=context["waits"])
    return page.render(request, "insurer/contract/show.html", context, status=status)


def _answer(request: PageRequest, uuid: UUID, answer: Callable[[], None]) -> HttpResponse:
    """Send the answer; a colleague (or the clinic) who was faster is named, with what they did."""
    try:
        answer()
    except TransitionRefused:
        return _too_late(request, uuid)
    except services.DocumentsExpired as error:
        messages.error(request, document_words.expired(error.names))
        return redirect("insurer:contract-show", uuid)
    presence.forgotten(request, uuid)
    return redirect("insurer:contract-answered", uuid)


def _too_late(request: PageRequest, uuid: UUID) -> HttpResponse:
    try:
        history = selectors.contract_history(request.actor, uuid=str(uuid))
    except NotFound:  # a draft again, which is the clinic's alone
        messages.error(request, _("The clinic took the offer back meanwhile. Nothing was changed."))
        return redirect("insurer:offer-list")
    last = next((row for row in reversed(history) if row.event in _ANSWERS), None)
    if last is None:
        messages.error(request, _("The offer does not wait for an answer any more."))
    else:
        said = _("%(name)s was faster: %(what)s, %(when)s. Nothing was changed.") % {
            "name": last.actor_name,
            "what": event_words.title(last.event),
            "when": f"{last.at.astimezone(days.WARSAW):%d.%m.%Y %H:%M}",
        }
        messages.error(request, said)
    return redirect("insurer:contract-show", uuid)
