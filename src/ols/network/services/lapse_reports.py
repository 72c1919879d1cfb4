"""Once a day insurers and the operator are told which clinics are suspended for terms they did not accept."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final
from uuid import UUID

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db import locks
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors import lapse_reports
from ols.network.selectors.lapse_reports import Missed
from ols.notifications import services as notifications

# Deadlines end at midnight; the letter is there when the office opens.
_MORNING: Final = time(7)
# An e-mail names so many; the pages show all.
_NAMED: Final = 50
_KEYS: Final = {"insurer": Permission.CONTRACT_REVIEW, "operator": Permission.TERMS_PUBLISH}


def tell_of_lapses(*, actor: Actor, at: datetime) -> int:
    """Write today's letter to each organization with clinics to be told of; return how many got one.

    Each is a transaction of its own, looked at again under a lock: run twice at once it writes once a day.
    """
    if at.astimezone(days.WARSAW).time() < _MORNING:
        return 0
    waiting = lapse_reports.concerned(at=at)
    return sum(tell_of_lapse(actor=actor, organization_id=one, at=at) for one in waiting)


@use_case
def tell_of_lapse(*, actor: Actor, organization_id: int, at: datetime) -> bool:
    """Write one organization its letter, unless it got one today or nothing is new."""
    lock_report(organization_id)
    today = days.local_date(at)
    if lapse_reports.was_told(organization_id=organization_id, day=today):
        return False
    rows = lapse_reports.missed(organization_id=organization_id, at=at)
    if not rows:
        return False
    models.LapseReport.objects.bulk_create(
        [
            models.LapseReport(organization_id=organization_id, notice_id=notice, day=today, at=at)
            for row in rows
            for notice in row.notices
        ]
    )
    firm = accounts.organization(organization_id=organization_id)
    audit.record(
        event="terms.lapses_told",
        subject_kind="organization",
        subject_uuid=UUID(firm.uuid),
        actor=actor,
        at=at,
        data={"clinics": len(rows)},
    )
    _write(firm, rows, at)
    return True


@within_transaction
def lock_report(organization_id: int) -> None:
    """Let nobody else write the organization's letter until the end."""
    locks.hold("network.lapse-report", organization_id)


def _write(firm: accounts.OrganizationRow, rows: Sequence[Missed], at: datetime) -> None:
    """Promise the letter to those who decide co-operations, or publish the operator's texts."""
    context = {
        "count": len(rows),
        "lines": [_line(row) for row in rows[:_NAMED]],
        "more": max(len(rows) - _NAMED, 0),
        "operator": "yes" if firm.kind == "operator" else "",
        "path": "/operator/terms/" if firm.kind == "operator" else "/insurer/contracts/",
    }
    for email in accounts.member_emails(organization_id=firm.id, permission=_KEYS[firm.kind]):
        notifications.enqueue_email(to=email, template="terms_lapses", context=context, at=at)


def _line(row: Missed) -> dict[str, str]:
    """Name a clinic, what is suspended and why: a line of the letter's list."""
    return {
        "name": row.provider_name,
        "number": row.contract_number,
        "title": row.title,
        "version": row.version,
        "deadline": days.format_date(row.deadline),
        "area": row.area.name_pl if row.area else "",
        "area_en": row.area.name_en if row.area else "",
        "by": "operator" if row.scope.insurer_id is None else "insurer",
    }
