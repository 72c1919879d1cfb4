"""An insurer's people are written to about offers that are late, and about those that will be soon."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.states import ContractStatus
from ols.notifications import services as notifications

# An e-mail names so many; the queue shows all.
_NAMED = 20
# Nothing due later can have only hours of the office's time left: no run of days off is as long.
_HORIZON = timedelta(days=14)
_DEFAULT_HOURS = 1


@use_case
def alarm_insurers(*, actor: Actor, at: datetime) -> int:
    """Write once about each offer that is late, and once before its deadline in the office's hours.

    Two workers at once write once: the offers' rows are locked, and what was written about is kept with a
    unique key. Returns how many offers the letters name.
    """
    found: dict[int, dict[str, list[models.Contract]]] = defaultdict(lambda: {"near": [], "late": []})
    hours = dict(models.ReviewRules.objects.values_list("insurer_id", "alarm_hours"))
    for row in _waiting(at):
        kind = _kind(row, hours.get(row.insurer_id, _DEFAULT_HOURS), at)
        if kind and not row.alarms.filter(due_at=_due(row), kind=kind).exists():
            found[row.insurer_id][kind].append(row)
    for insurer_id, kinds in found.items():
        for kind, rows in kinds.items():
            _note(rows, kind, actor, at)
        _tell(insurer_id, kinds, at)
    return sum(len(rows) for kinds in found.values() for rows in kinds.values())


def _waiting(at: datetime) -> list[models.Contract]:
    """Lock the offers whose deadline is near or passed and that were not written about for being late."""
    late = models.OfferAlarm.objects.filter(
        contract=OuterRef("pk"), due_at=OuterRef("answer_due_at"), kind="late"
    )
    rows = models.Contract.objects.filter(
        ~Exists(late), status=ContractStatus.OFFERED, answer_due_at__lt=at + _HORIZON
    )
    return list(rows.order_by("answer_due_at", "pk").select_for_update())


def _kind(row: models.Contract, hours: int, at: datetime) -> str:
    """Say whether the offer is late or nearly; empty: neither, or nobody is there to read it."""
    due = _due(row)
    if due < at:
        return "late"
    insurer = accounts.organization(organization_id=row.insurer_id)
    office = {"opens": insurer.office_opens, "closes": insurer.office_closes}
    left = days.office_time_between(at, due, **office)
    return "near" if days.office_is_open(at, **office) and left <= timedelta(hours=hours) else ""


def _note(rows: list[models.Contract], kind: str, actor: Actor, at: datetime) -> None:
    """Keep that it was written; the history is the insurer's own, the clinic's does not show it."""
    for row in rows:
        kept = models.OfferAlarm.objects.create(contract=row, due_at=_due(row), kind=kind, at=at)
        audit.record(
            event="offer_alarm.late" if kind == "late" else "offer_alarm.near",
            subject_kind="offer_alarm",
            subject_uuid=kept.uuid,
            actor=actor,
            at=at,
            data={"contract": str(row.uuid)},
        )


def _tell(insurer_id: int, kinds: dict[str, list[models.Contract]], at: datetime) -> None:
    context = {
        **{kind: [_line(row) for row in rows[:_NAMED]] for kind, rows in kinds.items()},
        **{f"{kind}_count": len(rows) for kind, rows in kinds.items()},
        "path": "/insurer/offers/?show=offers",
    }
    for email in accounts.member_emails(organization_id=insurer_id, permission=Permission.CONTRACT_REVIEW):
        notifications.enqueue_email(to=email, template="offers_due", context=context, at=at)


def _line(row: models.Contract) -> dict[str, str]:
    return {
        "number": row.number,
        "name": accounts.organization(organization_id=row.provider_id).name,
        "due": f"{_due(row).astimezone(days.WARSAW):%d.%m.%Y %H:%M}",
    }


def _due(row: models.Contract) -> datetime:
    """Return the deadline; an offer that waits has one."""
    assert row.answer_due_at is not None
    return row.answer_due_at
