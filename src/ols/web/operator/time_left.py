"""How much time an application leaves to the operator, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ols.onboarding.states import ApplicationStatus
from ols.web.components import time_left as words
from ols.web.components.shapes import Tag


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """A tag with the words and, beside it, the exact moment; an answered application has no words."""

    tag: Tag | None
    due_at: datetime


def time_left(*, status: str, due_at: datetime, at: datetime) -> TimeLeft:
    """Say how long there is to answer; a clock that stands says so."""
    if status == ApplicationStatus.RETURNED:
        return TimeLeft(Tag(_("the time stands"), "", "hourglass"), due_at)
    if status != ApplicationStatus.SUBMITTED:
        return TimeLeft(None, due_at)
    return TimeLeft(words.tag(due_at, at=at), due_at)
