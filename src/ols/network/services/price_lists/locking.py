"""Price lists and their contracts, locked: the contract first, then the list, so nobody waits in a circle."""

from datetime import date
from typing import Final

from django.db import connection

from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models, selectors
from ols.network.states import ContractStatus, PriceListStatus

_HOLD: Final = "SELECT 1 FROM network_area_opening WHERE insurer_id = %s AND area_id = %s FOR SHARE"
EDITABLE = (PriceListStatus.DRAFT, PriceListStatus.RETURNED)


class ContractNotActive(Exception):
    """Prices are agreed only within an active co-operation."""


class AreaNotOpen(Exception):
    """The insurer does not offer the area yet, or its terms are not accepted."""


class AreaClosed(AreaNotOpen):
    """The insurer takes no new price lists in the area; a draft waits."""


def locked_contract(actor: Actor, uuid: str) -> models.Contract:
    """Lock the provider's own contract; it must be active."""
    rows = models.Contract.objects.select_for_update()
    row = rows.filter(provider_id=actor.organization_id, uuid=uuid).first()
    if row is None:
        raise NotFound
    if row.status != ContractStatus.ACTIVE:
        raise ContractNotActive
    return row


def open_area_of(actor: Actor, contract: models.Contract, code: str, *, on: date) -> selectors.ContractArea:
    """Return the area if prices may be agreed in it now."""
    area = selectors.contract_area(actor, uuid=str(contract.uuid), code=code, on=on)
    if not area.is_open or area.accepted_at is None:
        raise AreaNotOpen
    return area


def require_not_closed(contract: models.Contract, area_id: int, *, on: date) -> None:
    """Refuse a new price list in a closed area; until the transaction ends nobody closes an open one.

    Many clinics hold an area together, a closing waits for them all.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [contract.insurer_id, area_id])
    row = models.AreaOpening.objects.filter(insurer_id=contract.insurer_id, area_id=area_id).first()
    if row is not None and row.days.is_closed(on):
        raise AreaClosed


def locked_list(
    *, uuid: str, provider_id: int | None = None, insurer_id: int | None = None
) -> models.PriceList:
    """Lock a list of this provider, or one that was sent to this insurer."""
    rows = models.PriceList.objects.select_for_update(of=("self",)).select_related("contract", "area")
    if insurer_id is None:
        row = rows.filter(uuid=uuid, contract__provider_id=provider_id).first()
    else:
        row = rows.filter(uuid=uuid, contract__insurer_id=insurer_id).exclude(sent_at=None).first()
    if row is None:
        raise NotFound
    return row


def locked_pair(actor: Actor, uuid: str) -> models.PriceList:
    """Lock a list and, before it, its contract, for either side to answer; the contract must be active."""
    found = models.PriceList.objects.filter(uuid=uuid).values_list("contract_id", flat=True).first()
    if found is None:
        raise NotFound
    contract = models.Contract.objects.select_for_update().get(pk=found)
    is_insurer = actor.organization_kind == "insurer"
    side = {"insurer_id" if is_insurer else "provider_id": actor.organization_id}
    row = locked_list(uuid=uuid, **side)
    if contract.status != ContractStatus.ACTIVE:
        raise ContractNotActive
    return row
