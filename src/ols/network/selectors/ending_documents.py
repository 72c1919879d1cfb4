"""Documents of lasting co-operations that end: what is asked for anew, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from ols.kernel.actor import Actor
from ols.network import document_rules, models
from ols.network.selectors.documents import LASTING, DocumentFile, localized, translate, visible_files
from ols.network.states import DocumentStatus


@dataclass(frozen=True)
class EndingDocument:
    """A document of a lasting co-operation that ends soon or has ended; `renewal` is what became of asking.

    `renewal` is empty (nothing came), waiting (for the insurer) or returned (with `remark`).
    `suspends_on` is from when the co-operation is suspended without a new one; None: it is not.
    """

    uuid: str
    contract_uuid: str
    contract_number: str
    insurer_uuid: str
    insurer_name: str
    provider_name: str
    code: str
    name: str
    file_name: str
    ends_on: date
    days_left: int
    renewal: str
    renewal_uuid: str
    remark: str
    suspends_on: date | None

    @property
    def is_expired(self) -> bool:
        """Whether its last day has passed."""
        return self.days_left < 0


def documents_expiring(
    actor: Actor, *, on: date, offset: int = 0, size: int | None = None
) -> list[EndingDocument]:
    """Return what ends within 30 days or has ended, the most pressing first; each side sees its own."""
    rows = _expiring(actor, on).order_by("ends_on", "id")
    found = list(rows[offset:] if size is None else rows[offset : offset + size])
    renewals = _renewals(item.pk for item in found)
    return [_ending(item, renewals.get(item.pk), on) for item in found]


def expiring_count(actor: Actor, *, on: date) -> int:
    """Return how many of them there are."""
    return _expiring(actor, on).count()


def documents_waiting(actor: Actor) -> list[tuple[str, str, DocumentFile]]:
    """Return the new documents that wait for the insurer's answer: contract, provider's name, the file."""
    rows = visible_files(actor).filter(
        contract__insurer_id=actor.organization_id, status=DocumentStatus.WAITING
    )
    return [
        (str(item.contract.uuid), item.contract.provider.name, translate(item))
        for item in rows.order_by("added_at", "id")
    ]


def name_of(item: models.ContractDocument) -> str:
    """Return what the kind was called when the file was sent, in the reader's language."""
    return localized(
        item.asked.get("name", item.requirement.name), item.asked.get("name_en", item.requirement.name_en)
    )


def _expiring(actor: Actor, on: date) -> QuerySet[models.ContractDocument]:
    return visible_files(actor).filter(
        contract__status__in=LASTING,
        status=DocumentStatus.GIVEN,
        ends_on__lte=on + timedelta(days=document_rules.NOTICES[0]),
    )


def _renewals(of: Iterable[int]) -> dict[int, models.ContractDocument]:
    """Return the renewal on its way for each of the files, if there is one."""
    rows = models.ContractDocument.objects.filter(
        renews_id__in=list(of), status__in=[DocumentStatus.WAITING, DocumentStatus.RETURNED]
    )
    return {item.renews_id: item for item in rows.order_by("id") if item.renews_id is not None}


def _ending(
    item: models.ContractDocument, renewal: models.ContractDocument | None, on: date
) -> EndingDocument:
    """Translate a row of what ends."""
    assert item.ends_on is not None
    after = item.requirement.suspend_after_days
    return EndingDocument(
        uuid=str(item.uuid),
        contract_uuid=str(item.contract.uuid),
        contract_number=item.contract.number,
        insurer_uuid=str(item.contract.insurer.uuid),
        insurer_name=item.contract.insurer.name,
        provider_name=item.contract.provider.name,
        code=item.requirement.code,
        name=name_of(item),
        file_name=item.document.original_name,
        ends_on=item.ends_on,
        days_left=(item.ends_on - on).days,
        renewal=renewal.status if renewal else "",
        renewal_uuid=str(renewal.uuid) if renewal else "",
        remark=renewal.remark if renewal else "",
        suspends_on=None if after is None else item.ends_on + timedelta(days=after + 1),
    )
