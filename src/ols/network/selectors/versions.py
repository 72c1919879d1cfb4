"""The operator's texts: every version with its standing and its acceptances, and the draft of the next."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Count

from ols.accounts.permissions import Permission
from ols.audit import selectors as audit
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.models import TermsKind
from ols.network.selectors.acceptance import TermsRow, terms_row

OPERATORS: Final = (TermsKind.PLATFORM, TermsKind.INSURANCE_SERVICE)


class Standing:
    """Where a published version stands on a day."""

    PLANNED = "planned"
    IN_FORCE = "in-force"
    PAST = "past"


@dataclass(frozen=True)
class VersionRow:
    """A published version; `accepted` counts the organizations that accepted it."""

    terms: TermsRow
    standing: str
    accepted: int


@dataclass(frozen=True)
class DraftRow:
    """A text being prepared. `revision` goes up with each save."""

    uuid: UUID
    kind: str
    version: str
    valid_from: date | None
    title: str
    body: str
    revision: int
    edited_at: datetime
    edited_by: str


def own_versions(actor: Actor, *, kind: str, on: date) -> list[VersionRow]:
    """Return the versions of one of the operator's kinds, the last to begin first.

    :raises ols.db.errors.NotFound: not a kind of the operator's, or not the operator
    """
    _require_operator(actor)
    if kind not in OPERATORS:
        raise NotFound
    rows = models.TermsVersion.objects.filter(kind=kind).annotate(accepted=Count("acceptances"))
    found, current = [], False
    for row in rows.order_by("-valid_from", "-id"):
        standing = (
            Standing.PLANNED if row.valid_from > on else Standing.PAST if current else Standing.IN_FORCE
        )
        current = current or standing == Standing.IN_FORCE
        found.append(VersionRow(terms_row(row), standing, row.accepted))
    return found


def own_version(actor: Actor, *, uuid: UUID, on: date) -> tuple[VersionRow, list[VersionRow]]:
    """Return one version and all of its kind.

    :raises ols.db.errors.NotFound: there is none among the operator's
    """
    _require_operator(actor)
    row = models.TermsVersion.objects.filter(uuid=uuid, kind__in=OPERATORS).first()
    if row is None:
        raise NotFound
    every = own_versions(actor, kind=row.kind, on=on)
    return next(item for item in every if item.terms.uuid == str(uuid)), every


def version_history(actor: Actor, *, uuid: UUID) -> list[audit.HistoryRow]:
    """Return who published the version and when."""
    _require_operator(actor)
    return audit.history(subject_uuid=uuid)


def drafts(actor: Actor) -> dict[str, DraftRow]:
    """Return the drafts by kind."""
    _require_operator(actor)
    return {row.kind: draft_row(row) for row in models.TermsDraft.objects.all()}


def draft(actor: Actor, *, uuid: UUID) -> DraftRow:
    """Return one draft.

    :raises ols.db.errors.NotFound: there is none (any more)
    """
    _require_operator(actor)
    row = models.TermsDraft.objects.filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return draft_row(row)


def draft_end(actor: Actor, *, uuid: UUID) -> audit.HistoryRow:
    """Return how a draft ended, for who comes too late.

    :raises ols.db.errors.NotFound: there never was such a draft, or it is still there
    """
    _require_operator(actor)
    steps = audit.history(subject_uuid=uuid)
    if not steps or steps[-1].event not in {"terms_draft.publish", "terms_draft.discard"}:
        raise NotFound
    return steps[-1]


def problems(actor: Actor, *, draft: DraftRow, on: date) -> tuple[str, ...]:
    """Return codes of what keeps the draft from being published."""
    known = [row.terms for row in own_versions(actor, kind=draft.kind, on=on)]
    found = {
        "version-missing": not draft.version,
        "title-missing": not draft.title,
        "body-missing": not draft.body.strip(),
        "day-missing": draft.valid_from is None,
        "day-past": draft.valid_from is not None and draft.valid_from < on,
        "day-taken": draft.valid_from in {row.valid_from for row in known},
        "version-taken": draft.version in {row.version for row in known},
        "text-same": bool(known) and draft.body == known[0].body,
    }
    return tuple(code for code, is_wrong in found.items() if is_wrong)


def next_version(last: str) -> str:
    """Return the number that usually follows: 1.0 → 2.0, 3 → 4; anything unusual is left to the editor."""
    found = re.fullmatch(r"(\d{1,6})(\.\d{1,3})?", last, re.ASCII)
    if found is None:
        return "" if last else "1.0"
    return f"{int(found[1]) + 1}{'.0' if found[2] else ''}"


def draft_row(row: models.TermsDraft) -> DraftRow:
    """Translate the table's row."""
    return DraftRow(**{name: getattr(row, name) for name in DraftRow.__dataclass_fields__})


def _require_operator(actor: Actor) -> None:
    """Insurers publish terms, too, but not these."""
    actor.require(Permission.TERMS_PUBLISH)
    if actor.organization_kind != "operator":
        raise NotFound
