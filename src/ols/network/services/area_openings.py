"""Tells the clinics of a network that an area opened: on its day, once its terms are in force."""

from datetime import datetime

from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.models import TermsKind
from ols.network.selectors import acceptance
from ols.network.services.letters import AreaLetter, write_about_areas
from ols.network.states import ContractStatus


@use_case
def announce_openings(*, actor: Actor, at: datetime) -> int:
    """Write to every clinic in active co-operation about areas that opened; return how many areas.

    An area without terms in force waits: nobody could accept anything there yet.
    """
    today = days.local_date(at)
    areas = {area.id: area for area in catalog.areas()}
    waiting = models.AreaOpening.objects.select_for_update(skip_locked=True)
    told = 0
    for row in waiting.filter(opens_on__lte=today, told_at=None).order_by("id"):
        if row.days.is_closed(today):
            continue
        terms = acceptance.current_terms(
            kind=TermsKind.THEMATIC, insurer_id=row.insurer_id, area_id=row.area_id, on=today
        )
        if terms is None:
            continue
        count = _tell(row.insurer_id, areas[row.area_id], at)
        row.told_at = at
        row.save(update_fields=["told_at"])
        audit.record(
            event="area.announce",
            subject_kind="area_opening",
            subject_uuid=row.uuid,
            actor=actor,
            at=at,
            data={"area": areas[row.area_id].code, "clinics": count},
        )
        told += 1
    return told


def _tell(insurer_id: int, area: catalog.AreaRow, at: datetime) -> int:
    """Write to the clinics; return how many there are."""
    active = models.Contract.objects.filter(insurer_id=insurer_id, status=ContractStatus.ACTIVE)
    contracts = active.select_related("insurer", "provider").order_by("id")
    write_about_areas(
        [
            AreaLetter(row, area, "area_opened", {"path": f"/panel/contracts/{row.uuid}/terms/"})
            for row in contracts
        ],
        at=at,
    )
    return len(contracts)
