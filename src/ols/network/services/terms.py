"""Opening and accepting terms. What was accepted, by whom and which exact text stays for ever."""

from datetime import date, datetime

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models, prints, selectors
from ols.network.models import TermsKind
from ols.network.services import deadlines
from ols.notifications import services as notifications
from ols.registry import selectors as registry


class TermsNotOpened(Exception):
    """The person has not opened the text yet („zobacz regulamin”): there is nothing to accept."""


class TermsOutdated(Exception):
    """A later version is in force: that one, or a newer one, must be read."""


class DataNotConfirmed(Exception):
    """The provider's own data come first: they are not confirmed, or changed since."""


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
    """Accept a version for the actor's organization and e-mail the accepted text.

    The version in force can be accepted, and every later one from its publication on. Accepting the same
    version again changes nothing and sends nothing. What was suspended for want of it works at once.

    :raises ols.db.errors.NotFound: there are no such terms
    :raises TermsNotOpened: the person never opened the text
    :raises TermsOutdated: a later version is in force today
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
    deadlines.lock_organization(actor.organization_id)
    deadlines.record_restored(actor=actor, organization_id=actor.organization_id, terms=terms, at=at)
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
    if current is not None and terms.valid_from < current.valid_from:
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
    insurer = accounts.organization(organization_id=terms.insurer_id).name if terms.insurer_id else ""
    printed = prints.terms_pdf(terms, insurer)
    for address in accounts.member_emails(
        organization_id=organization_id, permission=Permission.TERMS_ACCEPT
    ):
        notifications.enqueue_email(
            to=address,
            template="terms_accepted",
            context=context,
            at=at,
            attachments={"regulamin.txt": terms.body},  # the very text, so that its hash can be checked
            files={"regulamin.pdf": printed},
        )
