"""What the operator does: approves, returns or rejects an application."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from ols.accounts import selectors as accounts_read
from ols.accounts import services as accounts
from ols.accounts.permissions import Permission, Role
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.documents import services as documents
from ols.kernel.actor import Actor
from ols.network import services as network
from ols.notifications import services as notifications
from ols.onboarding import models, selectors, states
from ols.onboarding.services.applicant import ProviderJoined
from ols.registry import selectors as registry_read
from ols.registry import services as registry
from ols.workflow import machine


class RemarkMissing(Exception):
    """A return or a rejection needs words for the applicant."""


@use_case
def approve_application(*, actor: Actor, application_uuid: UUID, at: datetime) -> None:
    """Let the provider in: organization, facility, owner, acceptance of the terms, e-mail with the link.

    :raises ols.db.errors.NotFound: there is no such application
    :raises ols.workflow.machine.TransitionRefused: it is no longer waiting (another operator was faster)
    :raises ProviderJoined: a provider with this NIP has joined meanwhile
    """
    let_in(actor=actor, row=_application(actor, application_uuid), at=at)


@within_transaction
def let_in(
    *,
    actor: Actor,
    row: models.AccessApplication,
    at: datetime,
    evidence: Mapping[str, object] | None = None,
) -> None:
    """Do everything an approval does; `evidence` is what it rests on when no person decided.

    :raises ols.workflow.machine.TransitionRefused: it is no longer waiting
    :raises ProviderJoined: a provider with this NIP has joined meanwhile
    """
    decided = {"decided_at": at, "is_automatic": evidence is not None}
    machine.apply(states.APPLICATION, row, "approve", actor=actor, at=at, data=evidence, set_fields=decided)
    if accounts_read.provider_by_nip(nip=row.nip) is not None:
        raise ProviderJoined
    organization_id = _make_organization(actor, row, at)
    owner = accounts.add_member(
        actor=actor,
        organization_id=organization_id,
        email=row.email,
        name=row.representative_name,
        roles=[Role.OWNER],
        at=at,
    )
    # Accepted by the applicant when the application was sent, from where it was sent.
    applicant = Actor(owner.pk, organization_id, "provider", frozenset(), "web", row.ip, owner.name)
    network.record_platform_acceptance(
        actor=applicant,
        terms_uuid=str(row.terms.uuid),
        organization_id=organization_id,
        user_id=owner.pk,
        user_name=owner.name,
        at=row.submitted_at,
    )
    if row.extract_id is not None:
        documents.grant(document_id=row.extract_id, organization_id=organization_id)
    models.AccessApplication.objects.filter(pk=row.pk).update(organization_id=organization_id)
    accounts.issue_password_link(actor=actor, user=owner, template="application_approved", at=at)


@use_case
def return_application(*, actor: Actor, application_uuid: UUID, remark: str, at: datetime) -> None:
    """Ask the applicant to complete it; the e-mail carries the remark and a link to the form.

    :raises ols.db.errors.NotFound: there is no such application
    :raises ols.workflow.machine.TransitionRefused: it is no longer waiting
    :raises RemarkMissing: nothing says what is missing
    """
    _answer(actor, application_uuid, "return", "application_returned", remark, at)


@use_case
def reject_application(*, actor: Actor, application_uuid: UUID, reason: str, at: datetime) -> None:
    """Refuse access; the e-mail carries the reason.

    :raises ols.db.errors.NotFound: there is no such application
    :raises ols.workflow.machine.TransitionRefused: it is no longer waiting
    :raises RemarkMissing: there is no reason
    """
    _answer(actor, application_uuid, "reject", "application_rejected", reason, at)


def _answer(actor: Actor, uuid: UUID, action: str, template: str, remark: str, at: datetime) -> None:
    row = _application(actor, uuid)
    words = remark.strip()
    if not words:
        raise RemarkMissing
    machine.apply(
        states.APPLICATION,
        row,
        action,
        actor=actor,
        at=at,
        remark=words,
        set_fields={"decided_at": at, "remark": words},
    )
    notifications.enqueue_email(
        to=row.email,
        template=template,
        context={"number": row.number, "remark": words, "path": selectors.status_path(row.uuid)},
        at=at,
    )


def _application(actor: Actor, uuid: UUID) -> models.AccessApplication:
    """Return the row to a person who decides applications."""
    actor.require(Permission.APPLICATION_REVIEW)
    row = models.AccessApplication.objects.select_related("terms").filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def _make_organization(actor: Actor, row: models.AccessApplication, at: datetime) -> int:
    """Make the tenant and its facility from what the application says."""
    organization = accounts.create_organization(
        actor=actor,
        kind="provider",
        name=row.name,
        nip=row.nip,
        at=at,
        street=row.street,
        postal_code=row.postal_code,
        city=row.city,
        email=row.email,
        phone=row.phone,
    )
    registry.create_facility(
        actor=actor,
        organization_id=organization.pk,
        register_book_no=row.register_book_no,
        data=registry.FacilityData(
            name=row.name,
            street=row.street,
            postal_code=row.postal_code,
            city=row.city,
            phone=row.phone,
            email=row.email,
        ),
        teryt=registry_read.teryt_of(register_book_no=row.register_book_no),
        at=at,
    )
    return organization.pk
