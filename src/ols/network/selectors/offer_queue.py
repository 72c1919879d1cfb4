"""The insurer's queue: offers, price lists and new documents that wait for it, found, sorted, in pages."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from django.db.models import Count, F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.kernel.sortkey import search_key
from ols.network import models
from ols.network.selectors import cooperation, documents, ending_documents
from ols.network.states import ContractStatus, DocumentStatus, PriceListStatus

OFFERS: Final = "offers"
LISTS: Final = "lists"
DOCUMENTS: Final = "documents"
SHOWN: Final = (OFFERS, LISTS, DOCUMENTS)
NARROWED: Final = ("overdue", "today")
SORTED_BY: Final = ("due", "sent", "name")
_FIRST = {OFFERS: "due", LISTS: "sent", DOCUMENTS: "due"}
# Letters of both cases: what the database takes for lower case depends on where it runs.
_POLISH, _PLAIN = Value("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"), Value("acelnoszz" * 2)


@dataclass(frozen=True)
class QueueFilter:
    """What of the queue is wanted: `show` of SHOWN, `only` of NARROWED or empty, words, an order."""

    show: str = OFFERS
    only: str = ""
    text: str = ""
    sort: str = ""


@dataclass(frozen=True)
class OfferFigures:
    """How many rows each filter would show, with the words that are searched for now."""

    offers: int
    lists: int
    documents: int
    documents_late: int
    overdue: int
    today: int


@dataclass(frozen=True)
class QueueRow:
    """One offer, one price list with its area, or one document (of `contract`) that waits.

    `due_at`: by when an offer is answered; when the document ends that the new one shall replace.
    """

    uuid: UUID
    number: str
    provider_name: str
    nip: str
    city: str
    sent_at: datetime | None
    due_at: datetime | None
    area: catalog.AreaRow | None = None
    services: int = 0
    contract: UUID | None = None
    document: str = ""


def normal(wanted: QueueFilter) -> QueueFilter:
    """Return what can be asked for: unknown words of an address fall back to the usual."""
    show = wanted.show if wanted.show in SHOWN else OFFERS
    known = wanted.sort.removeprefix("-") in SORTED_BY and (show != LISTS or "due" not in wanted.sort)
    only = wanted.only if wanted.only in NARROWED and show == OFFERS else ""
    return replace(wanted, show=show, only=only, sort=wanted.sort if known else _FIRST[show])


def figures(actor: Actor, *, text: str = "", at: datetime) -> OfferFigures:
    """Count what waits by each filter; price lists only for those who decide them.

    A document is late when the one it shall replace has ended.
    """
    found = _offers(actor, text).aggregate(
        offers=Count("pk"),
        overdue=Count("pk", filter=_narrowed("overdue", at)),
        today=Count("pk", filter=_narrowed("today", at)),
    )
    files = _documents(actor, text).aggregate(
        documents=Count("pk"),
        documents_late=Count("pk", filter=Q(renews__ends_on__lt=days.local_date(at))),
    )
    return OfferFigures(**found, **files, lists=_lists(actor, text).count())


def waiting(
    actor: Actor, *, wanted: QueueFilter, at: datetime, offset: int = 0, size: int = 25
) -> list[QueueRow]:
    """Return a page of what waits, the most urgent (or the longest waiting) first unless sorted."""
    wanted = normal(wanted)
    if wanted.show == LISTS:
        areas = {row.id: row for row in catalog.areas()}
        lists = _lists(actor, wanted.text).annotate(priced=Count("items"))
        lists = _ordered(lists, wanted.sort, "contract__", "sent_at")
        return [_list_row(row, areas) for row in lists[offset : offset + size]]
    if wanted.show == DOCUMENTS:
        files = _documents(actor, wanted.text)
        files = _ordered(files, wanted.sort, "contract__", "sent_at", due="renews__ends_on")
        return [_document_row(row) for row in files[offset : offset + size]]
    offers = _offers(actor, wanted.text)
    if wanted.only:
        offers = offers.filter(_narrowed(wanted.only, at))
    offers = _ordered(offers, wanted.sort, "", "offered_at")
    return [_offer_row(row) for row in offers[offset : offset + size]]


def _narrowed(only: str, at: datetime) -> Q:
    if only == "overdue":
        return Q(answer_due_at__lt=at)
    return Q(answer_due_at__gte=at, answer_due_at__lte=days.end_of_day(days.local_date(at)))


def _offers(actor: Actor, text: str) -> QuerySet[models.Contract]:
    actor.require(Permission.CONTRACT_REVIEW)
    rows = cooperation.visible_contracts(actor).filter(
        insurer_id=actor.organization_id, status=ContractStatus.OFFERED
    )
    return with_words(rows, text).select_related("provider")


def _lists(actor: Actor, text: str) -> QuerySet[models.PriceList]:
    rows = models.PriceList.objects.filter(status=PriceListStatus.SENT)
    if not actor.has(Permission.PRICELIST_REVIEW):
        return rows.none()
    contracts = cooperation.visible_contracts(actor).filter(insurer_id=actor.organization_id)
    return rows.filter(contract__in=with_words(contracts, text)).select_related("contract__provider")


def _documents(actor: Actor, text: str) -> QuerySet[models.ContractDocument]:
    """Return the documents of lasting co-operations that were sent for the insurer's decision."""
    rows = documents.visible_files(actor).filter(status=DocumentStatus.WAITING)
    contracts = cooperation.visible_contracts(actor).filter(insurer_id=actor.organization_id)
    return rows.filter(contract__in=with_words(contracts, text)).select_related("renews")


def with_words(rows: QuerySet[models.Contract], text: str) -> QuerySet[models.Contract]:
    """Find words in the clinic's name, its town and the number, digits in its NIP, whatever the accents."""
    rows = rows.annotate(
        words=Lower(
            Func(
                Func(
                    F("provider__name"),
                    F("provider__city"),
                    F("number"),
                    template="concat_ws(' ', %(expressions)s)",
                ),
                _POLISH,
                _PLAIN,
                function="translate",
            )
        )
    )
    for word in search_key(text)[:200].split():
        digits = word.removeprefix("pl").replace("-", "")
        found = Q(words__contains=word)
        rows = rows.filter(found | Q(provider__nip__contains=digits) if digits.isdigit() else found)
    return rows


def _ordered(
    rows: QuerySet[Any], sort: str, way: str, sent: str, due: str = "answer_due_at"
) -> QuerySet[Any]:
    """Sort; what has no deadline comes after what has one, whichever way."""
    name, descends = sort.removeprefix("-"), sort.startswith("-")
    column = F({"due": due, "sent": sent, "name": f"{way}provider__sort_key"}[name])
    order = column.desc(nulls_last=True) if descends else column.asc(nulls_last=True)
    return rows.order_by(order, "-pk" if descends else "pk")


def _offer_row(row: models.Contract) -> QueueRow:
    clinic = row.provider
    return QueueRow(
        row.uuid, row.number, clinic.name, clinic.nip, clinic.city, row.offered_at, row.answer_due_at
    )


def _list_row(row: models.PriceList, areas: dict[int, catalog.AreaRow]) -> QueueRow:
    clinic = row.contract.provider
    return QueueRow(
        row.uuid,
        row.contract.number,
        clinic.name,
        clinic.nip,
        clinic.city,
        row.sent_at,
        None,
        areas[row.area_id],
        cast("Any", row).priced,
    )


def _document_row(row: models.ContractDocument) -> QueueRow:
    clinic, before = row.contract.provider, row.renews
    return QueueRow(
        row.document.uuid,
        row.contract.number,
        clinic.name,
        clinic.nip,
        clinic.city,
        row.sent_at,
        days.end_of_day(before.ends_on) if before and before.ends_on else None,
        contract=row.contract.uuid,
        document=ending_documents.name_of(row),
    )
