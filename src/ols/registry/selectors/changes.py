"""What an import changed: entities filtered by what happened to them and by words, in pages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.kernel.sortkey import search_key
from ols.registry import models, states

MAX_CHANGES: Final = 100_000


@dataclass(frozen=True)
class ChangedPart:
    """A facility, unit or cell that appeared (`before` is None), went (`after` is None) or changed."""

    level: str
    key: str
    before: dict[str, object] | None
    after: dict[str, object] | None


@dataclass(frozen=True)
class ChangeRow:
    """What one import did to one entity; `fields` are column: (before, after)."""

    kind: str
    register_book_no: str
    name: str
    nip: str
    city: str
    fields: dict[str, tuple[str | None, str | None]]
    parts: tuple[ChangedPart, ...]
    at: datetime
    snapshot_date: date
    import_uuid: UUID
    has_joined: bool


@dataclass(frozen=True)
class Changes:
    """A page of an import's changes, and how many each kind has with the same words."""

    rows: tuple[ChangeRow, ...]
    figures: dict[str, int]


def import_changes(
    actor: Actor, *, uuid: UUID, kind: str = "", text: str = "", offset: int = 0, size: int = 25
) -> Changes:
    """Return what an import changed, in the order of names; `kind` of `states.CHANGES` or empty for all.

    :raises ols.db.errors.NotFound: there is no such import
    """
    actor.require(Permission.REGISTER_IMPORT)
    if not models.RegisterImport.objects.filter(uuid=uuid).exists():
        raise NotFound
    found = _found(models.RegisterChange.objects.filter(register_import__uuid=uuid), text)
    counted = {name: Count("pk", filter=Q(kind=name)) for name in states.CHANGES}
    figures = found.aggregate(**counted)
    wanted = found.filter(kind=kind) if kind in states.CHANGES else found
    return Changes(_rows(wanted.order_by("search_key", "pk")[offset : offset + size]), figures)


def entry_changes(actor: Actor, *, register_book_no: str) -> tuple[ChangeRow, ...]:
    """Return everything imports did to one entity, the newest first."""
    actor.require(Permission.REGISTER_IMPORT)
    rows = models.RegisterChange.objects.filter(register_book_no=register_book_no).order_by("-pk")
    return _rows(rows[:MAX_CHANGES])


def _found(rows: QuerySet[models.RegisterChange], text: str) -> QuerySet[models.RegisterChange]:
    for word in search_key(text)[:200].split():
        digits = word.removeprefix("pl").replace("-", "")
        by_number = Q(nip__contains=digits) | Q(register_book_no__contains=digits)
        by_name = Q(search_key__contains=word)
        rows = rows.filter(by_name | by_number if digits.isdigit() else by_name)
    return rows


def _rows(rows: QuerySet[models.RegisterChange]) -> tuple[ChangeRow, ...]:
    found = list(rows.select_related("register_import"))
    joined = set(
        models.Facility.objects.filter(entry_id__in=[row.entry_id for row in found]).values_list(
            "entry_id", flat=True
        )
    )
    return tuple(_row(row, has_joined=row.entry_id in joined) for row in found)


def _row(row: models.RegisterChange, *, has_joined: bool) -> ChangeRow:
    return ChangeRow(
        kind=row.kind,
        register_book_no=row.register_book_no,
        name=row.name,
        nip=row.nip,
        city=row.city,
        fields={name: (before, after) for name, (before, after) in row.fields.items()},
        parts=tuple(ChangedPart(**part) for part in row.parts),
        at=row.register_import.at,
        snapshot_date=row.register_import.snapshot_date,
        import_uuid=row.register_import.uuid,
        has_joined=has_joined,
    )
