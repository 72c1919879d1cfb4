"""The page on which one application is decided: everything known of it, and both forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ols.kernel.actor import Actor
from ols.onboarding import selectors
from ols.onboarding.extract_readings import extract_reading
from ols.onboarding.selectors import ApplicationDetail
from ols.web.components import application_words
from ols.web.components.shapes import TimelineEvent
from ols.web.operator import comparison, duplicate_words, extract_panel, prefill
from ols.web.operator.forms.application import ApplicationRejection, ApplicationReturn
from ols.web.operator.time_left import time_left


@dataclass(frozen=True)
class ReviewPage:
    """What the page shows; the forms are bound when somebody sent them."""

    found: ApplicationDetail
    extract: extract_panel.Panel | None
    readers: Sequence[str]
    returning: ApplicationReturn
    rejecting: ApplicationRejection
    at: datetime

    def context(self) -> dict[str, Any]:
        """Return what the template needs."""
        own = self.found.application
        rows = comparison.rows(self.found)
        return {
            "own": own,
            "phone": comparison.show_phone(own.phone),
            "areas": application_words.areas(own.areas),
            "entry": self.found.entry,
            "extract_uuid": self.found.extract_uuid,
            "terms_version": self.found.terms_version,
            "status": application_words.status(own.status),
            "left": time_left(status=own.status, due_at=own.due_at, at=self.at),
            "rows": rows,
            "prefilled": any(asked.tick.initial for asked in self.returning.asked_fields()),
            "different": [row.label for row in rows if row.tag],
            "extract": self.extract,
            "duplicates": duplicate_words.lines(self.found.duplicates),
            "may_decide": "approve" in self.found.actions,
            "readers": self.readers,
            "events": _events(self.found),
            "returning": self.returning,
            "rejecting": self.rejecting,
            "has_errors": bool(self.returning.errors or self.rejecting.errors),
        }


def page_of(
    actor: Actor,
    uuid: UUID,
    *,
    at: datetime,
    returned: Mapping[str, Any] | None = None,
    rejected: Mapping[str, Any] | None = None,
) -> ReviewPage:
    """Return the page; `returned` or `rejected` is what was sent with its form.

    :raises ols.db.errors.NotFound: there is no such application
    """
    found = selectors.application(actor, uuid=uuid)
    reading = extract_reading(actor, application_uuid=uuid)
    return ReviewPage(
        found=found,
        extract=extract_panel.panel(actor, uuid),
        readers=selectors.readers(actor, uuid=uuid, at=at),
        returning=ApplicationReturn(returned, differences=prefill.remarks(found, reading)),
        rejecting=ApplicationRejection(rejected),
        at=at,
    )


def _events(found: ApplicationDetail) -> list[TimelineEvent]:
    return [
        TimelineEvent(
            application_words.event(row.event, is_automatic="extract_sha256" in row.data),
            row.at,
            row.actor_name,
            row.remark,
        )
        for row in found.history
    ]
