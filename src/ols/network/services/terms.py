"""Publishing, opening and accepting terms. What was accepted, by whom and which exact text stays for ever."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor, NotPermitted
from ols.network import models, selectors
from ols.network.models import TermsKind
from ols.notifications import services as notifications
from ols.registry import selectors as registry

_PUBLISHERS = {
    TermsKind.PLATFORM: "operator",
    TermsKind.INSURANCE_SERVICE: "operator",
    TermsKind.GENERAL: "insurer",
    TermsKind.THEMATIC: "insurer",
}


class VersionTaken(Exception):
    """These terms were published under this version before."""


class TermsNotOpened(Exception):
    """The person has not opened the text yet („zobacz regulamin”): there is nothing to accept."""


class TermsOutdated(Exception):
    """The text is not the one in force any more (or not yet): the current one must be read."""


class DataNotConfirmed(Exception):
    """The provider's own data come first: they are not confirmed, or changed since."""


@dataclass(frozen=True)
class TermsDraft:
    """A text to be published; `body` is Markdown, `area_id` only for thematic terms."""

    kind: str
    version: str
    valid_from: date
    title: str
    body: str
    area_id: int | None = None


@use_case
def publish_terms(*, actor: Actor, draft: TermsDraft, at: datetime) -> UUID:
    """Publish a version; from then on it never changes. The operator's kinds and an insurer's own ones.

    :raises VersionTaken: the version exists, or (the operator's kinds) another one begins on the same day
    :raises ols.kernel.actor.NotPermitted: this kind is published by others
    """
    return publish_version(actor=actor, draft=draft, at=at)


@within_transaction
def publish_version(*, actor: Actor, draft: TermsDraft, at: datetime) -> UUID:
    """Do what `publish_terms` promises, inside the caller's use case."""
    actor.require(Permission.TERMS_PUBLISH)
    if _PUBLISHERS[TermsKind(draft.kind)] != actor.organization_kind:
        raise NotPermitted(Permission.TERMS_PUBLISH)
    try:
        with transaction.atomic():
            row = models.TermsVersion.objects.create(
                kind=draft.kind,
                insurer_id=actor.organization_id if actor.organization_kind == "insurer" else None,
                area_id=draft.area_id,
                version=draft.version,
                valid_from=draft.valid_from,
                title=draft.title,
                body=draft.body,
                sha256=sha256(draft.body.encode()).hexdigest(),
                published_at=at,
            )
    except IntegrityError as error:
        raise VersionTaken(draft.version) from error
    audit.record(
        event="terms.publish",
        subject_kind="terms",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"kind": row.kind, "version": row.version, "sha256": row.sha256},
    )
    return row.uuid


@use_case
def open_terms(*, actor: Actor, terms_uuid: str, at: datetime) -> None:
    """Note that the person opened the text; the first time counts.

    :raises ols.db.errors.NotFound: there are no such terms
    """
    terms = selectors.terms(uuid=terms_uuid)
    if actor.organization_id is None or actor.user_id is None:
        raise NotFound
    models.TermsOpening.objects.get_or_create(
        terms_id=terms.id,
        organization_id=actor.organization_id,
        user_id=actor.user_id,
        defaults={"at": at},
    )


@use_case
def accept_terms(*, actor: Actor, terms_uuid: str, at: datetime) -> None:
    """Accept the version in force for the actor's organization and e-mail the accepted text.

    Accepting the same version again changes nothing and sends nothing.

    :raises ols.db.errors.NotFound: there are no such terms
    :raises TermsNotOpened: the person never opened the text
    :raises TermsOutdated: another version is in force today
    :raises DataNotConfirmed: the insurance service's terms before the provider's own data
    """
    accept_current(actor=actor, terms=selectors.terms(uuid=terms_uuid), at=at)


@within_transaction
def accept_current(*, actor: Actor, terms: selectors.TermsRow, at: datetime) -> None:
    """Do what `accept_terms` promises, inside the caller's use case."""
    actor.require(Permission.TERMS_ACCEPT)
    if actor.organization_id is None or actor.user_id is None or actor.organization_kind != "provider":
        raise NotFound
    standing = selectors.terms_standing(actor, terms=terms)
    if standing.accepted_at is not None:
        return
    _require_acceptable(actor, terms, opened=standing.opened, on=days.local_date(at))
    accepted = _accept(
        actor=actor, terms=terms, organization_id=actor.organization_id, by=(actor.user_id, actor.name), at=at
    )
    if accepted:
        _send_text(actor.organization_id, terms, by=actor.name, at=at)


@within_transaction
def record_platform_acceptance(
    *, actor: Actor, terms_uuid: str, organization_id: int, user_id: int, user_name: str, at: datetime
) -> None:
    """Keep, at approval, the platform terms that the applicant accepted with the application.

    :raises ols.db.errors.NotFound: there are no such platform terms
    """
    terms = selectors.terms(uuid=terms_uuid)
    if terms.kind != TermsKind.PLATFORM:
        raise NotFound
    _accept(actor=actor, terms=terms, organization_id=organization_id, by=(user_id, user_name), at=at)


def _require_acceptable(actor: Actor, terms: selectors.TermsRow, *, opened: bool, on: date) -> None:
    """Check that this text may be accepted now by this person."""
    if not opened:
        raise TermsNotOpened
    current = selectors.current_terms(
        kind=terms.kind, insurer_id=terms.insurer_id, area_id=terms.area_id, on=on
    )
    if current is None or current.id != terms.id:
        raise TermsOutdated
    if terms.kind == TermsKind.INSURANCE_SERVICE and registry.data_confirmation(actor) is None:
        raise DataNotConfirmed


def _accept(
    *, actor: Actor, terms: selectors.TermsRow, organization_id: int, by: tuple[int, str], at: datetime
) -> bool:
    """Write the acceptance once; say whether it is new."""
    user_id, user_name = by
    row, is_new = models.TermsAcceptance.objects.get_or_create(
        terms_id=terms.id,
        organization_id=organization_id,
        defaults={
            "user_id": user_id,
            "user_name": user_name,
            "at": at,
            "ip": actor.ip,
            "sha256": terms.sha256,
        },
    )
    if is_new:
        audit.record(
            event="terms.accept",
            subject_kind="terms_acceptance",
            subject_uuid=row.uuid,
            actor=actor,
            at=at,
            data={"terms": terms.uuid, "kind": terms.kind, "version": terms.version, "sha256": terms.sha256},
        )
    return is_new


def _send_text(organization_id: int, terms: selectors.TermsRow, *, by: str, at: datetime) -> None:
    """E-mail the accepted text to everybody who may accept terms in the organization."""
    organization = accounts.organization(organization_id=organization_id)
    context = {
        "organization": organization.name,
        "title": terms.title,
        "version": terms.version,
        "by": by,
        "at": f"{at.astimezone(days.WARSAW):%d.%m.%Y %H:%M}",
        "sha256": terms.sha256,
    }
    for address in accounts.member_emails(
        organization_id=organization_id, permission=Permission.TERMS_ACCEPT
    ):
        notifications.enqueue_email(
            to=address,
            template="terms_accepted",
            context=context,
            at=at,
            attachments={"regulamin.txt": terms.body},  # the very text, so that its hash can be checked
        )
