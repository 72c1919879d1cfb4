"""What the operator does: approves, returns or rejects an application."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from ols.onboarding import asked as asked_words
from ols.onboarding import models, selectors, states
from ols.onboarding.services.applicant import ProviderJoined
from ols.registry import selectors as registry_read
from ols.registry import services as registry
from ols.workflow import machine


class RemarkMissing(Exception):
    """A return or a rejection needs words for the applicant."""


class UnknownField(Exception):
    """No applicant can correct what was asked for."""


@use_case
def note_reader(*, actor: Actor, application_uuid: UUID, at: datetime) -> None:
    """Note that the operator has the application open, for colleagues to see; it is no event to record.

    :raises ols.db.errors.NotFound: there is no such application
    """
    row = _application(actor, application_uuid)
    models.ApplicationReader.objects.bulk_create(
        [
            models.ApplicationReader(
                application=row, user_id=actor.person(), user_name=actor.name[:120], seen_at=at
            )
        ],
        update_conflicts=True,
        unique_fields=["application", "user_id"],
        update_fields=["user_name", "seen_at"],
    )


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
def return_application(
    *, actor: Actor, application_uuid: UUID, remark: str, at: datetime, asked: Mapping[str, str] | None = None
) -> None:
    """Ask the applicant to complete it; the clock stands until it comes back.

    `asked` names the fields (of `asked.ASKABLE`) that may be corrected, each with a remark (none: all).

    :raises ols.db.errors.NotFound: there is no such application
    :raises ols.workflow.machine.TransitionRefused: it is no longer waiting
    :raises RemarkMissing: nothing says what is missing
    :raises UnknownField: something is asked for that an applicant cannot correct
    """
    remarks = {name: words.strip() for name, words in (asked or {}).items()}
    if not set(remarks) <= set(asked_words.ASKABLE):
        raise UnknownField
    if not all(remarks.values()):
        raise RemarkMissing
    letter = asked_words.asked_letter(remark.strip(), remarks)
    kept = {
        "returned_at": at, "asked_fields": list(remarks), "asked_remarks": remarks, "remark": remark.strip(),
    }  # fmt: skip
    data: dict[str, object] = {"asked": list(remarks), "remarks": remarks} if remarks else {}
    answer = _Answer("return", "application_returned", letter, remark.strip(), kept, data)
    _answer(actor, application_uuid, answer, at)


@use_case
def reject_application(
    *, actor: Actor, application_uuid: UUID, reason: str, at: datetime, code: str = "other"
) -> None:
    """Refuse access; the e-mail says why (`code` of `asked.REFUSALS`), the words and what to do next.

    :raises ols.db.errors.NotFound: there is no such application
    :raises ols.workflow.machine.TransitionRefused: it is no longer waiting
    :raises RemarkMissing: there are no words
    """
    words = reason.strip()
    letter = asked_words.refusal_letter(code, words) if words else ""
    kept, data = {"remark": letter}, {"refusal": code}
    answer = _Answer("reject", "application_rejected", letter, words, kept, data)
    _answer(actor, application_uuid, answer, at)


@dataclass(frozen=True)
class _Answer:
    """A decision that the applicant reads: the letter, what the row keeps and the record says.

    The record holds the operator's `words`, and the rest of the letter as codes in `data`.
    """

    action: str
    template: str
    letter: str
    words: str
    kept: Mapping[str, object]
    data: Mapping[str, object]


def _answer(actor: Actor, uuid: UUID, answer: _Answer, at: datetime) -> None:
    row = _application(actor, uuid)
    if not answer.letter:
        raise RemarkMissing
    machine.apply(
        states.APPLICATION,
        row,
        answer.action,
        actor=actor,
        at=at,
        remark=answer.words,
        data=answer.data,
        set_fields={"decided_at": at, **answer.kept},
    )
    notifications.enqueue_email(
        to=row.email,
        template=answer.template,
        context={"number": row.number, "remark": answer.letter, "path": selectors.status_path(row.uuid)},
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
