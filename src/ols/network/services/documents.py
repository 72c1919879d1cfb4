"""The clinic's documents: given with an offer, replaced, removed, renewed while the co-operation lasts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.documents import services as documents
from ols.documents.content import CheckedFile
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import document_rules, models
from ols.network.document_rules import NO_DATES, Dates
from ols.network.selectors import documents as reading
from ols.network.services import document_sending
from ols.network.services.letters import write_to_members
from ols.network.services.offers import OfferNotEditable
from ols.network.states import CONTRACT_DOCUMENT, DocumentStatus
from ols.workflow import machine


class DatesRefused(Exception):
    """The document's dates do not do; `problem` is a code of `document_rules.Problem`."""

    def __init__(self, problem: str) -> None:
        """Keep why."""
        super().__init__(problem)
        self.problem = problem


class TooManyFiles(Exception):
    """The kind takes no more files: one of those given has to be replaced or removed first."""


class DocumentChanged(Exception):
    """Somebody has replaced, removed or renewed the file meanwhile."""


@dataclass(frozen=True)
class Upload:
    """A checked file, its name, and what the document says of itself."""

    file: CheckedFile
    name: str
    dates: Dates = NO_DATES


@use_case
def add_document(
    *,
    actor: Actor,
    contract_uuid: str,
    requirement_code: str,
    file: CheckedFile,
    name: str,
    at: datetime,
    dates: Dates = NO_DATES,
) -> UUID:
    """Keep a checked file for one kind; return its identity.

    While the co-operation lasts it waits for the insurer, and counts from its answer on.

    :raises ols.db.errors.NotFound: no such contract or kind
    :raises OfferNotEditable: the offer waits for an answer, or is over
    :raises TooManyFiles: the kind has as many files as it takes
    :raises DatesRefused: the document is too old, expired, or its dates are missing
    """
    row = _locked(actor, contract_uuid, (*reading.EDITABLE, *reading.LASTING))
    kind = models.DocumentRequirement.objects.filter(
        insurer_id=row.insurer_id, code=requirement_code, is_active=True
    ).first()
    if kind is None:
        raise NotFound
    _require_room(row, kind)
    item = _keep(actor, row, kind, Upload(file, name, dates), at)
    if row.status in reading.LASTING:
        _send(actor, item, at)
    return item.uuid


@use_case
def replace_document(
    *, actor: Actor, contract_uuid: str, file_uuid: UUID, upload: Upload, at: datetime
) -> UUID:
    """Put a file in the place of another, which is kept; return its identity.

    While the co-operation lasts the new file waits for the insurer, and the one before counts to its end.

    :raises ols.db.errors.NotFound: no such contract or file
    :raises OfferNotEditable: the offer waits for an answer, or is over
    :raises DocumentChanged: somebody else was faster
    :raises DatesRefused: the document is too old, expired, or its dates are missing
    """
    row = _locked(actor, contract_uuid, (*reading.EDITABLE, *reading.LASTING))
    old = _file(row, file_uuid)
    if row.status in reading.EDITABLE:
        _step(old, "replace", actor=actor, at=at, ends=True)
        return _keep(actor, row, old.requirement, upload, at).uuid
    return _renew(actor, row, old, upload, at)


@use_case
def remove_document(*, actor: Actor, contract_uuid: str, file_uuid: UUID, at: datetime) -> None:
    """Take a file out of an offer not sent yet, or a new document back before it is accepted; it is kept.

    :raises ols.db.errors.NotFound: no such contract or file
    :raises OfferNotEditable: the file was sent with the offer
    :raises DocumentChanged: somebody else was faster
    """
    row = _locked(actor, contract_uuid, (*reading.EDITABLE, *reading.LASTING))
    old = _file(row, file_uuid)
    if row.status in reading.LASTING and old.status == DocumentStatus.GIVEN:
        raise OfferNotEditable
    _step(old, "remove", actor=actor, at=at, ends=True)


@use_case
def restore_document(*, actor: Actor, contract_uuid: str, file_uuid: UUID, at: datetime) -> None:
    """Put a removed file back into an offer not sent yet.

    :raises ols.db.errors.NotFound: no such contract or file
    :raises OfferNotEditable: the offer was sent
    :raises TooManyFiles: the kind has as many files as it takes
    :raises DocumentChanged: the file is not a removed one
    """
    row = _locked(actor, contract_uuid, reading.EDITABLE)
    old = _file(row, file_uuid)
    _require_room(row, old.requirement)
    _step(old, "restore", actor=actor, at=at)


@use_case
def date_document(*, actor: Actor, contract_uuid: str, file_uuid: UUID, dates: Dates, at: datetime) -> None:
    """Correct what was typed of a document in an offer not sent yet.

    :raises ols.db.errors.NotFound: no such contract or file
    :raises OfferNotEditable: the offer was sent
    :raises DocumentChanged: the file was replaced or removed
    :raises DatesRefused: the document is too old, expired, or its dates are missing
    """
    row = _locked(actor, contract_uuid, reading.EDITABLE)
    item = _file(row, file_uuid)
    if item.status != DocumentStatus.GIVEN:
        raise DocumentChanged
    _require_fresh(item.requirement, dates, at)
    if dates == reading.dates_of(item):
        return
    item.issued_on, item.valid_until = dates.issued_on, dates.valid_until
    item.save(update_fields=["issued_on", "valid_until"])
    audit.record(
        event="contract_document.dates",
        subject_kind="contract_document",
        subject_uuid=item.uuid,
        actor=actor,
        at=at,
        data={"requirement": item.requirement.code},
    )


def _renew(
    actor: Actor, row: models.Contract, old: models.ContractDocument, upload: Upload, at: datetime
) -> UUID:
    """Send the insurer a document that shall take the place of one in force, or of one it returned."""
    renews_id: int | None = old.pk
    if old.status in reading.ON_ITS_WAY:
        renews_id = old.renews_id
        _step(old, "replace", actor=actor, at=at, ends=True)
    elif (
        old.status != DocumentStatus.GIVEN
        or row.documents.filter(renews_id=old.pk, status__in=reading.ON_ITS_WAY).exists()
    ):
        raise DocumentChanged
    item = _keep(actor, row, old.requirement, upload, at, renews_id=renews_id)
    _send(actor, item, at)
    return item.uuid


def _has_renewal(row: models.Contract, old: models.ContractDocument) -> bool:
    """Say whether a new document that shall take the file's place is on its way."""
    return row.documents.filter(renews_id=old.pk, status__in=reading.ON_ITS_WAY).exists()


def _send(actor: Actor, item: models.ContractDocument, at: datetime) -> None:
    """Leave a document of a lasting co-operation to the insurer's decision."""
    _step(item, "send", actor=actor, at=at)
    document_sending.show(item, at=at)
    name = item.requirement.name
    write_to_members(item.contract, "document_renewed", to="insurer", at=at, document=name)


def _require_room(row: models.Contract, kind: models.DocumentRequirement) -> None:
    """Let one more file pass while the kind takes more; a renewal needs no place of its own."""
    counted = row.documents.filter(
        Q(status=DocumentStatus.GIVEN) | Q(status__in=reading.ON_ITS_WAY, renews=None), requirement=kind
    )
    if counted.count() >= kind.max_files:
        raise TooManyFiles


def _keep(
    actor: Actor,
    row: models.Contract,
    kind: models.DocumentRequirement,
    upload: Upload,
    at: datetime,
    renews_id: int | None = None,
) -> models.ContractDocument:
    """Store the file beside the contract."""
    _require_fresh(kind, upload.dates, at)
    document = documents.keep(
        actor=actor, organization_id=row.provider_id, file=upload.file, name=upload.name, at=at
    )
    item = models.ContractDocument.objects.create(
        contract=row,
        requirement=kind,
        document=document,
        issued_on=upload.dates.issued_on,
        valid_until=upload.dates.valid_until,
        ends_on=document_rules.ends_on(reading.rules_of(kind), upload.dates),
        added_at=at,
        added_by=actor.name[:120],
        renews_id=renews_id,
    )
    audit.record(
        event="contract.document",
        subject_kind="contract",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"requirement": kind.code, "document": str(document.uuid), "sha256": document.sha256},
    )
    return item


def _require_fresh(kind: models.DocumentRequirement, dates: Dates, at: datetime) -> None:
    """Let only dates pass that the kind takes today."""
    problem = document_rules.problem(reading.rules_of(kind), dates, on=days.local_date(at))
    if problem:
        raise DatesRefused(problem)


def _step(
    item: models.ContractDocument, action: str, *, actor: Actor, at: datetime, ends: bool = False
) -> None:
    """Move a file to its next status, unless somebody was faster."""
    try:
        machine.apply(
            CONTRACT_DOCUMENT,
            item,
            action,
            actor=actor,
            at=at,
            data={"requirement": item.requirement.code},
            set_fields={"replaced_at": at if ends else None},
        )
    except machine.TransitionRefused as error:
        raise DocumentChanged from error


def _file(row: models.Contract, file_uuid: UUID) -> models.ContractDocument:
    """Return one file of the locked contract."""
    return reading.file_of(row, file_uuid=str(file_uuid))


def _locked(actor: Actor, contract_uuid: str, statuses: tuple[str, ...]) -> models.Contract:
    """Lock the provider's own contract while its documents may change: one change at a time."""
    actor.require(Permission.CONTRACT_OFFER)
    row = (
        models.Contract.objects.select_for_update()
        .filter(provider_id=actor.organization_id, uuid=contract_uuid)
        .first()
    )
    if row is None:
        raise NotFound
    if row.status not in statuses:
        raise OfferNotEditable
    return row
