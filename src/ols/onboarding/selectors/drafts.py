"""Reading a draft: only by a secret that its browser or its e-mailed link holds."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from ols.onboarding import draft_values, models


@dataclass(frozen=True)
class DraftRow:
    """A draft as far as it is filled in; `values` by the names of `draft_values.FIELDS`."""

    uuid: UUID
    chosen: str
    version: int
    values: dict[str, str]
    extract_name: str
    changed_at: datetime
    expires_at: datetime
    link_until: datetime | None
    application_uuid: UUID | None


def draft(*, secret: str, at: datetime) -> DraftRow | None:
    """Return the draft a browser goes on with, also one that was sent; None when there is none (any more)."""
    if not secret:
        return None
    rows = models.Draft.objects.filter(secrets_sha256__contains=[_hashed(secret)], expires_at__gt=at)
    row = rows.select_related("application", "extract").first()
    return _row(row, at) if row else None


def draft_by_link(*, link: str, at: datetime) -> DraftRow | None:
    """Return the draft of an e-mailed link, also one that was sent or whose time is over.

    None: nobody was sent such a link, or a newer one was made.
    """
    row = (
        models.Draft.objects.filter(link_sha256=_hashed(link))
        .select_related("application", "extract")
        .first()
    )
    return _row(row, at) if row else None


def _hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _row(row: models.Draft, at: datetime) -> DraftRow:
    is_live = row.link_expires_at is not None and row.link_expires_at > at
    return DraftRow(
        uuid=row.uuid,
        chosen=row.chosen,
        version=row.version,
        values=draft_values.current(row.entries),
        extract_name=row.extract.original_name if row.extract else "",
        changed_at=row.changed_at,
        expires_at=row.expires_at,
        link_until=row.link_expires_at if is_live else None,
        application_uuid=row.application.uuid if row.application else None,
    )
