"""What a clinic told another insurer already, so that nobody types it a second time."""

from dataclasses import dataclass

from ols.kernel.actor import Actor
from ols.network import models


@dataclass(frozen=True)
class KnownParameters:
    """The clinic's own account (`PL` + 26 digits) and people, and the insurer they were given to."""

    insurer_name: str
    iban: str
    contact_name: str
    contact_email: str
    contact_phone: str
    terms_person: str


def known_parameters(actor: Actor, *, but: str) -> KnownParameters | None:
    """Return what the clinic's newest other co-operation says; None when there is none.

    :param but: the uuid of the contract that is being filled in
    """
    row = (
        models.Contract.objects.filter(provider_id=actor.organization_id)
        .exclude(uuid=but)
        .exclude(iban="")
        .exclude(contact_name="")
        .select_related("insurer")
        .order_by("-id")
        .first()
    )
    if row is None:
        return None
    return KnownParameters(
        insurer_name=row.insurer.name,
        iban=row.iban,
        contact_name=row.contact_name,
        contact_email=row.contact_email,
        contact_phone=row.contact_phone,
        terms_person=row.terms_person,
    )
