"""Reading an insurer's policies and imports. The claim path has its own one query (claims/facts.py)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from ols.coverage import models
from ols.db import crypto
from ols.db.errors import NotFound
from ols.kernel.actor import Actor

_PESEL_DIGITS = 11


@dataclass(frozen=True)
class CoverageRow:
    """One person's cover in the insurer's list; the PESEL stays masked."""

    uuid: str
    policy_number: str
    holder_name: str
    card_number: str
    person_name: str
    birth_date: date
    plan_name: str
    cover_from: date
    cover_to: date
    suspended_from: date | None


@dataclass(frozen=True)
class ImportRow:
    """One import in the history; `refusals` are (line, field, code)."""

    uuid: str
    at: datetime
    file_name: str
    added: int
    changed: int
    unchanged: int
    refused: int
    refusals: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class CoverageList:
    """A page of the list and how many there are in all."""

    rows: tuple[CoverageRow, ...]
    total: int


def coverages(actor: Actor, *, text: str, offset: int, size: int) -> CoverageList:
    """Return a page of the insurer's covers, all or those of a PESEL, policy, card or name beginning."""
    found = models.Coverage.objects.filter(insurer_id=actor.organization_id).select_related(
        "policy", "person", "plan"
    )
    if text.strip():
        found = found.filter(_matches(text.strip()))
    rows = found.order_by("policy__number", "person__last_name", "id")[offset : offset + size]
    return CoverageList(tuple(_row(row) for row in rows), found.count())


def imports(actor: Actor) -> list[ImportRow]:
    """Return the insurer's imports, newest first."""
    return [
        _import(row)
        for row in models.PolicyImport.objects.filter(insurer_id=actor.organization_id).order_by("-at")
    ]


def policy_import(actor: Actor, *, uuid: str) -> ImportRow:
    """Return one import of the insurer.

    :raises ols.db.errors.NotFound: no such import of this insurer
    """
    row = models.PolicyImport.objects.filter(insurer_id=actor.organization_id, uuid=uuid).first()
    if row is None:
        raise NotFound
    return _import(row)


def _matches(text: str) -> Q:
    """Return the condition: a PESEL by its hash, else beginnings of numbers and of the surname."""
    digits = "".join(text.split()).replace("-", "")
    if len(digits) == _PESEL_DIGITS and digits.isascii() and digits.isdigit():
        return Q(person__pesel_index=crypto.blind_index(digits, purpose="pesel"))
    return (
        Q(policy__number__istartswith=text)
        | Q(card_number__istartswith=text)
        | Q(person__last_name__istartswith=text)
    )


def _row(row: models.Coverage) -> CoverageRow:
    """Translate the table's row."""
    return CoverageRow(
        uuid=str(row.uuid),
        policy_number=row.policy.number,
        holder_name=row.policy.holder_name,
        card_number=row.card_number,
        person_name=f"{row.person.first_name} {row.person.last_name}",
        birth_date=row.person.birth_date,
        plan_name=row.plan.name,
        cover_from=row.cover_from,
        cover_to=row.cover_to,
        suspended_from=row.suspended_from,
    )


def _import(row: models.PolicyImport) -> ImportRow:
    """Translate the table's row."""
    refusals = tuple((item["line"], item["field"], item["code"]) for item in row.refusals)
    return ImportRow(
        str(row.uuid), row.at, row.file_name, row.added, row.changed, row.unchanged, row.refused, refusals
    )
