"""The provider's half of a co-operation: begin it, fill the offer in, send it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel import days, identifiers
from ols.kernel.actor import Actor
from ols.network import models, selectors
from ols.network.models import TermsKind
from ols.network.services import remarks
from ols.network.services.carrying import carry_over
from ols.network.services.document_sending import mark_sent
from ols.network.services.letters import write_to_members
from ols.network.services.review import answer_at_once
from ols.network.services.terms import TermsOutdated, accept_current
from ols.network.states import CONTRACT, ContractStatus
from ols.workflow import machine

EDITABLE = (ContractStatus.DRAFT, ContractStatus.RETURNED)
CLOSED = (ContractStatus.REJECTED, ContractStatus.ENDED)


class ServiceTermsNotAccepted(Exception):
    """Co-operation starts only after the terms of the insurance service (stage II)."""


class TermsNotPublished(Exception):
    """The insurer has no general terms in force, so there is nothing to accept yet."""


class OfferNotEditable(Exception):
    """The offer was sent (or decided): nothing in it can be changed now."""


class StartOutOfRange(Exception):
    """Co-operation starts today or within a year from now."""


class OfferIncomplete(Exception):
    """Something is missing; `missing` names "parameters" and the codes of documents."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        """Keep what is missing."""
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True)
class Parameters:
    """„Parametry”: first day, account (`PL` + 26 digits, checked), and who answers for the co-operation.

    `terms_person` answers for the terms when it is not the contact person.
    """

    starts_on: date
    iban: str
    contact_name: str
    contact_email: str
    contact_phone: str
    terms_person: str = ""


@use_case
def start_cooperation(*, actor: Actor, insurer_id: int, at: datetime) -> UUID:
    """Accept the insurer's general terms and open a draft of a contract, or return the open one.

    :raises ols.db.errors.NotFound: there is no such insurer
    :raises ServiceTermsNotAccepted: stage II is not finished
    :raises TermsNotPublished: the insurer has no general terms in force
    :raises TermsNotOpened: the person has not opened them
    """
    actor.require(Permission.CONTRACT_OFFER)
    on = days.local_date(at)
    if actor.organization_id is None or insurer_id not in {
        row.id for row in accounts.organizations(kind="insurer")
    }:
        raise NotFound
    if not selectors.service_terms_accepted(actor, on=on):
        raise ServiceTermsNotAccepted
    terms = selectors.current_terms(kind=TermsKind.GENERAL, insurer_id=insurer_id, on=on)
    if terms is None:
        raise TermsNotPublished
    accept_current(actor=actor, terms=terms, at=at)
    existing = selectors.open_contract(actor, insurer_id=insurer_id)
    if existing is not None:
        return UUID(existing.uuid)
    try:
        with transaction.atomic():
            return _open_draft(actor, actor.organization_id, insurer_id, at)
    except IntegrityError:  # the same person clicked twice, or a colleague did: there is one draft now
        return (
            models.Contract.objects.exclude(status__in=CLOSED)
            .get(provider_id=actor.organization_id, insurer_id=insurer_id)
            .uuid
        )


@use_case
def set_parameters(*, actor: Actor, contract_uuid: str, parameters: Parameters, at: datetime) -> None:
    """Keep the parameters of an offer not sent yet; the bank's name comes from the account number.

    :raises ols.db.errors.NotFound: no such contract of this provider
    :raises OfferNotEditable: it was sent
    :raises StartOutOfRange: the first day is in the past or more than a year ahead
    :raises ols.kernel.identifiers.IdentifierError: the account number is wrong
    """
    row = _locked_for_edit(actor, contract_uuid)
    today = days.local_date(at)
    if not today <= parameters.starts_on <= days.add_years(today, 1):
        raise StartOutOfRange
    iban = identifiers.parse_nrb(parameters.iban)
    bank = identifiers.bank_of(iban)
    values = {**asdict(parameters), "iban": iban, "bank_name": bank.name if bank else ""}
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    audit.record(
        event="contract.parameters",
        subject_kind="contract",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"fields": changed},
    )


@use_case
def send_offer(*, actor: Actor, contract_uuid: str, at: datetime) -> None:
    """Send the offer: the insurer may read its documents and answers by the end of its working day.

    Rules that the insurer switched on may accept it in the same transaction (adr/0020).

    :raises ols.db.errors.NotFound: no such contract of this provider
    :raises OfferIncomplete: with what is missing
    :raises TermsOutdated: newer general terms are in force than the clinic accepted
    :raises ServiceTermsNotAccepted: the operator's terms were not accepted in time
    :raises StartOutOfRange: the first day has passed meanwhile
    :raises ols.workflow.machine.TransitionRefused: it was sent already
    """
    row = _locked(actor, contract_uuid)
    if row.status in EDITABLE:
        _require_complete(row, days.local_date(at))
        _require_terms(actor, row, days.local_date(at))
    insurer = accounts.organization(organization_id=row.insurer_id)
    due = days.deadline_office_hours(at, opens=insurer.office_opens, closes=insurer.office_closes)
    machine.apply(
        CONTRACT,
        row,
        "send_offer",
        actor=actor,
        at=at,
        set_fields={"offered_at": at, "answer_due_at": due, "decided_at": None, "remark": ""},
    )
    remarks.clear(row, at=at)
    mark_sent(row, at=at)
    if answer_at_once(row, at=at):
        return
    write_to_members(row, "offer_sent", to="provider", at=at)
    write_to_members(row, "offer_received", to="insurer", at=at)


@use_case
def withdraw_offer(*, actor: Actor, contract_uuid: str, at: datetime) -> None:
    """Take an unanswered offer back to a draft, and tell the insurer, who may be looking at it.

    :raises ols.db.errors.NotFound: no such contract of this provider
    :raises ols.workflow.machine.TransitionRefused: it is not waiting for an answer (any more)
    """
    row = _locked(actor, contract_uuid)
    machine.apply(CONTRACT, row, "withdraw", actor=actor, at=at, set_fields={"answer_due_at": None})
    write_to_members(row, "offer_withdrawn", to="insurer", at=at, by=actor.name)


def _open_draft(actor: Actor, provider_id: int, insurer_id: int, at: datetime) -> UUID:
    """Make the draft; the database allows one open contract of a pair."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('network_contract_number')")
        number = f"U/{days.local_date(at).year}/{cursor.fetchone()[0]:06d}"
    row = models.Contract.objects.create(
        number=number, insurer_id=insurer_id, provider_id=provider_id, created_at=at
    )
    closed = models.Contract.objects.filter(
        insurer_id=insurer_id, provider_id=provider_id, status__in=CLOSED
    ).exclude(iban="")
    earlier = closed.order_by("-pk").first()
    if earlier is not None:
        carry_over(row, earlier)
    data = {"earlier": earlier.number} if earlier else {}
    audit.record(
        event="contract.start",
        subject_kind="contract",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data=data,
    )
    return row.uuid


def _require_complete(row: models.Contract, today: date) -> None:
    """Check that an offer may go out."""
    missing = selectors.missing_of(row, selectors.documents_of(row, on=today))
    if missing:
        raise OfferIncomplete(missing)
    if row.starts_on is not None and row.starts_on < today:
        raise StartOutOfRange


def _require_terms(actor: Actor, row: models.Contract, today: date) -> None:
    """Check that the general terms in force (or newer ones) are accepted, and the operator's in time."""
    if any(due.is_suspended and due.insurer_id is None for due in selectors.terms_due(actor, on=today)):
        raise ServiceTermsNotAccepted
    if selectors.outdated_terms(actor, insurer_id=row.insurer_id, on=today) is not None:
        raise TermsOutdated


def _locked(actor: Actor, contract_uuid: str) -> models.Contract:
    """Lock the provider's own contract."""
    actor.require(Permission.CONTRACT_OFFER)
    row = (
        models.Contract.objects.select_for_update()
        .filter(provider_id=actor.organization_id, uuid=contract_uuid)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def _locked_for_edit(actor: Actor, contract_uuid: str) -> models.Contract:
    """Lock the provider's own contract while it may still be changed."""
    row = _locked(actor, contract_uuid)
    if row.status not in EDITABLE:
        raise OfferNotEditable
    return row
