"""The operator's queue of access applications: filtered, counted beside each filter, sorted, in pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.kernel.sortkey import polish_sort_key, search_key
from ols.onboarding import models, states
from ols.onboarding.states import ApplicationStatus

SHOWN: Final = ("waiting", "returned", "answered")
NARROWED: Final = ("overdue", "today", "automatic")
SORTED_BY: Final = ("due", "sent", "number", "name", "decided")
# The whole queue in a spreadsheet: decades of applications.
MAX_ROWS: Final = 100_000
_STATUSES = {
    "waiting": (ApplicationStatus.SUBMITTED,),
    "returned": (ApplicationStatus.RETURNED,),
    "answered": (ApplicationStatus.APPROVED, ApplicationStatus.REJECTED),
}
_COLUMNS = {"due": "due_at", "sent": "submitted_at", "number": "number", "decided": "decided_at"}
# How each part of the queue comes unless somebody sorts it: what to do first, or what was done last.
_FIRST = {"waiting": "due", "returned": "due", "answered": "-decided"}


@dataclass(frozen=True)
class ApplicationRow:
    """One application in the queue."""

    uuid: UUID
    number: str
    status: str
    name: str
    nip: str
    city: str
    submitted_at: datetime
    due_at: datetime
    returned_at: datetime | None
    decided_at: datetime | None
    is_automatic: bool


@dataclass(frozen=True)
class QueueFilter:
    """What of the queue is wanted: `show` of SHOWN, `only` of NARROWED or empty, words, an order."""

    show: str = "waiting"
    only: str = ""
    text: str = ""
    sort: str = ""


@dataclass(frozen=True)
class QueueFigures:
    """How many applications each filter would show, with the words that are searched for now."""

    waiting: int
    returned: int
    answered: int
    overdue: int
    today: int
    automatic: int


@dataclass(frozen=True)
class Queue:
    """The rows of one page and how many there are on all."""

    rows: tuple[ApplicationRow, ...]
    total: int


def queue(actor: Actor, *, wanted: QueueFilter, at: datetime, offset: int = 0, size: int = 25) -> Queue:
    """Return a page of the queue, the most urgent first (or as sorted)."""
    actor.require(Permission.APPLICATION_REVIEW)
    found = _found(wanted.text).filter(_condition(wanted, at))
    total = found.count()
    return Queue(tuple(_row(row) for row in _page(found, wanted, offset, size)), total)


def queue_figures(actor: Actor, *, text: str = "", at: datetime) -> QueueFigures:
    """Count the queue by each of its filters."""
    actor.require(Permission.APPLICATION_REVIEW)
    shown = {name: Count("pk", filter=Q(status__in=_STATUSES[name])) for name in SHOWN}
    narrowed = {name: Count("pk", filter=_condition(_wide(name), at)) for name in NARROWED}
    return QueueFigures(**_found(text).aggregate(**shown, **narrowed))


def overdue_count(*, at: datetime) -> int:
    """Return how many applications are past their time; a figure of the operator's every page."""
    return models.AccessApplication.objects.filter(_overdue(at)).count()


def normal(wanted: QueueFilter) -> QueueFilter:
    """Return what can be asked for: unknown words of an address fall back to the usual."""
    show = wanted.show if wanted.show in SHOWN else "waiting"
    sort = wanted.sort if wanted.sort.removeprefix("-") in SORTED_BY else _FIRST[show]
    fits = wanted.only in NARROWED and (wanted.only == "automatic") == (show == "answered")
    return replace(wanted, show=show, only=wanted.only if fits and show != "returned" else "", sort=sort)


def _wide(only: str) -> QueueFilter:
    return QueueFilter(show="answered" if only == "automatic" else "waiting", only=only)


def _condition(wanted: QueueFilter, at: datetime) -> Q:
    statuses = Q(status__in=_STATUSES[wanted.show])
    if wanted.only == "overdue":
        return _overdue(at)
    if wanted.only == "today":
        return statuses & Q(due_at__gte=at, due_at__lte=days.end_of_day(days.local_date(at)))
    return statuses & Q(is_automatic=True) if wanted.only == "automatic" else statuses


def _overdue(at: datetime) -> Q:
    """Late is what waits for the operator; the clock of what the applicant completes stands."""
    return Q(status=states.S.SUBMITTED, due_at__lt=at)


def _found(text: str) -> QuerySet[models.AccessApplication]:
    """Find words in name, town and number, digits in NIP."""
    rows = models.AccessApplication.objects.all()
    for word in search_key(text)[:200].split():
        digits = word.removeprefix("pl").replace("-", "")
        condition = Q(search_key__contains=word) | Q(number__icontains=word)
        rows = rows.filter(condition | Q(nip__contains=digits) if digits.isdigit() else condition)
    return rows


def _page(
    found: QuerySet[models.AccessApplication], wanted: QueueFilter, offset: int, size: int
) -> Sequence[models.AccessApplication]:
    sort = wanted.sort or _FIRST[wanted.show]
    name, descends = sort.removeprefix("-"), sort.startswith("-")
    if name != "name":
        column = ("-" if descends else "") + _COLUMNS[name]
        return list(found.order_by(column, "-id" if descends else "id")[offset : offset + size])
    # Polish order is not the database's: sorted here by what is short, then only the page is fetched.
    pairs = sorted(
        found.values_list("name", "pk"),
        key=lambda pair: (polish_sort_key(pair[0]), pair[1]),
        reverse=descends,
    )
    keys = [pk for _, pk in pairs[offset : offset + size]]
    rows = models.AccessApplication.objects.in_bulk(keys)
    return [rows[pk] for pk in keys]


def _row(row: models.AccessApplication) -> ApplicationRow:
    return ApplicationRow(**{name: getattr(row, name) for name in ApplicationRow.__dataclass_fields__})
