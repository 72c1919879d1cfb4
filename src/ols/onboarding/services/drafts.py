"""An application that is being filled in: begun, saved as one goes, sent once, forgotten."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from ols.audit import services as audit
from ols.db.transactions import use_case, within_transaction
from ols.documents import selectors as documents_read
from ols.documents import services as documents
from ols.documents.content import CheckedFile
from ols.kernel.actor import Actor
from ols.onboarding import draft_values, models
from ols.onboarding.services import applicant, limits
from ols.onboarding.services.applicant import ApplicationDraft, Submitted

KEPT_FOR: Final = timedelta(days=14)
# So many browsers may go on with one draft at the same time; the longest away makes room.
MOST_BROWSERS: Final = 5


class DraftGone(Exception):
    """No draft belongs to the secret (any more)."""


class DraftSent(Exception):
    """The draft was sent: nothing in it changes any more."""


class DraftChanged(Exception):
    """The draft is not the one that was shown: another tab has changed it."""


@dataclass(frozen=True)
class SavedDraft:
    """What a save gave; `conflicts` are the fields not taken, each with what another tab saved."""

    version: int
    conflicts: dict[str, str]


@use_case
def start_draft(*, actor: Actor, chosen: str, values: Mapping[str, str], at: datetime) -> str:
    """Begin a draft with what is known; return the secret of the browser that goes on with it.

    :raises limits.TooOften: too many were begun from this network place
    """
    limits.count(limits.DRAFTS_OF_PLACE, str(actor.ip), at=at)
    secret = secrets.token_urlsafe(32)
    row = models.Draft.objects.create(
        secrets_sha256=[hashed(secret)],
        chosen=chosen,
        entries=draft_values.begin(values),
        changed_at=at,
        expires_at=at + KEPT_FOR,
    )
    record_draft("draft.start", row, actor, at)
    return secret


@use_case
def save_draft(
    *, actor: Actor, secret: str, typed: Mapping[str, str], tab: draft_values.Tab, at: datetime
) -> SavedDraft:
    """Keep what a tab typed, right or wrong; what another tab has changed since it was shown stays.

    Typing is not in the record: it would only say when somebody pressed keys.

    :raises DraftGone: no draft belongs to the secret
    :raises DraftSent: it was sent
    """
    del actor
    row = open_draft(secret, at)
    merged = draft_values.merge(row.entries, typed, tab, version=row.version + 1)
    if merged.is_changed:
        row.entries, row.version = merged.entries, row.version + 1
        _keep(row, at, "entries", "version")
    return SavedDraft(row.version, merged.conflicts)


@use_case
def keep_draft_extract(
    *, actor: Actor, secret: str, file: CheckedFile | None, name: str, at: datetime
) -> None:
    """Keep a checked register extract with the draft, in place of the one before; None takes it away.

    :raises DraftGone: no draft belongs to the secret
    :raises DraftSent: it was sent
    :raises limits.TooOften: too many files came from this network place
    """
    row = open_draft(secret, at)
    old, row.extract_id = row.extract_id, None
    if file is not None:
        limits.count(limits.FILES_OF_PLACE, str(actor.ip), at=at)
        row.extract_id = applicant.extract_id(applicant.store_extract(actor, file, name, at))
    row.version += 1
    _keep(row, at, "extract_id", "version")
    if old is not None:
        documents.discard(document_id=old)


@use_case
def submit_draft(
    *, actor: Actor, secret: str, seen: int, application: ApplicationDraft, at: datetime
) -> Submitted:
    """Send the application, as it was shown in version `seen`, with the draft's extract.

    Sent again (a double click, another tab, the back button) it is the same application.

    :raises DraftGone: no draft belongs to the secret
    :raises DraftChanged: another tab has changed it since
    :raises applicant.ProviderJoined: the provider already has access
    :raises applicant.ApplicationOpen: an application of this provider is being decided
    :raises applicant.TermsOutdated: newer terms are in force
    """
    row = _locked(secret, at)
    if row.application is not None:
        return Submitted(row.application.uuid, row.application.number)
    if row.version != seen:
        raise DraftChanged
    extract = documents_read.document_uuid(document_id=row.extract_id) if row.extract_id else ""
    sent = applicant.take(
        actor=actor, draft=replace(application, extract_uuid=extract), submission_key=row.uuid, at=at
    )
    row.application = models.AccessApplication.objects.get(uuid=sent.uuid)
    row.entries, row.extract_id = {}, None
    _keep(row, at, "application", "entries", "extract_id")
    return sent


@use_case
def forget_draft(*, actor: Actor, secret: str, at: datetime) -> None:
    """Let this browser go on no longer; a draft that nobody else can reach is deleted at once."""
    try:
        row = _locked(secret, at)
    except DraftGone:
        return
    row.secrets_sha256.remove(hashed(secret))
    has_link = row.link_expires_at is not None and row.link_expires_at > at
    if row.application_id is None and not row.secrets_sha256 and not has_link:
        delete(row, actor=actor, at=at)
    else:
        row.save(update_fields=["secrets_sha256"])
        record_draft("draft.forget", row, actor, at)


@within_transaction
def delete(row: models.Draft, *, actor: Actor, at: datetime) -> None:
    """Delete a draft with its extract; the record keeps that there was one, and nothing of what it said."""
    record_draft("draft.delete", row, actor, at)
    row.delete()
    if row.extract_id is not None:
        documents.discard(document_id=row.extract_id)


def hashed(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


@within_transaction
def open_draft(secret: str, at: datetime) -> models.Draft:
    """Return the draft locked, if it can still be changed.

    :raises DraftGone: no draft belongs to the secret
    :raises DraftSent: it was sent
    """
    row = _locked(secret, at)
    if row.application_id is not None:
        raise DraftSent
    return row


def record_draft(event: str, row: models.Draft, actor: Actor, at: datetime) -> None:
    """Record a step of a draft, without anything that was typed."""
    audit.record(event=event, subject_kind="draft", subject_uuid=row.uuid, actor=actor, at=at)


def _locked(secret: str, at: datetime) -> models.Draft:
    rows = models.Draft.objects.select_for_update().filter(
        secrets_sha256__contains=[hashed(secret)], expires_at__gt=at
    )
    row = rows.first()
    if row is None:
        raise DraftGone
    return row


def _keep(row: models.Draft, at: datetime, *columns: str) -> None:
    """Write the columns; every change gives the draft its whole time again."""
    row.changed_at, row.expires_at = at, at + KEPT_FOR
    row.save(update_fields=[*columns, "changed_at", "expires_at"])
