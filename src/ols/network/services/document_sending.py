"""What sending and accepting an offer mean for its documents."""

from datetime import date, datetime

from ols.db.transactions import within_transaction
from ols.documents import services as documents
from ols.network import document_rules, models
from ols.network.selectors import documents as reading
from ols.network.states import DocumentStatus


class DocumentsExpired(Exception):
    """Documents ended while the offer waited; `names` are their kinds."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep what has ended."""
        super().__init__(", ".join(names))
        self.names = names


@within_transaction
def mark_sent(row: models.Contract, *, at: datetime) -> None:
    """Show the given files to the insurer and keep with each what its kind demanded when it was sent."""
    for item in row.documents.filter(status=DocumentStatus.GIVEN).select_related("requirement"):
        show(item, at=at)


@within_transaction
def show(item: models.ContractDocument, *, at: datetime) -> None:
    """Show one file to the insurer."""
    kind = item.requirement
    item.ends_on = document_rules.ends_on(reading.rules_of(kind), reading.dates_of(item))
    item.asked = {
        "name": kind.name,
        "name_en": kind.name_en,
        "is_required": kind.is_required,
        "max_age": kind.max_age,
        "age_unit": kind.age_unit,
        "is_renewed": kind.is_renewed,
        "has_end": kind.has_end,
    }
    item.sent_at = at
    item.save(update_fields=["ends_on", "asked", "sent_at"])
    documents.grant(document_id=item.document_id, organization_id=item.contract.insurer_id)


def require_in_force(row: models.Contract, *, on: date) -> None:
    """Let an offer be accepted only while its documents count.

    :raises DocumentsExpired: with the kinds of those that have ended
    """
    ended = tuple(item.name for item in reading.documents_of(row, on=on) if item.problem)
    if ended:
        raise DocumentsExpired(ended)
