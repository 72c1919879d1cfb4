"""The last look at an answer to a price list before it is sent."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ols.network import services
from ols.network.selectors import Line, Negotiation
from ols.web.components.line_answers import KIND_WORDS
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@dataclass(frozen=True)
class Group:
    """The lines with the same answer."""

    words: str | Promise
    kind: str
    lines: list[Line]


def groups(talks: Negotiation, kinds: tuple[str, ...]) -> list[Group]:
    """Return the complete answers, kind by kind."""
    found = [
        Group(
            KIND_WORDS[kind], kind, [line for line in talks.lines if line.kind == kind and line.is_complete]
        )
        for kind in kinds
    ]
    return [group for group in found if group.lines]


def send(request: PageRequest, talks: Negotiation, service: Callable[..., str]) -> str | None:
    """Send the answer the page showed; return the list that goes on, or None when it was not sent."""
    seen = request.POST.get("seen", "")
    try:
        return service(
            actor=request.actor,
            price_list_uuid=talks.grid.uuid,
            seen=int(seen) if seen.isascii() and seen.isdigit() else -1,
            at=timezone.now(),
        )
    except services.AnswersChanged as error:
        words = _("%(who)s saved other answers meanwhile. Look at them once more before you send.")
        messages.warning(request, words % {"who": error.by})
    except services.AnswersMissing:
        messages.warning(request, _("Some lines have no answer yet."))
    except TransitionRefused:
        messages.warning(request, _("The price list does not wait for your answer any more."))
    except services.ContractNotActive:
        messages.warning(request, _("The co-operation is not active: prices cannot be agreed now."))
    return None
