"""Claims that were begun: each person sees their own."""

from uuid import UUID

from django.db.models import QuerySet

from ols.accounts.permissions import Permission
from ols.claims import models
from ols.claims.types import KeptDraft
from ols.db.errors import NotFound
from ols.kernel.actor import Actor, NotPermitted


def kept_draft(*, actor: Actor, draft_uuid: UUID) -> KeptDraft:
    """Return one draft of the actor.

    :raises NotFound: there is none, or it is somebody else's
    """
    row = drafts_of(actor).filter(uuid=draft_uuid).first()
    if row is None:
        raise NotFound
    return _kept(row)


def kept_drafts(*, actor: Actor, limit: int = 5) -> list[KeptDraft]:
    """Return the actor's drafts that were not sent, the last saved first."""
    return [_kept(row) for row in drafts_of(actor).filter(claim_uuid=None).order_by("-saved_at")[:limit]]


def drafts_of(actor: Actor) -> QuerySet[models.KeptDraft]:
    """Return the rows of the person acting for this organization.

    :raises NotPermitted: the actor makes no claims
    """
    return models.KeptDraft.objects.filter(user_id=author(actor), organization_id=actor.organization())


def author(actor: Actor) -> int:
    """Return whose drafts the actor's are.

    :raises NotPermitted: the actor makes no claims, or is no person
    """
    actor.require(Permission.CLAIM_SUBMIT)
    if actor.user_id is None:
        raise NotPermitted(Permission.CLAIM_SUBMIT)
    return actor.user_id


def _kept(row: models.KeptDraft) -> KeptDraft:
    return KeptDraft(row.uuid, row.coverage_uuid, dict(row.content), row.saved_at, row.claim_uuid)
