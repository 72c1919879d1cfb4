"""Reading remarks at single fields of an offer, for the two it is between."""

from django.db.models import QuerySet

from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors import cooperation
from ols.network.selectors.remark_rows import RemarkRow, remark_row


def open_remarks(actor: Actor, *, contract_uuid: str) -> dict[str, RemarkRow]:
    """Return the remarks that wait for a correction, by field; nothing for a stranger."""
    rows = _visible(actor, contract_uuid).filter(cleared_at=None).order_by("pk")
    return {row.field: remark_row(row) for row in rows}


def all_remarks(actor: Actor, *, contract_uuid: str) -> list[RemarkRow]:
    """Return every remark there ever was, the newest first."""
    return [remark_row(row) for row in _visible(actor, contract_uuid).order_by("-at", "pk")]


def _visible(actor: Actor, contract_uuid: str) -> "QuerySet[models.OfferRemark]":
    contracts = cooperation.visible_contracts(actor).filter(uuid=contract_uuid)
    return models.OfferRemark.objects.filter(contract__in=contracts)
