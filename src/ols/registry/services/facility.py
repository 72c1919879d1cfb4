"""A provider keeps the data of its own facility, and confirms them."""

from dataclasses import asdict, dataclass
from datetime import datetime

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor
from ols.registry import models, selectors
from ols.registry.services import cards


@dataclass(frozen=True)
class FacilityData:
    """What the provider may change itself; `phone` is E.164, `postal_code` is 00-000."""

    name: str
    street: str
    postal_code: str
    city: str
    phone: str
    email: str


@within_transaction
def create_facility(
    *, actor: Actor, organization_id: int, register_book_no: str, data: FacilityData, teryt: str, at: datetime
) -> None:
    """Give an organization that joins its facility, linked to its register entry when there is one."""
    entry = models.RegisterEntry.objects.filter(register_book_no=register_book_no).first()
    row = models.Facility.objects.create(
        organization_id=organization_id, entry=entry, teryt=teryt, **asdict(data)
    )
    audit.record(event="facility.create", subject_kind="facility", subject_uuid=row.uuid, actor=actor, at=at)
    cards.make_card(actor=actor, facility=row, at=at)


@use_case
def update_facility(*, actor: Actor, data: FacilityData, at: datetime) -> None:
    """Change the data of the actor's (first) facility; an earlier confirmation no longer covers them.

    :raises ols.db.errors.NotFound: the organization has no facility
    """
    actor.require(Permission.FACILITY_EDIT)
    row = _locked(actor)
    new = asdict(data)
    changed = sorted(name for name, value in new.items() if getattr(row, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(row, name, new[name])
    row.save(update_fields=changed)
    audit.record(
        event="facility.update",
        subject_kind="facility",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"fields": changed},
    )
    cards.follow_facility(actor=actor, facility=row, at=at)


@use_case
def confirm_data(*, actor: Actor, at: datetime) -> None:
    """Record that the actor found the data right („Potwierdzam poprawność danych”), with the data themselves.

    Confirming the same data again changes nothing.

    :raises ols.db.errors.NotFound: the organization has no facility
    """
    actor.require(Permission.FACILITY_EDIT)
    row = _locked(actor)
    if selectors.data_confirmation(actor) is not None:
        return
    models.DataConfirmation.objects.create(
        organization_id=row.organization_id,
        user_id=actor.person(),
        at=at,
        data=asdict(selectors.own_facility(actor)),
    )
    audit.record(event="facility.confirm", subject_kind="facility", subject_uuid=row.uuid, actor=actor, at=at)


def _locked(actor: Actor) -> models.Facility:
    """Lock the actor's facility."""
    rows = models.Facility.objects.select_for_update().filter(organization_id=actor.organization())
    row = rows.order_by("id").first()
    if row is None:
        raise NotFound
    return row
