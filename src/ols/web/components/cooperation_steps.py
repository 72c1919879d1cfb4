"""What both sides do with a co-operation that lasts: announce its end, take that back, keep its history."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.network import selectors, services
from ols.web.components import cooperation_history, exports
from ols.web.components.cooperation_forms import EndOfCooperation
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


def announce_end(
    request: PageRequest, uuid: UUID, form: EndOfCooperation, *, service: Callable[..., None], told: str
) -> None:
    """Announce the end with the side's own service; say in a message whether it worked."""
    try:
        service(
            actor=request.actor,
            contract_uuid=str(uuid),
            ends_on=form.cleaned_data["ends_on"],
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
    except (services.NoticeGivenAlready, TransitionRefused):
        end_is_set(request)
    else:
        messages.success(request, told)


def end_is_set(request: PageRequest) -> None:
    """Say that there is nothing left to end."""
    messages.warning(request, _("The co-operation does not last any more, or its end is announced."))


def take_end_back(request: PageRequest, uuid: UUID, *, service: Callable[..., None]) -> None:
    """Take the announced end back with the side's own service; say whether it worked."""
    try:
        service(actor=request.actor, contract_uuid=str(uuid), at=timezone.now())
    except (services.NoNotice, TransitionRefused):
        messages.warning(request, _("There is no notice of yours that could be taken back."))
    else:
        messages.success(request, _("The notice was taken back. The co-operation goes on."))


def history_export(request: PageRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Give „Historia współpracy” to a spreadsheet."""
    if kind not in exports.KINDS:
        raise Http404
    detail = selectors.contract(request.actor, uuid=str(uuid))
    history = selectors.contract_history(request.actor, uuid=str(uuid))
    return exports.response(cooperation_history.sheet(detail, history), kind)
