"""Operators are written to about applications that are late, and about those that will be soon."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.notifications import services as notifications
from ols.onboarding import models, selectors, states

# An e-mail names so many; the queue shows all.
_NAMED = 20
# Nothing due later can have only hours of work left: no run of days off is as long.
_HORIZON = timedelta(days=14)


@use_case
def alarm_operators(*, actor: Actor, at: datetime) -> int:
    """Write about what is late (once a day each) and what is nearly due (once for each deadline).

    Only in the consultant's hours. Two workers at once write once: each application's row is locked, and
    whoever comes second finds it already written about. Returns how many applications the letter names.
    """
    platform = selectors.platform()
    hours = {"opens": platform.consultant_opens, "closes": platform.consultant_closes}
    if not days.office_is_open(at, **hours):
        return 0
    limit = timedelta(hours=platform.alarm_hours)
    late = _late(at)
    near = [row for row in _near(at) if days.office_time_between(at, row.due_at, **hours) <= limit]
    models.AccessApplication.objects.filter(pk__in=[row.pk for row in late]).update(
        alarmed_on=days.local_date(at)
    )
    models.AccessApplication.objects.filter(pk__in=[row.pk for row in near]).update(warned_for=F("due_at"))
    for row in (*late, *near):
        audit.record(
            event="application.alarm" if row in late else "application.remind",
            subject_kind="application",
            subject_uuid=row.uuid,
            actor=actor,
            at=at,
        )
    if late or near:
        _tell(late, near, at)
    return len(late) + len(near)


def _late(at: datetime) -> list[models.AccessApplication]:
    today = days.local_date(at)
    rows = models.AccessApplication.objects.filter(
        Q(alarmed_on=None) | Q(alarmed_on__lt=today), status=states.S.SUBMITTED, due_at__lt=at
    )
    return list(rows.order_by("due_at", "pk").select_for_update())


def _near(at: datetime) -> list[models.AccessApplication]:
    rows = models.AccessApplication.objects.filter(
        ~Q(warned_for=F("due_at")), status=states.S.SUBMITTED, due_at__gte=at, due_at__lt=at + _HORIZON
    )
    return list(rows.order_by("due_at", "pk").select_for_update())


def _tell(late: list[models.AccessApplication], near: list[models.AccessApplication], at: datetime) -> None:
    context = {
        "late": _lines(late),
        "near": _lines(near),
        "late_count": len(late),
        "near_count": len(near),
        "path": "/operator/applications/?show=waiting",
    }
    for firm in accounts.organizations(kind="operator"):
        for email in accounts.member_emails(
            organization_id=firm.id, permission=Permission.APPLICATION_REVIEW
        ):
            notifications.enqueue_email(to=email, template="applications_due", context=context, at=at)


def _lines(rows: list[models.AccessApplication]) -> list[dict[str, str]]:
    return [
        {
            "number": row.number,
            "name": row.name,
            "due": f"{row.due_at.astimezone(days.WARSAW):%d.%m.%Y %H:%M}",
        }
        for row in rows[:_NAMED]
    ]
