"""The own facility of an organization that joined, and whether its data are confirmed."""

from dataclasses import asdict, dataclass
from datetime import datetime

from ols.accounts import selectors as accounts
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.registry import models


@dataclass(frozen=True)
class FacilityRow:
    """What the provider says about itself. `organization_name` and `nip` come from the register."""

    organization_name: str
    nip: str
    name: str
    street: str
    postal_code: str
    city: str
    phone: str
    email: str
    register_book_no: str


@dataclass(frozen=True)
class ConfirmationRow:
    """The confirmation that covers the data as they are now."""

    at: datetime
    user_id: int


def own_facility(actor: Actor) -> FacilityRow:
    """Return the data of the actor's (first) facility.

    :raises ols.db.errors.NotFound: the actor's organization has none (an insurer, say)
    """
    if actor.organization_id is None:
        raise NotFound
    return facility_of(organization_id=actor.organization_id)


def facility_of(*, organization_id: int) -> FacilityRow:
    """Return the data of an organization's (first) facility, to somebody entitled to its offer.

    :raises ols.db.errors.NotFound: it has none
    """
    facilities = models.Facility.objects.filter(organization_id=organization_id).select_related("entry")
    row = facilities.order_by("id").first()
    if row is None:
        raise NotFound
    organization = accounts.organization(organization_id=organization_id)
    return FacilityRow(
        organization_name=organization.name,
        nip=organization.nip,
        name=row.name,
        street=row.street,
        postal_code=row.postal_code,
        city=row.city,
        phone=row.phone,
        email=row.email,
        register_book_no=row.entry.register_book_no if row.entry else "",
    )


def data_confirmation(actor: Actor) -> ConfirmationRow | None:
    """Return the newest confirmation; None when there is none or the data changed after it."""
    rows = models.DataConfirmation.objects.filter(organization_id=actor.organization())
    last = rows.order_by("-id").first()
    if last is None or not is_covered(last, own_facility(actor)):
        return None
    return ConfirmationRow(last.at, last.user_id)


def is_covered(confirmation: models.DataConfirmation, data: FacilityRow) -> bool:
    """Say whether the confirmation is of the data as they are now."""
    return bool(confirmation.data == asdict(data))
