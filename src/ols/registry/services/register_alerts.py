"""Facilities that joined and are no longer in the register: alerts raised and closed by imports."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.notifications import services as notifications
from ols.registry import models, states
from ols.registry.states import Change
from ols.workflow import machine

# An e-mail names so many; the page shows all.
_NAMED = 20
_GONE = {
    Change.STRUCK_OFF: Q(entry__struck_off_on__isnull=False),
    Change.VANISHED: Q(entry__vanished_on__isnull=False),
}
_COLUMN = {Change.STRUCK_OFF: "struck_off_on", Change.VANISHED: "vanished_on"}


class RemarkMissing(Exception):
    """Whoever handles an alert says what was done."""


@use_case
def handle_alert(*, actor: Actor, alert_uuid: UUID, remark: str, at: datetime) -> None:
    """Note that somebody dealt with the alert, and how.

    :raises ols.db.errors.NotFound: there is no such alert
    :raises ols.workflow.machine.TransitionRefused: it is no longer open (somebody was faster)
    :raises RemarkMissing: there are no words
    """
    actor.require(Permission.REGISTER_IMPORT)
    row = models.RegisterAlert.objects.filter(uuid=alert_uuid).first()
    if row is None:
        raise NotFound
    words = remark.strip()
    if not words:
        raise RemarkMissing
    kept = {"handled_at": at, "handled_by": actor.name, "remark": words}
    machine.apply(states.ALERT, row, "handle", actor=actor, at=at, remark=words, set_fields=kept)


@within_transaction
def review_alerts(*, actor: Actor, found: models.RegisterImport, at: datetime) -> None:
    """After an import: close the alerts of facilities that are back, raise those that are new.

    It goes by the state of the register, so the same file again raises nothing.
    """
    _close(actor, found, at)
    raised = [alert for kind in states.ALERT_KINDS for alert in _raise(actor, found, kind, at)]
    if raised:
        _tell(raised, at)


def _close(actor: Actor, found: models.RegisterImport, at: datetime) -> None:
    back = Q(kind=Change.STRUCK_OFF, facility__entry__struck_off_on=None) | Q(
        kind=Change.VANISHED, facility__entry__vanished_on=None
    )
    rows = models.RegisterAlert.objects.filter(back, status__in=states.IN_FORCE)
    # Locked, so that a colleague who handles one at this moment comes before or after.
    for row in rows.order_by("pk").select_for_update(of=("self",)):
        kept = {"returned_at": at, "returned_on": found.snapshot_date}
        machine.apply(states.ALERT, row, "return", actor=actor, at=at, set_fields=kept)


def _raise(actor: Actor, found: models.RegisterImport, kind: str, at: datetime) -> list[models.RegisterAlert]:
    known = models.RegisterAlert.objects.filter(kind=kind, status__in=states.IN_FORCE)
    facilities = (
        models.Facility.objects.filter(_GONE[kind])
        .exclude(pk__in=known.values("facility_id"))
        .annotate(gone_on=F(f"entry__{_COLUMN[kind]}"))
        .select_related("entry")
        .order_by("pk")
    )
    rows = [
        models.RegisterAlert(
            facility=facility, kind=kind, register_import=found, gone_on=facility.gone_on, opened_at=at
        )
        for facility in facilities
    ]
    models.RegisterAlert.objects.bulk_create(rows)
    for row in rows:
        audit.record(
            event="register_alert.open",
            subject_kind=states.ALERT.name,
            subject_uuid=row.uuid,
            actor=actor,
            at=at,
            data={"kind": kind, "import": str(found.uuid)},
        )
    return rows


def _tell(raised: list[models.RegisterAlert], at: datetime) -> None:
    """Write once to every operator who keeps the register."""
    lines = [
        {"name": row.facility.name, "kind": row.kind, "day": days.format_date(row.gone_on)}
        for row in raised[:_NAMED]
    ]
    context = {
        "count": len(raised),
        "lines": lines,
        "more": len(raised) - len(lines),
        "path": "/operator/register/alerts/",
    }
    for firm in accounts.organizations(kind="operator"):
        for email in accounts.member_emails(organization_id=firm.id, permission=Permission.REGISTER_IMPORT):
            notifications.enqueue_email(to=email, template="register_alert", context=context, at=at)
