"""Publishing a version of terms: from then on it never changes, and whom it concerns is told."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db import locks
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor, NotPermitted
from ols.network import models
from ols.network.models import TermsKind
from ols.network.selectors import versions
from ols.notifications import services as notifications

_PUBLISHERS = {
    TermsKind.PLATFORM: "operator",
    TermsKind.INSURANCE_SERVICE: "operator",
    TermsKind.GENERAL: "insurer",
    TermsKind.THEMATIC: "insurer",
}


class VersionTaken(Exception):
    """The version exists, or another one begins on that day or later."""


class DeadlineTooEarly(Exception):
    """Those concerned would have less than a week to accept, or less than until the version begins."""


@dataclass(frozen=True)
class TermsDraft:
    """A text to be published; `body` is Markdown, `area_id` only for thematic terms.

    `accept_by` is for those who accepted an earlier version; None lets them have two weeks.
    """

    kind: str
    version: str
    valid_from: date
    title: str
    body: str
    area_id: int | None = None
    accept_by: date | None = None


@use_case
def publish_terms(*, actor: Actor, draft: TermsDraft, at: datetime) -> UUID:
    """Publish a version; from then on it never changes. The operator's kinds and an insurer's own ones.

    :raises VersionTaken: the version exists, or another one begins on the same day or later
    :raises DeadlineTooEarly: there would not be a week to accept it
    :raises ols.kernel.actor.NotPermitted: this kind is published by others
    """
    return publish_version(actor=actor, draft=draft, at=at)


@within_transaction
def publish_version(*, actor: Actor, draft: TermsDraft, at: datetime) -> UUID:
    """Do what `publish_terms` promises, inside the caller's use case."""
    actor.require(Permission.TERMS_PUBLISH)
    if _PUBLISHERS[TermsKind(draft.kind)] != actor.organization_kind:
        raise NotPermitted(Permission.TERMS_PUBLISH)
    insurer_id = actor.organization_id if actor.organization_kind == "insurer" else None
    accept_by = _deadline(draft, insurer_id, at)
    try:
        with transaction.atomic():
            row = models.TermsVersion.objects.create(
                kind=draft.kind,
                insurer_id=insurer_id,
                area_id=draft.area_id,
                version=draft.version,
                valid_from=draft.valid_from,
                accept_by=accept_by,
                title=draft.title,
                body=draft.body,
                sha256=sha256(draft.body.encode()).hexdigest(),
                published_at=at,
            )
    except IntegrityError as error:
        raise VersionTaken(draft.version) from error
    data = {"kind": row.kind, "version": row.version, "sha256": row.sha256}
    if accept_by is not None:
        data["accept_by"] = accept_by.isoformat()
        notifications.enqueue(kind="terms.published", payload={"terms": str(row.uuid)}, at=at)
    audit.record(
        event="terms.publish", subject_kind="terms", subject_uuid=row.uuid, actor=actor, at=at, data=data
    )
    return row.uuid


def _deadline(draft: TermsDraft, insurer_id: int | None, at: datetime) -> date | None:
    """Return until when those who accepted an earlier version have time; None for the first version.

    Versions of one text are published one after the other, each beginning later than those before.
    """
    locks.hold("network.terms", f"{draft.kind}:{insurer_id}:{draft.area_id}")
    newest = (
        models.TermsVersion.objects.filter(kind=draft.kind, insurer_id=insurer_id, area_id=draft.area_id)
        .order_by("-valid_from")
        .values_list("valid_from", flat=True)
        .first()
    )
    if newest is None:
        return None
    if draft.valid_from <= newest:
        raise VersionTaken(draft.version)
    today = days.local_date(at)
    accept_by = draft.accept_by or versions.usual_deadline(draft.valid_from, on=today)
    if accept_by < versions.earliest_deadline(draft.valid_from, on=today):
        raise DeadlineTooEarly
    return accept_by
