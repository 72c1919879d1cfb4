"""Going on elsewhere with a draft by an e-mailed link; and the end of drafts nobody went on with."""

import secrets
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.notifications import services as notifications
from ols.onboarding import models
from ols.onboarding.services import drafts, limits

_BATCH: Final = 500


class LinkInvalid(Exception):
    """The link is unknown, expired, of a sent draft, or a newer one was made."""


@use_case
def send_resume_link(*, actor: Actor, secret: str, email: str, language: str, at: datetime) -> datetime:
    """E-mail a link to go on with just this draft; an older one stops working. Return until when it works.

    :raises drafts.DraftGone: no draft belongs to the secret
    :raises drafts.DraftSent: it was sent
    :raises limits.TooOften: too many links for this draft, address or network place
    """
    row = drafts.open_draft(secret, at)
    limits.count(limits.LINKS_OF_DRAFT, str(row.uuid), at=at)
    limits.count(limits.LINKS_TO_ADDRESS, email.strip().lower(), at=at)
    limits.count(limits.LINKS_OF_PLACE, str(actor.ip), at=at)
    link = secrets.token_urlsafe(32)
    until = at + drafts.KEPT_FOR
    row.link_sha256, row.link_expires_at, row.expires_at = drafts.hashed(link), until, until
    row.save(update_fields=["link_sha256", "link_expires_at", "expires_at"])
    drafts.record_draft("draft.link", row, actor, at)
    notifications.enqueue_email(
        to=email.strip(),
        template="application_resume",
        context={"path": f"/access/resume/{link}/", "until": _moment(until)},
        at=at,
        language=language,
    )
    return until


@use_case
def resume_draft(*, actor: Actor, link: str, at: datetime) -> str:
    """Let one more browser go on with the link's draft; return the secret it gets. The link goes on working.

    :raises LinkInvalid: the link does not work (any more)
    """
    rows = models.Draft.objects.select_for_update().filter(link_sha256=drafts.hashed(link))
    row = rows.filter(link_expires_at__gt=at, application=None).first()
    if row is None:
        raise LinkInvalid
    secret = secrets.token_urlsafe(32)
    row.secrets_sha256 = [*row.secrets_sha256, drafts.hashed(secret)][-drafts.MOST_BROWSERS :]
    row.save(update_fields=["secrets_sha256"])
    drafts.record_draft("draft.resume", row, actor, at)
    return secret


@use_case
def delete_expired_drafts(*, actor: Actor, at: datetime) -> int:
    """Delete drafts 14 days after the last change or link, with their extracts; return how many."""
    due: QuerySet[models.Draft] = models.Draft.objects.filter(expires_at__lte=at).order_by("id")
    rows = list(due.select_for_update(skip_locked=True)[:_BATCH])
    for row in rows:
        drafts.delete(row, actor=actor, at=at)
    return len(rows)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(days.WARSAW):%d.%m.%Y %H:%M}"
