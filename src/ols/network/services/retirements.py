"""Tells clinics that an own service of the insurer, of which they have a price, is retired or offered on."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.models import RetirementNotice
from ols.network.selectors import retired
from ols.network.selectors.retired import Retirement
from ols.network.services.letters import AreaLetter, write_about_areas


def tell_of_retirements(*, actor: Actor, at: datetime) -> int:
    """Write to every clinic that has a price of a service retired or offered on; return how many were told.

    Each is a transaction of its own, looked at again under a lock: run twice at once, or after days in which
    nothing ran, it tells everybody once.
    """
    found = retired.untold(on=days.local_date(at))
    concerned = sorted({row.contract_id for row in found})
    return sum(_tell_clinic(actor=actor, contract_id=contract_id, at=at) for contract_id in concerned)


@use_case
def _tell_clinic(*, actor: Actor, contract_id: int, at: datetime) -> bool:
    """Tell one clinic what is new, one letter an area and direction; say whether anything was."""
    contract = locked(contract_id)
    found = retired.untold(on=days.local_date(at), contract_id=contract_id)
    areas = {area.id: area for area in catalog.areas()}
    for (area_id, is_gone), group in groupby(
        found, key=lambda row: (row.area_id, row.retired_on is not None)
    ):
        rows = list(group)
        event = "contract.services_retired" if is_gone else "contract.services_kept"
        template = "services_retired" if is_gone else "services_kept"
        keep(contract, rows, at)
        audit.record(
            event=event,
            subject_kind="contract",
            subject_uuid=contract.uuid,
            actor=actor,
            at=at,
            data={"area": areas[area_id].code, "services": [row.code for row in rows]},
        )
        path = f"/panel/contracts/{contract.uuid}/areas/{areas[area_id].code}/prices/"
        lines = [_line(row) for row in rows]
        letter = AreaLetter(contract, areas[area_id], template, {"lines": lines, "path": path})
        write_about_areas([letter], at=at)
    return bool(found)


def locked(contract_id: int) -> models.Contract:
    """Let nobody else tell the clinic anything until the end."""
    return models.Contract.objects.select_for_update().get(pk=contract_id)


def keep(contract: models.Contract, rows: Iterable[Retirement], at: datetime) -> None:
    """Note what is told now; what was told of another day counts no more."""
    for row in rows:
        standing = RetirementNotice.objects.filter(
            contract=contract, service_id=row.service_id, withdrawn_at=None
        )
        standing.update(withdrawn_at=at)
        if row.retired_on is not None:
            RetirementNotice.objects.create(
                contract=contract, service_id=row.service_id, retired_on=row.retired_on, at=at
            )


def _line(row: Retirement) -> dict[str, str]:
    """Name a service and its days: a line of the letter's list."""
    day = row.retired_on
    return {
        "service": f"{row.code} {row.name}",
        "from": days.format_date(day) if day else "",
        "until": days.format_date(day - timedelta(days=1)) if day and row.is_agreed else "",
    }
