"""Reading contracts: a provider sees its own, an insurer those that were offered to it."""

from dataclasses import dataclass

from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors.acceptance import AcceptanceRow, acceptances
from ols.network.selectors.contract_rows import ContractRow, contract_row, visible_contracts
from ols.network.selectors.contract_standing import ContractStanding, contract_standing, remark_of
from ols.network.selectors.documents import RequiredDocument, documents_of
from ols.network.selectors.remark_rows import RemarkRow, waiting_remarks
from ols.network.states import ContractStatus
from ols.registry import selectors as registry

# Rows of contracts are read through this module, too.
__all__ = ["ContractRow", "contract_row", "visible_contracts"]


@dataclass(frozen=True)
class ContractDetail:
    """A contract with everything beside it that decides about it. `iban` is `PL` + 26 digits or empty."""

    row: ContractRow
    iban: str
    bank_name: str
    contact_name: str
    contact_email: str
    contact_phone: str
    remark: str
    documents: tuple[RequiredDocument, ...]
    missing: tuple[str, ...]
    terms_person: str
    standing: ContractStanding
    remarks: tuple[RemarkRow, ...] = ()


@dataclass(frozen=True)
class OfferDetail:
    """What the insurer sees when it decides: the offer, the provider's data, what it accepted."""

    contract: ContractDetail
    facility: registry.FacilityRow
    acceptances: tuple[AcceptanceRow, ...]


PARAMETERS = "parameters"


def contracts(actor: Actor) -> list[ContractRow]:
    """Return every contract the actor may see, newest first."""
    rows = visible_contracts(actor).select_related("insurer", "provider").order_by("-id")
    return [contract_row(row) for row in rows]


def offers_waiting(actor: Actor) -> list[ContractRow]:
    """Return the offers the insurer has to answer, the most urgent first."""
    rows = (
        visible_contracts(actor)
        .filter(insurer_id=actor.organization_id, status=ContractStatus.OFFERED)
        .select_related("insurer", "provider")
        .order_by("answer_due_at", "id")
    )
    return [contract_row(row) for row in rows]


def contract(actor: Actor, *, uuid: str) -> ContractDetail:
    """Return one contract.

    :raises ols.db.errors.NotFound: no such contract for this organization
    """
    row = visible_contracts(actor).select_related("insurer", "provider").filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return _detail(actor, row)


def offer(actor: Actor, *, uuid: str) -> OfferDetail:
    """Return everything an insurer decides on.

    :raises ols.db.errors.NotFound: no such offer to this insurer
    """
    detail = contract(actor, uuid=uuid)
    if detail.row.insurer_id != actor.organization_id:
        raise NotFound
    return OfferDetail(
        contract=detail,
        facility=registry.facility_of(organization_id=detail.row.provider_id),
        acceptances=tuple(
            acceptances(organization_id=detail.row.provider_id, insurer_id=detail.row.insurer_id)
        ),
    )


def open_contract(actor: Actor, *, insurer_id: int) -> ContractRow | None:
    """Return the provider's contract with the insurer that is neither rejected nor ended, if there is one."""
    row = (
        models.Contract.objects.filter(provider_id=actor.organization_id, insurer_id=insurer_id)
        .exclude(status__in=[ContractStatus.REJECTED, ContractStatus.ENDED])
        .select_related("insurer", "provider")
        .first()
    )
    return contract_row(row) if row else None


def active_contract(actor: Actor, *, insurer_id: int) -> ContractRow | None:
    """Return the provider's active contract with the insurer, if there is one."""
    row = open_contract(actor, insurer_id=insurer_id)
    return row if row is not None and row.status == ContractStatus.ACTIVE else None


def is_filled(row: models.Contract) -> bool:
    """Say whether the offer has all its parameters."""
    given = (row.starts_on, row.iban, row.contact_name, row.contact_email, row.contact_phone)
    return all(given)


def missing_of(row: models.Contract, documents: tuple[RequiredDocument, ...]) -> tuple[str, ...]:
    """Return what an offer lacks: "parameters" and the codes of documents that are missing or do not do."""
    lacking = [item.code for item in documents if item.is_missing]
    return (*(() if is_filled(row) else (PARAMETERS,)), *lacking)


def _detail(actor: Actor, row: models.Contract) -> ContractDetail:
    """Translate the table's row with its documents."""
    documents = documents_of(row, for_insurer=row.provider_id != actor.organization_id)
    return ContractDetail(
        row=contract_row(row),
        iban=row.iban,
        bank_name=row.bank_name,
        contact_name=row.contact_name,
        contact_email=row.contact_email,
        contact_phone=row.contact_phone,
        remark=remark_of(row),
        documents=documents,
        missing=missing_of(row, documents),
        terms_person=row.terms_person,
        remarks=waiting_remarks(row),
        standing=contract_standing(actor, row=row),
    )
