"""The panel's home: the tasks of every stage and of every day, gathered into sections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ols.accounts import factors, people
from ols.accounts.permissions import Permission
from ols.claims import selectors as claims
from ols.kernel import days, money
from ols.kernel.actor import Actor
from ols.network import selectors
from ols.network.selectors import TaskRow, TaskState
from ols.settlement import selectors as settlement
from ols.settlement.states import StatementStatus
from ols.web.components.shapes import Task
from ols.web.provider import tasks, terms_pages
from ols.web.provider.highlight_tasks import highlight_tasks
from ols.web.provider.tasks import OFFERED, OVERDUE, STATES, URGENT, Reader

SOON = timedelta(days=2)
_ICONS = {"daily": "list-checks", "terms": "file-text", "service": "file-check", "account": "user-check"}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the list: what is open, what is done, and how far that is."""

    code: str
    title: str | Promise
    todo: Sequence[Task]
    done: Sequence[Task] = ()

    @property
    def total(self) -> int:
        """How many tasks there are."""
        return len(self.todo) + len(self.done)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return not self.todo

    @property
    def icon(self) -> str:
        """What stands before the title."""
        return "circle-check" if self.is_done else _ICONS.get(self.code, "handshake")


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the home page shows; `next` is the most pressing task its reader may do."""

    sections: Sequence[Section]
    next: Task | None
    has_prices: bool

    @property
    def left(self) -> int:
        """How many tasks are open that somebody here can do."""
        return sum(task.kind in {"bad", "info"} for part in self.sections for task in part.todo)


def board(actor: Actor, *, at: datetime) -> Board:
    """Return the board of the actor's clinic; the number of queries does not grow with what is on it."""
    today = days.local_date(at)
    reader = Reader(actor, people.holders(actor))
    service = [TaskRow("access", TaskState.DONE), *selectors.service_tasks(actor, on=today)]
    ready = service[-1].state == TaskState.DONE
    cooperation = selectors.cooperation_tasks(actor, ready=ready, on=today)
    daily = [*_claims(reader, at), *_settlements(reader, at), *highlight_tasks(reader, on=today)]
    terms = _terms(reader)
    sections = [
        *([Section("terms", _("Terms to be accepted"), terms)] if terms else []),
        *([Section("daily", _("Every day"), daily)] if daily else []),
        _section("service", _("Stages I and II: access and the insurance service"), service, reader),
        *_insurers(cooperation, reader),
        Section("account", _("Account and people"), _account(reader)),
    ]
    found = [section for section in sections if section.total]
    return Board(
        found,
        _next([task for section in found for task in section.todo]),
        any(row.code == "prices" and row.state == TaskState.DONE for row in cooperation),
    )


def _next(found: Sequence[Task]) -> Task | None:
    """Return the task to continue with: what is wrong or urgent first, then in the order of the list."""
    possible = [task for task in found if task.url and task.kind in {"bad", "info"}]
    return min(possible, key=lambda task: task.kind != "bad", default=None)


def _section(code: str, title: str | Promise, rows: Sequence[TaskRow], reader: Reader) -> Section:
    """Return a section of stages, the finished tasks apart."""
    return Section(
        code,
        title,
        [tasks.shown(row, reader) for row in rows if row.state != TaskState.DONE],
        [tasks.shown(row, reader) for row in rows if row.state == TaskState.DONE],
    )


def _insurers(rows: Sequence[TaskRow], reader: Reader) -> list[Section]:
    """Return a section for each insurer one co-operates with; those not started share one."""
    started = [row for row in rows if row.contract_uuid]
    groups = [list(group) for _uuid, group in groupby(started, key=lambda row: row.insurer_uuid)]
    begun = [
        _section(f"insurer-{number}", _title(group), group, reader)
        for number, group in enumerate(groups, start=1)
    ]
    open_to = [row for row in rows if not row.contract_uuid]
    if open_to:
        title = _("Stage III: insurers to co-operate with")
        begun.append(_section("insurers", title, open_to, reader))
    return begun


def _title(rows: Sequence[TaskRow]) -> str:
    return gettext("Stage III: %(insurer)s") % {"insurer": rows[0].insurer_name}


def _terms(reader: Reader) -> list[Task]:
    """Return the new versions of terms, each with its deadline and what depends on it."""
    return [
        reader.task(
            OVERDUE if found.row.is_suspended else URGENT,
            format_lazy(_("Accept the new version: {name}"), name=found.name),
            reverse("provider:terms-show", args=[found.row.newest.uuid]),
            needs=Permission.TERMS_ACCEPT,
            hint=found.effect,
        )
        for found in terms_pages.due_texts(reader.actor)
    ]


def _claims(reader: Reader, at: datetime) -> list[Task]:
    """Return what waits among the claims."""
    if not reader.actor.has(Permission.CLAIM_SUBMIT):
        return []
    waiting, found = claims.claims_waiting(actor=reader.actor, at=at), []
    url, needs = reverse("provider:claim-list"), Permission.CLAIM_SUBMIT
    if waiting.first_expires_at is not None:
        label = ngettext(
            "Confirm %(count)s granted benefit", "Confirm %(count)s granted benefits", waiting.to_confirm
        ) % {"count": waiting.to_confirm}
        hint = gettext("The first grant expires %(when)s.") % {
            "when": f"{waiting.first_expires_at.astimezone(days.WARSAW):%d.%m.%Y %H:%M}"
        }
        tag = URGENT if waiting.first_expires_at - at < SOON else STATES[TaskState.TODO]
        found.append(reader.task(tag, label, f"{url}?status=authorized", needs=needs, hint=hint))
    if waiting.held:
        label = ngettext(
            "%(count)s claim is being decided by a person",
            "%(count)s claims are being decided by a person",
            waiting.held,
        ) % {"count": waiting.held}
        found.append(reader.task(STATES[TaskState.WAITING], label, f"{url}?status=pended", needs=needs))
    return found


def _settlements(reader: Reader, at: datetime) -> list[Task]:
    """Return what waits among the settlements: claims without a report, reports without a confirmation."""
    if not reader.actor.has(Permission.SETTLEMENT_VIEW):
        return []
    needs, found = Permission.SETTLEMENT_CONFIRM, []
    for row in settlement.waiting(reader.actor):
        hint = ngettext("%(count)s benefit, %(sum)s", "%(count)s benefits, %(sum)s", row.claim_count) % {
            "count": row.claim_count,
            "sum": money.format_amount(row.total_gr),
        }
        label = gettext("Make a report: %(insurer)s") % {"insurer": row.insurer_name}
        url = reverse("provider:settlement-new")
        found.append(reader.task(STATES[TaskState.TODO], label, url, needs=needs, hint=hint))
    figures = settlement.status_figures(reader.actor, today=days.local_date(at))
    url, view = reverse("provider:settlement-list"), Permission.SETTLEMENT_VIEW
    if count := figures.of(StatementStatus.GENERATED).count:
        label = ngettext("Confirm %(count)s report", "Confirm %(count)s reports", count) % {"count": count}
        hint = gettext("The insurer owes the sum once you confirm.")
        found.append(
            reader.task(STATES[TaskState.TODO], label, f"{url}?status=generated", needs=needs, hint=hint)
        )
    if count := figures.overdue.count:
        label = ngettext("%(count)s payment is late", "%(count)s payments are late", count) % {"count": count}
        hint = gettext("The insurer has not paid in time.")
        found.append(reader.task(OVERDUE, label, url, needs=view, hint=hint))
    if count := figures.of(StatementStatus.RETURNED).count:
        label = ngettext("%(count)s payment came back", "%(count)s payments came back", count) % {
            "count": count
        }
        hint = gettext("Check the account number with the insurer.")
        found.append(reader.task(STATES[TaskState.RETURNED], label, url, needs=view, hint=hint))
    return found


def _account(reader: Reader) -> list[Task]:
    """Return what waits around the account: requests for access, a second factor not set up."""
    found, needs = [], Permission.STAFF_MANAGE
    if reader.actor.has(needs) and (count := people.open_request_count(reader.actor)):
        label = ngettext(
            "Answer %(count)s request for access", "Answer %(count)s requests for access", count
        ) % {"count": count}
        url = reverse("provider:staff-list")
        found.append(reader.task(STATES[TaskState.TODO], label, url, needs=needs))
    if not factors.has_factor(user_id=reader.actor.person()):
        hint = gettext("With it a stolen password alone lets nobody in.")
        label = gettext("Set up a second factor for logging in")
        url = reverse("public:security-show")
        found.append(reader.task(OFFERED, label, url, needs=Permission.FACILITY_VIEW, hint=hint))
    return found
