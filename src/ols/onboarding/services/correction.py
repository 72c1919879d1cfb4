"""A returned application is corrected and sent again; the clock, which stood meanwhile, goes on."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.onboarding import clock, models, selectors, states
from ols.onboarding.services.applicant import ApplicationDraft, columns, tell
from ols.onboarding.services.extract_request import request_reading
from ols.workflow import machine


class NotAsked(Exception):
    """A field was changed that the operator did not ask to correct; `fields` names them."""

    def __init__(self, fields: Collection[str]) -> None:
        """Keep which ones."""
        super().__init__(", ".join(sorted(fields)))
        self.fields = frozenset(fields)


@use_case
def resubmit_application(
    *, actor: Actor, application_uuid: UUID, draft: ApplicationDraft, at: datetime
) -> None:
    """Send a returned application again, corrected; the clock goes on. The NIP stays as it was.

    :raises ols.db.errors.NotFound: there is no such application
    :raises ols.workflow.machine.TransitionRefused: it is not waiting for a correction
    :raises NotAsked: something changed that the operator did not ask for
    :raises TermsOutdated: newer terms are in force
    """
    row = models.AccessApplication.objects.filter(uuid=application_uuid).first()
    if row is None:
        raise NotFound
    said = columns(draft, at)
    kept = {"nip", "entry_id", "register_book_no"} | (set() if draft.extract_uuid else {"extract_id"})
    corrected = {name: value for name, value in said.items() if name not in kept}
    _require_asked(row, corrected)
    pause, due_at = _pause(row, at)
    machine.apply(
        states.APPLICATION,
        row,
        "resubmit",
        actor=actor,
        at=at,
        data={"paused_seconds": pause, "due": due_at.isoformat()},
        set_fields={
            **corrected,
            "due_at": due_at,
            "paused_seconds": row.paused_seconds + pause,
            "asked_fields": [],
            "asked_remarks": {},
            "decided_at": None,
            "returned_at": None,
            "remark": "",
        },
    )
    request_reading(row, at=at)
    tell(row, at)


def _require_asked(row: models.AccessApplication, corrected: dict[str, object]) -> None:
    """Let only what the operator asked for change; an application returned as a whole may change in all.

    :raises NotAsked: another field differs
    """
    if not row.asked_fields:
        return
    allowed = {*row.asked_fields, "terms_id", "terms_sha256", "search_key"} | (
        {"extract_id"} if "extract" in row.asked_fields else set()
    )
    others = {
        name for name, value in corrected.items() if name not in allowed and getattr(row, name) != value
    }
    if others:
        raise NotAsked(others)


def _pause(row: models.AccessApplication, at: datetime) -> tuple[int, datetime]:
    """Return for how many seconds the clock stood, and the deadline moved by that."""
    returned_at = row.returned_at or at
    working = selectors.platform().answer_in_working_days
    due_at = clock.due_after_pause(row.due_at, returned_at=returned_at, at=at, working=working)
    return int((at - returned_at).total_seconds()), due_at
