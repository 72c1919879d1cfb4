"""Texts of an operator or an insurer while they are prepared: edited by several, thrown away, published."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors import versions
from ols.network.services.publishing import TermsDraft, publish_version


class DraftChanged(Exception):
    """Somebody has saved the draft since it was read: what they wrote would be lost."""


class DraftIncomplete(Exception):
    """The draft cannot be published as it is; `problems` are codes of `selectors.versions.problems`."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep what is wrong."""
        super().__init__(", ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class DraftText:
    """What an editor typed; a draft may be incomplete until it is published."""

    version: str
    valid_from: date | None
    title: str
    body: str
    accept_by: date | None = None


@use_case
def begin_draft(*, actor: Actor, code: str, at: datetime) -> UUID:
    """Begin a new version from the newest one; there is one draft of a text, begun twice it is the same.

    `code` is the text's name: its kind, or the area's code.

    :raises ols.kernel.actor.NotPermitted: the actor does not publish terms
    :raises ols.db.errors.NotFound: not a text of the actor's
    """
    text = versions.own_text(actor, code=code)
    known = versions.own_versions(actor, scope=text.scope, on=days.local_date(at))
    newest = known[0].terms if known else None
    row, is_new = models.TermsDraft.objects.get_or_create(
        **text.scope._asdict(),
        defaults={
            "version": versions.next_version(newest.version if newest else ""),
            "title": newest.title if newest else "",
            "body": newest.body if newest else "",
            "edited_at": at,
            "edited_by": actor.name,
        },
    )
    if is_new:
        _record(actor, "terms_draft.begin", row, at)
    return row.uuid


@use_case
def save_draft(*, actor: Actor, draft_uuid: UUID, revision: int, text: DraftText, at: datetime) -> int:
    """Keep what was typed over the revision the editor read; return the new revision.

    :raises ols.db.errors.NotFound: there is no such draft
    :raises DraftChanged: a colleague has saved since
    """
    row = _locked(actor, draft_uuid, revision)
    for name in ("version", "valid_from", "title", "body", "accept_by"):
        setattr(row, name, getattr(text, name))
    row.revision, row.edited_at, row.edited_by = row.revision + 1, at, actor.name
    row.save()
    _record(actor, "terms_draft.save", row, at)
    return row.revision


@use_case
def discard_draft(*, actor: Actor, draft_uuid: UUID, revision: int, at: datetime) -> None:
    """Throw the draft away; published versions stay.

    :raises ols.db.errors.NotFound: there is no such draft
    :raises DraftChanged: a colleague has saved since
    """
    row = _locked(actor, draft_uuid, revision)
    _record(actor, "terms_draft.discard", row, at)
    row.delete()


@use_case
def publish_draft(*, actor: Actor, draft_uuid: UUID, revision: int, at: datetime) -> UUID:
    """Publish exactly the revision the actor read; from then on the text never changes.

    :raises ols.db.errors.NotFound: there is no such draft
    :raises DraftChanged: a colleague has saved since
    :raises DraftIncomplete: something is missing, the day is over, or day or version are taken
    """
    row = _locked(actor, draft_uuid, revision)
    wrong = versions.problems(actor, draft=versions.draft_row(row), on=days.local_date(at))
    if wrong or row.valid_from is None:
        raise DraftIncomplete(wrong)
    text = TermsDraft(row.kind, row.version, row.valid_from, row.title, row.body, row.area_id, row.accept_by)
    published = publish_version(actor=actor, draft=text, at=at)
    _record(actor, "terms_draft.publish", row, at)
    row.delete()
    return published


def _locked(actor: Actor, uuid: UUID, revision: int) -> models.TermsDraft:
    """Return the draft as the actor read it, locked: of two who press at once, the second sees the first."""
    scopes = {text.scope for text in versions.own_texts(actor)}
    row = models.TermsDraft.objects.select_for_update().filter(uuid=uuid).first()
    if row is None or versions.draft_row(row).scope not in scopes:
        raise NotFound
    if row.revision != revision:
        raise DraftChanged
    return row


def _record(actor: Actor, event: str, row: models.TermsDraft, at: datetime) -> None:
    audit.record(
        event=event,
        subject_kind="terms_draft",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={
            "kind": str(row.kind),
            "version": row.version,
            "valid_from": row.valid_from.isoformat() if row.valid_from else "",
            "sha256": sha256(row.body.encode()).hexdigest(),
        },
    )
