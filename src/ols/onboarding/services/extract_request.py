"""Asking that an application's register extract be read: at submission, or again by the operator."""

from datetime import datetime
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor
from ols.notifications import services as notifications
from ols.onboarding import models, states
from ols.workflow.machine import TransitionRefused


@within_transaction
def request_reading(row: models.AccessApplication, *, at: datetime) -> None:
    """Promise a reading of the application's extract; a reading that still waits is replaced."""
    if row.extract_id is None:
        return
    waiting = models.ExtractReading.objects.filter(application=row, outcome=states.ExtractOutcome.WAITING)
    waiting.delete()
    reading = models.ExtractReading.objects.create(
        application=row, document_id=row.extract_id, requested_at=at
    )
    notifications.enqueue(kind="extract.waiting", payload={"reading": str(reading.uuid)}, at=at)


@use_case
def read_extract_again(*, actor: Actor, application_uuid: UUID, at: datetime) -> None:
    """„Odczytaj ponownie”: compare the extract with what the register says now.

    :raises ols.db.errors.NotFound: there is no such application, or it has no extract
    :raises ols.workflow.machine.TransitionRefused: the application has been decided
    """
    actor.require(Permission.APPLICATION_REVIEW)
    row = models.AccessApplication.objects.select_for_update().filter(uuid=application_uuid).first()
    if row is None or row.extract_id is None:
        raise NotFound
    if row.status not in states.OPEN:
        raise TransitionRefused("application.read_extract")
    request_reading(row, at=at)
    audit.record(
        event="application.read_extract",
        subject_kind="application",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
    )
