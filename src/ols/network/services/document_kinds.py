"""The insurer's kinds of documents: what it asks clinics for, and how fresh it must be."""

import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.document_rules import MONTHS

_LONGEST_CODE: Final = 20


class NameTaken(Exception):
    """Another kind of the insurer has this name."""


@dataclass(frozen=True)
class DocumentKind:
    """What the insurer says of a kind; the columns of `DocumentRequirement`, explained there."""

    name: str
    name_en: str = ""
    explanation: str = ""
    explanation_en: str = ""
    is_required: bool = True
    max_age: int | None = None
    age_unit: str = MONTHS
    is_renewed: bool = False
    has_end: bool = False
    max_files: int = 1
    suspend_after_days: int | None = None


@use_case
def add_document_kind(*, actor: Actor, kind: DocumentKind, at: datetime, code: str = "") -> UUID:
    """Ask for one more kind of document; without a code it gets one from its name.

    :raises ols.db.errors.NotFound: the actor works for no insurer
    :raises NameTaken: a kind with this name is there already
    """
    insurer_id = _insurer(actor)
    return _add(actor, insurer_id, kind, code or _code(insurer_id, kind.name), at)


@use_case
def change_document_kind(*, actor: Actor, requirement_uuid: UUID, kind: DocumentKind, at: datetime) -> None:
    """Say something else of a kind; what clinics have sent before is judged as it was then.

    :raises ols.db.errors.NotFound: the insurer has no such kind
    :raises NameTaken: another kind has this name
    """
    row = _own(actor, requirement_uuid)
    _change(actor, row, kind, at)


@use_case
def require_document(*, actor: Actor, code: str, name: str, is_required: bool = True, at: datetime) -> None:
    """Ask for a document by its code; the same code again changes name and need."""
    insurer_id = _insurer(actor)
    kind = DocumentKind(name, is_required=is_required)
    row = models.DocumentRequirement.objects.filter(insurer_id=insurer_id, code=code).first()
    if row is None:
        _add(actor, insurer_id, kind, code, at)
    else:
        _change(actor, row, kind, at)
        models.DocumentRequirement.objects.filter(pk=row.pk).update(is_active=True)


@use_case
def switch_document(*, actor: Actor, requirement_uuid: UUID, is_active: bool, at: datetime) -> None:
    """Ask for the document no more, or again; what clinics have sent stays.

    :raises ols.db.errors.NotFound: the insurer has no such requirement
    """
    row = _own(actor, requirement_uuid)
    models.DocumentRequirement.objects.filter(pk=row.pk).update(is_active=is_active)
    _record("document_requirement.switch", row, actor, at, {"active": is_active})


@use_case
def move_document_kind(*, actor: Actor, requirement_uuid: UUID, is_up: bool, at: datetime) -> None:
    """Show a kind one place earlier or later; at the end of the list nothing changes.

    :raises ols.db.errors.NotFound: the insurer has no such kind
    """
    insurer_id = _insurer(actor)
    rows = list(
        models.DocumentRequirement.objects.select_for_update()
        .filter(insurer_id=insurer_id)
        .order_by("position", "id")
    )
    place = next((number for number, row in enumerate(rows) if row.uuid == requirement_uuid), None)
    if place is None:
        raise NotFound
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(rows):
        return
    moved = rows[place]
    rows[place], rows[other] = rows[other], moved
    for number, row in enumerate(rows, start=1):
        row.position = number
    models.DocumentRequirement.objects.bulk_update(rows, ["position"])
    _record("document_requirement.move", moved, actor, at, {"position": other + 1})


def _add(actor: Actor, insurer_id: int, kind: DocumentKind, code: str, at: datetime) -> UUID:
    """Write a new kind at the end of the list."""
    _require_free_name(insurer_id, kind.name, but=None)
    places = models.DocumentRequirement.objects.filter(insurer_id=insurer_id).order_by("-position")
    last = places.values_list("position", flat=True).first()
    row = models.DocumentRequirement.objects.create(
        insurer_id=insurer_id, code=code, position=(last or 0) + 1, **asdict(kind)
    )
    _record("document_requirement.set", row, actor, at, _facts(kind))
    return row.uuid


def _change(actor: Actor, row: models.DocumentRequirement, kind: DocumentKind, at: datetime) -> None:
    """Write what differs."""
    _require_free_name(row.insurer_id, kind.name, but=row.pk)
    values = asdict(kind)
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    _record("document_requirement.set", row, actor, at, {**_facts(kind), "fields": changed})


def _facts(kind: DocumentKind) -> dict[str, object]:
    """Return the rules for the record; no words of people."""
    words = {"name", "name_en", "explanation", "explanation_en"}
    return {name: value for name, value in asdict(kind).items() if name not in words}


def _require_free_name(insurer_id: int, name: str, *, but: int | None) -> None:
    same = models.DocumentRequirement.objects.filter(insurer_id=insurer_id, name__iexact=name)
    if any(pk != but for pk in same.values_list("pk", flat=True)):
        raise NameTaken


def _code(insurer_id: int, name: str) -> str:
    """Make a short code from the name that no other kind of the insurer has."""
    plain = unicodedata.normalize("NFKD", name.upper().replace("Ł", "L"))
    words = re.findall(r"[A-Z0-9]+", plain.encode("ascii", "ignore").decode())
    start = "-".join(words)[:_LONGEST_CODE].strip("-") or "DOC"
    taken = set(
        models.DocumentRequirement.objects.filter(insurer_id=insurer_id).values_list("code", flat=True)
    )
    code, number = start, 1
    while code in taken:
        number += 1
        end = f"-{number}"
        code = start[: _LONGEST_CODE - len(end)] + end
    return code


def _record(
    event: str, row: models.DocumentRequirement, actor: Actor, at: datetime, data: dict[str, object]
) -> None:
    audit.record(
        event=event,
        subject_kind="document_requirement",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"code": row.code, **data},
    )


def _own(actor: Actor, requirement_uuid: UUID) -> models.DocumentRequirement:
    """Lock one kind of the insurer's."""
    found = models.DocumentRequirement.objects.select_for_update().filter(
        insurer_id=_insurer(actor), uuid=requirement_uuid
    )
    row = found.first()
    if row is None:
        raise NotFound
    return row


def _insurer(actor: Actor) -> int:
    """Return the insurer whose kinds the actor sets."""
    actor.require(Permission.TERMS_PUBLISH)
    if actor.organization_kind != "insurer" or actor.organization_id is None:
        raise NotFound
    return actor.organization_id
