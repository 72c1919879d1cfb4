"""Price lists line by line: decisions kept as one goes, looked at once more, sent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.network import selectors, services
from ols.network.selectors import Negotiation
from ols.network.states import LineAnswer
from ols.web import page
from ols.web.components import line_answer_sending as sending
from ols.web.components import line_answers
from ols.web.insurer import price_review
from ols.web.page import PageRequest


@page.page(Permission.PRICELIST_REVIEW, methods=("POST",))
def pricelist_lines(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Keep the decisions of the lines shown; a button decides many, another leads on."""
    talks = _talks(request, uuid)
    only = price_review.chosen(request)
    form = line_answers.LineAnswers(price_review.narrowed(talks, only), LineAnswer.INSURER, request.POST)
    if not form.is_valid():
        return price_review.show(request, talks, form)
    wanted = request.POST.get("do", "")
    also = line_answers.within_limits(talks, form.answers()) if wanted == "within" else {}
    if not line_answers.keep(request, talks, form, also):
        return price_review.show(request, _talks(request, uuid), form)
    if wanted == "check":
        return redirect("insurer:pricelist-check", uuid)
    messages.success(request, _("Your decisions are saved; the clinic does not see them yet."))
    query = f"?only={only}" if only else ""
    return redirect(f"{reverse('insurer:pricelist-show', args=[uuid])}{query}")


@page.page(Permission.PRICELIST_REVIEW)
def pricelist_check(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the whole answer once more; the button sends it."""
    talks = _talks(request, uuid)
    if request.method == "POST":
        sent = sending.send(request, talks, services.answer_price_list)
        if sent is not None:
            messages.success(request, _("The answer is sent. Both sides have it by e-mail."))
            return redirect("insurer:pricelist-show", sent)
        talks = _talks(request, uuid)
    if not talks.is_my_turn:
        return redirect("insurer:pricelist-show", uuid)
    context = {"talks": talks, "grid": talks.grid, "groups": sending.groups(talks, LineAnswer.INSURER)}
    return page.render(request, "insurer/pricelist/check.html", context)


def _talks(request: PageRequest, uuid: UUID) -> Negotiation:
    """Return the list line by line."""
    return selectors.negotiation(request.actor, uuid=str(uuid), on=days.local_date(timezone.now()))
