"""Noting that somebody of an insurer looks at an offer or a price list, so that colleagues see it."""

from datetime import datetime
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors.presence import LASTS


@use_case
def note_presence(*, actor: Actor, subject: UUID, at: datetime) -> None:
    """Note that the person looks at the offer (its contract) or price list; old notes go.

    `since` stays as long as the person comes back before the note is old. It is no event of the history:
    looking changes nothing, and nobody's work is kept longer than colleagues need it.

    :raises NotPermitted: who answers neither offers nor price lists leaves no note
    :raises ols.db.errors.NotFound: no such offer or price list of the actor's insurer
    """
    if not actor.has(Permission.PRICELIST_REVIEW):
        actor.require(Permission.CONTRACT_REVIEW)
    if actor.organization_kind != "insurer" or not _is_own(actor, subject):
        raise NotFound
    _remove_old(at)
    note = models.Presence(
        insurer_id=actor.organization(), subject=subject, person_id=actor.person(), since=at, seen_at=at
    )
    models.Presence.objects.bulk_create(
        [note], update_conflicts=True, unique_fields=["subject", "person"], update_fields=["seen_at"]
    )


@use_case
def forget_presence(*, actor: Actor, subject: UUID) -> None:
    """Take the person's own note away: they have answered, or left."""
    models.Presence.objects.filter(
        insurer_id=actor.organization(), subject=subject, person_id=actor.person()
    ).delete()


def _is_own(actor: Actor, subject: UUID) -> bool:
    insurer_id = actor.organization()
    return (
        models.Contract.objects.filter(uuid=subject, insurer_id=insurer_id).exists()
        or models.PriceList.objects.filter(uuid=subject, contract__insurer_id=insurer_id).exists()
    )


def _remove_old(at: datetime) -> None:
    """Remove what is old; rows that somebody else is removing now are left to them."""
    old = models.Presence.objects.filter(seen_at__lt=at - LASTS).select_for_update(skip_locked=True)
    models.Presence.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
