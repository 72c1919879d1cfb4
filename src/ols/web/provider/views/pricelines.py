"""The clinic answers an insurer's counter-offer: line by line, looked at once more, sent."""

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
from ols.network.selectors import Negotiation
from ols.network.states import LineAnswer, PriceListStatus
from ols.web import page
from ols.web.components import line_answer_sending as sending
from ols.web.components import line_answers
from ols.web.page import PageRequest
from ols.web.provider import contract_pages
from ols.web.provider.forms import posted
from ols.workflow.machine import TransitionRefused


@page.page(Permission.PRICELIST_EDIT)
def pricelist_answer(request: PageRequest, uuid: UUID, price_list: UUID) -> HttpResponse:
    """Keep what the clinic says to each line; a button takes every counter-offer, another leads on."""
    talks = _talks(request, uuid, price_list)
    if not talks.is_my_turn:
        messages.info(request, _("The price list does not wait for your answer any more."))
        return redirect("provider:pricelist-show", uuid, price_list)
    form = line_answers.LineAnswers(talks.lines, LineAnswer.PROVIDER, posted(request))
    if request.method == "POST" and form.is_valid():
        also = line_answers.offers_taken(talks) if request.POST.get("do") == "take" else {}
        if line_answers.keep(request, talks, form, also):
            if request.POST.get("do") == "check":
                return redirect("provider:pricelist-answer-check", uuid, price_list)
            messages.success(request, _("Your answers are saved; the insurer does not see them yet."))
            return redirect("provider:pricelist-answer", uuid, price_list)
        talks = _talks(request, uuid, price_list)
    context = {
        **_frame(request, uuid),
        "talks": talks,
        "grid": talks.grid,
        "form": form,
        "lines": form.rows(),
    }
    return page.render(request, "provider/pricelist/answer.html", context, status=page.form_status(form))


@page.page(Permission.PRICELIST_EDIT)
def answer_check(request: PageRequest, uuid: UUID, price_list: UUID) -> HttpResponse:
    """Show the whole answer once more; the button sends it."""
    talks = _talks(request, uuid, price_list)
    if request.method == "POST":
        sent = sending.send(request, talks, services.reply_price_list)
        if sent is not None:
            _tell(request, sent)
            return redirect("provider:pricelist-show", uuid, sent)
        talks = _talks(request, uuid, price_list)
    if not talks.is_my_turn:
        return redirect("provider:pricelist-show", uuid, price_list)
    context = {
        **_frame(request, uuid),
        "talks": talks,
        "grid": talks.grid,
        "groups": sending.groups(talks, LineAnswer.PROVIDER),
    }
    return page.render(request, "provider/pricelist/answer_check.html", context)


@page.page(Permission.PRICELIST_EDIT, methods=("POST",))
def pricelist_rework(request: PageRequest, uuid: UUID, price_list: UUID) -> HttpResponse:
    """Take the answered list back into the grid."""
    talks = _talks(request, uuid, price_list)
    try:
        services.rework_price_list(actor=request.actor, price_list_uuid=str(price_list), at=timezone.now())
    except TransitionRefused:
        messages.warning(request, _("The price list does not wait for your answer any more."))
        return redirect("provider:pricelist-show", uuid, price_list)
    except services.AreaClosed:
        messages.warning(request, _("The area is closed: a list taken back could not be sent again."))
        return redirect("provider:pricelist-answer", uuid, price_list)
    except services.ContractNotActive:
        messages.warning(request, _("The co-operation is not active: prices cannot be agreed now."))
        return redirect("provider:pricelist-show", uuid, price_list)
    return redirect("provider:pricelist-edit", uuid, talks.grid.area.code)


def _tell(request: PageRequest, sent: str) -> None:
    """Say what became of the answer: with every service given up there is nothing left to send."""
    if selectors.price_list(request.actor, uuid=sent).status == PriceListStatus.DRAFT:
        messages.info(request, _("You gave every service up: the list is back in the grid, to be sent anew."))
    else:
        messages.success(request, _("The answer is sent. Both sides have it by e-mail."))


def _talks(request: PageRequest, uuid: UUID, price_list: UUID) -> Negotiation:
    """Return the list line by line; it belongs to this contract."""
    today = days.local_date(timezone.now())
    talks = selectors.negotiation(request.actor, uuid=str(price_list), on=today)
    if talks.grid.contract.uuid != str(uuid):
        raise NotFound
    return talks


def _frame(request: PageRequest, uuid: UUID) -> dict[str, object]:
    """Return what every page of the contract shows."""
    return contract_pages.frame(selectors.contract(request.actor, uuid=str(uuid)), "pricelist-list")
