"""Keeping what is typed into a claim as one goes, so that a lost session or connection loses nothing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from ols.claims import models, selectors
from ols.claims.selectors.drafts import author, drafts_of
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor

# Long enough for a lost connection or a day off; what is older helps nobody and holds health data.
KEPT_FOR = timedelta(days=7)


@use_case
def open_draft(*, actor: Actor, coverage_uuid: UUID, at: datetime) -> UUID:
    """Begin a claim for a cover and return the draft's identity, which is also its idempotency key.

    The actor's drafts older than `KEPT_FOR` are removed.

    :raises NotFound: the cover is unknown, or its insurer has no contract with this provider
    """
    drafts_of(actor).filter(saved_at__lt=at - KEPT_FOR).delete()
    cover = selectors.cover(actor=actor, coverage_uuid=coverage_uuid, on=days.local_date(at))
    row = models.KeptDraft.objects.create(
        organization_id=actor.organization(),
        user_id=author(actor),
        coverage_uuid=cover.coverage_uuid,
        saved_at=at,
    )
    return row.uuid


@use_case
def save_draft(*, actor: Actor, draft_uuid: UUID, content: Mapping[str, str], at: datetime) -> None:
    """Keep what was typed, right or wrong; a draft that became a claim stays as it was sent.

    :raises NotFound: the draft is somebody else's, or gone
    """
    selectors.kept_draft(actor=actor, draft_uuid=draft_uuid)
    mine = drafts_of(actor).filter(uuid=draft_uuid, claim_uuid=None)
    mine.update(content=dict(content), saved_at=at)


@use_case
def close_draft(*, actor: Actor, draft_uuid: UUID, claim_uuid: UUID) -> None:
    """Remember which claim the draft became: going back to it leads there; what was typed is forgotten.

    :raises NotFound: the draft is somebody else's, or gone
    """
    if not drafts_of(actor).filter(uuid=draft_uuid).update(claim_uuid=claim_uuid, content={}):
        raise NotFound


@use_case
def discard_draft(*, actor: Actor, draft_uuid: UUID) -> None:
    """Forget a claim that was begun; one that was sent stays.

    :raises NotFound: the draft is somebody else's, or gone
    """
    selectors.kept_draft(actor=actor, draft_uuid=draft_uuid)
    drafts_of(actor).filter(uuid=draft_uuid, claim_uuid=None).delete()
