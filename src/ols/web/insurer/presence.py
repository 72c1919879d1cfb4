"""Who else looks at what waits for an answer: noted with the page, forgotten with the answer."""

from uuid import UUID

from django.utils import timezone

from ols.network.selectors import presence as selectors
from ols.network.selectors.presence import Looking
from ols.network.services import presence as services
from ols.web.page import PageRequest


def noted(request: PageRequest, subject: UUID | str, *, waits: bool) -> list[Looking]:
    """Note that the person looks at what waits for their answer; return the colleagues who look at it, too.

    Whoever cannot answer it, and pages of what is answered, leave no note and show none.
    """
    if not waits:
        return []
    subject, at = UUID(str(subject)), timezone.now()
    services.note_presence(actor=request.actor, subject=subject, at=at)
    return selectors.colleagues(request.actor, subjects=[subject], at=at).get(subject, [])


def forgotten(request: PageRequest, subject: UUID | str) -> None:
    """Take the person's note away: they have answered."""
    services.forget_presence(actor=request.actor, subject=UUID(str(subject)))
