"""What the operator sees of an organization in the register and of its own data."""

from datetime import datetime

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.registry import models
from ols.registry.selectors.facility import facility_of, is_covered
from ols.registry.selectors.register import EntryRow


def register_entries(actor: Actor, *, nip: str) -> list[EntryRow]:
    """Return every entity of the register with the NIP, also those that left it."""
    actor.require(Permission.ORGANIZATION_VIEW)
    rows = models.RegisterEntry.objects.filter(nip=nip).order_by("struck_off_on", "register_book_no")
    return [EntryRow(**{name: getattr(row, name) for name in EntryRow.__dataclass_fields__}) for row in rows]


def data_confirmed_at(actor: Actor, *, organization_id: int) -> datetime | None:
    """Return when the organization confirmed its data as they are now; None: not, or they changed since."""
    actor.require(Permission.ORGANIZATION_VIEW)
    rows = models.DataConfirmation.objects.filter(organization_id=organization_id)
    last = rows.order_by("-id").first()
    try:
        known = facility_of(organization_id=organization_id)
    except NotFound:
        return None
    return last.at if last is not None and is_covered(last, known) else None
