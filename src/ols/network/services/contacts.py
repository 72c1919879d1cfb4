"""The people who answer for a co-operation that lasts: changed at once, both sides are told."""

from dataclasses import asdict, dataclass
from datetime import datetime

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.services.letters import write_to_both
from ols.network.states import ContractStatus

ACCEPTED = (ContractStatus.ACTIVE, ContractStatus.SUSPENDED, ContractStatus.ENDED)


class ContractNotAccepted(Exception):
    """The insurer has not accepted the co-operation: its parameters are changed in the offer."""


@dataclass(frozen=True)
class Contact:
    """Who answers for the terms (empty: the contact person) and for contact with the insurer."""

    terms_person: str
    contact_name: str
    contact_email: str
    contact_phone: str


@use_case
def change_contact(*, actor: Actor, contract_uuid: str, contact: Contact, at: datetime) -> None:
    """Keep the new contact; the address before is told, too, and kept for warnings about the account.

    :raises ols.db.errors.NotFound: no such contract of this provider
    :raises ContractNotAccepted: the offer is not accepted
    """
    actor.require(Permission.CONTRACT_OFFER)
    row = locked_accepted(actor, contract_uuid)
    changed = {name: value for name, value in asdict(contact).items() if getattr(row, name) != value}
    if not changed:
        return
    addresses = (row.contact_email, contact.contact_email)
    if "contact_email" in changed:
        row.earlier_contact_email = row.contact_email
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=[*changed, "earlier_contact_email"])
    audit.record(
        event="contract.contact",
        subject_kind="contract",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"fields": sorted(changed)},
    )
    write_to_both(row, "contact_changed", at=at, contacts=addresses, by=actor.name)


def locked_accepted(actor: Actor, contract_uuid: str) -> models.Contract:
    """Lock the provider's own contract that the insurer has accepted."""
    rows = models.Contract.objects.select_for_update()
    row = rows.filter(provider_id=actor.organization_id, uuid=contract_uuid).first()
    if row is None:
        raise NotFound
    if row.status not in ACCEPTED:
        raise ContractNotAccepted
    return row
