"""The texts an operator or an insurer publishes: every version with its standing, and the draft of a next."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count

from ols.accounts.permissions import Permission
from ols.audit import selectors as audit
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.models import TermsKind
from ols.network.selectors.acceptance import TermsRow, terms_row
from ols.network.selectors.standing import Scope

OPERATORS: Final = (TermsKind.PLATFORM, TermsKind.INSURANCE_SERVICE)
USUAL_DAYS: Final = 14
_LEAST: Final = timedelta(days=7)


class Standing:
    """Where a published version stands on a day."""

    PLANNED = "planned"
    IN_FORCE = "in-force"
    PAST = "past"


@dataclass(frozen=True)
class TextRow:
    """One of the actor's texts: `code` is its name in addresses, the kind or the area's code."""

    code: str
    scope: Scope
    area_name: str


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
    insurer_id: int | None
    area_id: int | None
    version: str
    valid_from: date | None
    accept_by: date | None
    title: str
    body: str
    revision: int
    edited_at: datetime
    edited_by: str

    @property
    def scope(self) -> Scope:
        """Return which text it is the next version of."""
        return Scope(self.kind, self.insurer_id, self.area_id)


def own_texts(actor: Actor) -> list[TextRow]:
    """Return the texts the actor's organization publishes, an insurer's by area.

    :raises ols.kernel.actor.NotPermitted: the actor does not publish terms
    :raises ols.db.errors.NotFound: the organization publishes none
    """
    actor.require(Permission.TERMS_PUBLISH)
    if actor.organization_kind == "operator":
        return [TextRow(kind.value, Scope(kind.value), "") for kind in OPERATORS]
    if actor.organization_kind != "insurer":
        raise NotFound
    insurer_id = actor.organization()
    general = TextRow(TermsKind.GENERAL.value, Scope(TermsKind.GENERAL.value, insurer_id), "")
    thematic = (
        TextRow(area.code, Scope(TermsKind.THEMATIC.value, insurer_id, area.id), area.name)
        for area in catalog.areas()
    )
    return [general, *thematic]


def own_text(actor: Actor, *, code: str = "", scope: Scope | None = None) -> TextRow:
    """Return one of the actor's texts by its code or scope.

    :raises ols.db.errors.NotFound: it is not the actor's
    """
    for row in own_texts(actor):
        if code == row.code or scope == row.scope:
            return row
    raise NotFound


def own_versions(actor: Actor, *, scope: Scope, on: date) -> list[VersionRow]:
    """Return the versions of one of the actor's texts, the last to begin first.

    :raises ols.db.errors.NotFound: not a text of the actor's
    """
    own_text(actor, scope=scope)
    rows = models.TermsVersion.objects.filter(**scope._asdict()).annotate(accepted=Count("acceptances"))
    found, current = [], False
    for row in rows.order_by("-valid_from"):
        standing = (
            Standing.PLANNED if row.valid_from > on else Standing.PAST if current else Standing.IN_FORCE
        )
        current = current or standing == Standing.IN_FORCE
        found.append(VersionRow(terms_row(row), standing, row.accepted))
    return found


def own_version(actor: Actor, *, uuid: UUID, on: date) -> tuple[VersionRow, list[VersionRow]]:
    """Return one version and all of its text.

    :raises ols.db.errors.NotFound: there is none among the actor's
    """
    scopes = {row.scope for row in own_texts(actor)}
    row = models.TermsVersion.objects.filter(uuid=uuid).first()
    if row is None or (scope := Scope(row.kind, row.insurer_id, row.area_id)) not in scopes:
        raise NotFound
    every = own_versions(actor, scope=scope, on=on)
    return next(item for item in every if item.terms.uuid == str(uuid)), every


def version_history(actor: Actor, *, uuid: UUID) -> list[audit.HistoryRow]:
    """Return who published the version and when."""
    own_version(actor, uuid=uuid, on=date.max)
    return audit.history(subject_uuid=uuid)


def drafts(actor: Actor) -> dict[Scope, DraftRow]:
    """Return the drafts by text."""
    scopes = {row.scope for row in own_texts(actor)}
    rows = (draft_row(row) for row in models.TermsDraft.objects.filter(insurer_id=_publisher(actor)))
    return {row.scope: row for row in rows if row.scope in scopes}


def draft(actor: Actor, *, uuid: UUID) -> DraftRow:
    """Return one draft.

    :raises ols.db.errors.NotFound: there is none (any more)
    """
    for row in drafts(actor).values():
        if row.uuid == uuid:
            return row
    raise NotFound


def draft_end(actor: Actor, *, uuid: UUID) -> audit.HistoryRow:
    """Return how a draft ended, for who comes too late.

    :raises ols.db.errors.NotFound: there never was such a draft of the actor's, or it is still there
    """
    own_texts(actor)
    steps = audit.history(subject_uuid=uuid)
    if not steps or steps[-1].event not in {"terms_draft.publish", "terms_draft.discard"}:
        raise NotFound
    if steps[-1].organization_id != actor.organization_id:
        raise NotFound
    return steps[-1]


def problems(actor: Actor, *, draft: DraftRow, on: date) -> tuple[str, ...]:
    """Return codes of what keeps the draft from being published."""
    known = [row.terms for row in own_versions(actor, scope=draft.scope, on=on)]
    day, newest = draft.valid_from, known[0] if known else None
    found = {
        "version-missing": not draft.version,
        "title-missing": not draft.title,
        "body-missing": not draft.body.strip(),
        "day-missing": day is None,
        "day-past": day is not None and day < on,
        "day-taken": day in {row.valid_from for row in known},
        "day-order": newest is not None and day is not None and day < newest.valid_from,
        "deadline-early": newest is not None and _is_too_early(draft, on),
        "version-taken": draft.version in {row.version for row in known},
        "text-same": newest is not None and draft.body == newest.body,
    }
    return tuple(code for code, is_wrong in found.items() if is_wrong)


def deadline_of(draft: DraftRow, *, on: date) -> date | None:
    """Return until when the draft would have to be accepted: as typed, or the usual time."""
    if draft.accept_by is not None or draft.valid_from is None:
        return draft.accept_by
    return usual_deadline(draft.valid_from, on=on)


def usual_deadline(valid_from: date, *, on: date) -> date:
    """Return the working day two weeks after the version begins, or after its publication if later."""
    return days.deadline_calendar_days(max(valid_from, on), USUAL_DAYS)


def earliest_deadline(valid_from: date, *, on: date) -> date:
    """Return the first day that may be a deadline: a week to read, and not before the version begins."""
    return max(valid_from, on + _LEAST)


def next_version(last: str) -> str:
    """Return the number that usually follows: 1.0 → 2.0, 3 → 4; anything unusual is left to the editor."""
    found = re.fullmatch(r"(\d{1,6})(\.\d{1,3})?", last, re.ASCII)
    if found is None:
        return "" if last else "1.0"
    return f"{int(found[1]) + 1}{'.0' if found[2] else ''}"


def draft_row(row: models.TermsDraft) -> DraftRow:
    """Translate the table's row."""
    return DraftRow(**{name: getattr(row, name) for name in DraftRow.__dataclass_fields__})


def _is_too_early(draft: DraftRow, on: date) -> bool:
    """Say whether those concerned would have too little time."""
    if draft.accept_by is None or draft.valid_from is None:
        return False
    return draft.accept_by < earliest_deadline(draft.valid_from, on=on)


def _publisher(actor: Actor) -> int | None:
    """Return whose texts they are in the tables: an insurer's, or (None) the platform's."""
    return actor.organization_id if actor.organization_kind == "insurer" else None
