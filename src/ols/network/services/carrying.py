"""A co-operation begun anew starts from what the last one with the same insurer held."""

from ols.network import models
from ols.network.states import DocumentStatus

_CARRIED = (
    "iban", "bank_name", "terms_person", "contact_name", "contact_email", "contact_phone",
    "earlier_contact_email",
)  # fmt: skip


def carry_over(row: models.Contract, earlier: models.Contract) -> None:
    """Copy account, contact and documents; the first day is chosen anew."""
    for name in _CARRIED:
        setattr(row, name, getattr(earlier, name))
    row.save(update_fields=_CARRIED)
    given = earlier.documents.filter(status=DocumentStatus.GIVEN, requirement__is_active=True)
    for item in given.order_by("pk"):
        models.ContractDocument.objects.create(
            contract=row,
            requirement_id=item.requirement_id,
            document_id=item.document_id,
            issued_on=item.issued_on,
            valid_until=item.valid_until,
            ends_on=item.ends_on,
            added_at=item.added_at,
            added_by=item.added_by,
        )
