"""Remarks at single fields of an offer: kept when it is returned, cleared when it is sent again."""

from collections.abc import Mapping
from datetime import datetime

from ols.db.transactions import within_transaction
from ols.kernel.actor import Actor
from ols.network import asked, models


class UnknownField(ValueError):
    """An offer has no field of this name."""


def document_names(row: models.Contract) -> dict[str, str]:
    """Return the names of the documents the insurer ever asked for, by code."""
    found = models.DocumentRequirement.objects.filter(insurer_id=row.insurer_id)
    return dict(found.values_list("code", "name"))


def require_known(fields: Mapping[str, str], documents: Mapping[str, str]) -> None:
    """Let pass what an offer to this insurer has.

    :raises UnknownField: it has no such field
    """
    known = {*asked.PARAMETER_FIELDS, *map(asked.document_field, documents)}
    unknown = sorted(set(fields) - known)
    if unknown:
        raise UnknownField(unknown[0])


@within_transaction
def keep(row: models.Contract, fields: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    """Keep a remark for each field of the offer that goes back."""
    models.OfferRemark.objects.bulk_create(
        models.OfferRemark(
            contract=row, field=name, text=words, at=at, user_id=actor.person(), user_name=actor.name
        )
        for name, words in fields.items()
    )


@within_transaction
def clear(row: models.Contract, *, at: datetime) -> None:
    """The offer is sent again: its remarks have had their answer, and stay as history."""
    row.remarks.filter(cleared_at=None).update(cleared_at=at)
