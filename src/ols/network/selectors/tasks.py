"""What is next for a provider on its way to prices in force: the task list of its home page.

Everything is read at once, however many insurers and areas there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from ols.accounts import selectors as accounts
from ols.catalog import selectors as catalog
from ols.kernel.actor import Actor
from ols.network import asked, models
from ols.network.area_days import AreaDays
from ols.network.models import TermsKind
from ols.network.selectors.area_lists import UNSENT
from ols.network.selectors.contract_standing import remark_of
from ols.network.selectors.cooperation import PARAMETERS, is_filled
from ols.network.selectors.documents import lacking
from ols.network.selectors.ending_documents import EndingDocument, documents_expiring
from ols.network.selectors.progress import service_terms_accepted
from ols.network.selectors.standing import Scope, Standing, standings_of
from ols.network.states import ContractStatus, DocumentStatus, PriceListStatus
from ols.registry import selectors as registry


class TaskState:
    """Where one task stands."""

    LOCKED = "locked"
    TODO = "todo"
    WAITING = "waiting"  # somebody else's turn
    RETURNED = "returned"  # came back with a remark
    DONE = "done"


@dataclass(frozen=True)
class TaskRow:
    """One task; `code` names it, the rest says whose and about what it is (empty where it does not apply).

    `missing` are the documents that are not there or do not do; `due_at` is by when the other side answers.
    `closed_since`: the area takes no new price lists, until `opens_on` where that is known.
    `document` is one that ends on `ends_on`, `file_uuid` the file given for it.
    """

    code: str
    state: str
    insurer_uuid: str = ""
    insurer_name: str = ""
    contract_uuid: str = ""
    area_code: str = ""
    area_name: str = ""
    terms_uuid: str = ""
    remark: str = ""
    missing: tuple[str, ...] = ()
    due_at: datetime | None = None
    opens_on: date | None = None
    closed_since: date | None = None
    document: str = ""
    file_uuid: str = ""
    ends_on: date | None = None
    suspends_on: date | None = None
    is_overdue: bool = False


@dataclass(frozen=True)
class _Area:
    """What is known of one area of one contract."""

    terms: tuple[int, UUID] | None
    is_accepted: bool
    working: tuple[str, str] | None  # status and remark of the price list being worked on
    has_prices: bool

    @property
    def goes_on(self) -> bool:
        """Say whether there is something to do or to wait for, even where no new list can be sent.

        New terms are accepted all the same: what was agreed under the old ones would be suspended.
        """
        has_list = self.has_prices or self.working is not None
        if not self.is_accepted:
            return has_list
        return self.working is not None and self.working[0] not in UNSENT


@dataclass(frozen=True)
class _Known:
    """Everything the tasks of all insurers are made from."""

    on: date
    is_ready: bool
    contracts: dict[int, models.Contract]
    terms: dict[tuple[int, int | None], tuple[int, UUID]]
    accepted: dict[Scope, Standing]
    openings: dict[int, dict[int, AreaDays]]
    areas: list[catalog.AreaRow]
    lists: dict[tuple[int, int], list[tuple[str, str]]]
    missing: dict[int, tuple[str, ...]]
    remarks: dict[int, list[models.OfferRemark]]

    def area(self, contract: models.Contract, area_id: int) -> _Area:
        """Return what is known of one area."""
        terms = self.terms.get((contract.insurer_id, area_id))
        standing = self.accepted.get(Scope(TermsKind.THEMATIC, contract.insurer_id, area_id))
        lists = self.lists.get((contract.pk, area_id), [])
        working = [item for item in lists if item[0] != PriceListStatus.ACCEPTED]
        return _Area(
            terms=terms,
            is_accepted=standing is not None and standing.holds(self.on),
            working=working[0] if working else None,
            has_prices=len(lists) > len(working),
        )


def service_tasks(actor: Actor, *, on: date) -> list[TaskRow]:
    """Return the tasks of stage II in their order."""
    accepted = service_terms_accepted(actor, on=on)
    confirmed = registry.data_confirmation(actor) is not None
    terms_state = TaskState.TODO if confirmed else TaskState.LOCKED
    return [
        TaskRow("facility", TaskState.DONE if confirmed else TaskState.TODO),
        TaskRow("service-terms", TaskState.DONE if accepted else terms_state),
    ]


def cooperation_tasks(actor: Actor, *, ready: bool, on: date) -> list[TaskRow]:
    """Return the tasks of stage III, insurer by insurer; `ready` says that stage II is finished."""
    known = _known(actor.organization(), ready=ready, on=on)
    ending: dict[str, list[EndingDocument]] = {}
    for item in documents_expiring(actor, on=on):
        ending.setdefault(item.insurer_uuid, []).append(item)
    return [
        task
        for row in accounts.organizations(kind="insurer")
        for task in (
            *(_renewal_task(item) for item in ending.get(row.uuid, ())),
            *_insurer_tasks(row, known),
        )
    ]


def _renewal_task(item: EndingDocument) -> TaskRow:
    """Return what has become of asking for a document anew."""
    return TaskRow(
        "renewal",
        _RENEWAL_STATES[item.renewal],
        insurer_uuid=item.insurer_uuid,
        insurer_name=item.insurer_name,
        contract_uuid=item.contract_uuid,
        remark=item.remark,
        document=item.name,
        file_uuid=item.renewal_uuid or item.uuid,
        ends_on=item.ends_on,
        suspends_on=item.suspends_on,
        is_overdue=item.is_expired,
    )


_RENEWAL_STATES = {
    "": TaskState.TODO,
    DocumentStatus.WAITING: TaskState.WAITING,
    DocumentStatus.RETURNED: TaskState.RETURNED,
}


def _insurer_tasks(row: accounts.OrganizationRow, known: _Known) -> list[TaskRow]:
    """Return what there is to do with one insurer."""
    contract = known.contracts.get(row.id)
    whose = TaskRow("join", TaskState.DONE, insurer_uuid=row.uuid, insurer_name=row.name)
    if contract is None:
        can_start = known.is_ready and (row.id, None) in known.terms
        return [replace(whose, state=TaskState.TODO if can_start else TaskState.LOCKED)]
    whose = replace(whose, contract_uuid=str(contract.uuid))
    if contract.status in {ContractStatus.DRAFT, ContractStatus.RETURNED}:
        return [whose, *_offer_tasks(whose, contract, known.missing[contract.pk], known.remarks)]
    if contract.status == ContractStatus.OFFERED:
        due = contract.answer_due_at
        return [whose, replace(whose, code="offer", state=TaskState.WAITING, due_at=due)]
    if contract.status == ContractStatus.SUSPENDED:
        return [replace(whose, code="suspended", state=TaskState.LOCKED, remark=remark_of(contract))]
    opened = known.openings.get(row.id, {})
    return [
        whose,
        replace(whose, code="offer"),
        *(
            _area_task(whose, area, known.area(contract, area.id), opened[area.id], known.on)
            for area in known.areas
            if area.id in opened
        ),
    ]


def _offer_tasks(
    whose: TaskRow,
    contract: models.Contract,
    missing: tuple[str, ...],
    remarks: Mapping[int, list[models.OfferRemark]],
) -> list[TaskRow]:
    """Return the steps of an offer that is being made or mended; a remark at a field opens its step anew."""
    asked_for = remarks.get(contract.pk, ())
    about_documents = " ".join(row.text for row in asked_for if row.field.startswith(asked.DOCUMENT))
    about_parameters = " ".join(row.text for row in asked_for if not row.field.startswith(asked.DOCUMENT))
    documents = tuple(name for name in missing if name != PARAMETERS)
    send = TaskState.LOCKED if missing else TaskState.TODO
    if contract.status == ContractStatus.RETURNED:
        send = TaskState.RETURNED
    return [
        _step(whose, "parameters", is_open=PARAMETERS in missing, remark=about_parameters),
        replace(
            _step(whose, "documents", is_open=bool(documents), remark=about_documents), missing=documents
        ),
        replace(whose, code="send", state=send, remark=contract.remark),
    ]


def _step(whose: TaskRow, code: str, *, is_open: bool, remark: str) -> TaskRow:
    """Return a step of the offer: to be mended, to do, or done."""
    state = TaskState.TODO if is_open else TaskState.DONE
    return replace(whose, code=code, state=TaskState.RETURNED if remark else state, remark=remark)


def _area_task(whose: TaskRow, area: catalog.AreaRow, found: _Area, opened: AreaDays, on: date) -> TaskRow:
    """Return where the provider stands in one area: terms first, then prices."""
    task = replace(whose, area_code=area.code, area_name=area.name)
    if not opened.has_begun(on) or found.terms is None:
        opens_on = None if opened.has_begun(on) else opened.opens_on
        return replace(task, code="area", state=TaskState.LOCKED, opens_on=opens_on)
    if opened.is_closed(on) and not found.goes_on:
        if found.has_prices and found.working is None:
            return replace(task, code="prices", state=TaskState.DONE)
        closed = replace(task, code="closed", state=TaskState.LOCKED, opens_on=opened.reopens_on)
        return replace(closed, closed_since=opened.closes_on)
    if not found.is_accepted:
        return replace(task, code="area-terms", state=TaskState.TODO, terms_uuid=str(found.terms[1]))
    if found.working is not None:
        status, remark = found.working
        return replace(task, code="prices", state=_LIST_STATES[status], remark=remark)
    return replace(task, code="prices", state=TaskState.DONE if found.has_prices else TaskState.TODO)


_LIST_STATES = {
    PriceListStatus.DRAFT: TaskState.TODO,
    PriceListStatus.RETURNED: TaskState.RETURNED,
    PriceListStatus.COUNTERED: TaskState.RETURNED,
    PriceListStatus.SENT: TaskState.WAITING,
}


def _known(provider_id: int, *, ready: bool, on: date) -> _Known:
    """Read everything, table by table."""
    over = [ContractStatus.REJECTED, ContractStatus.ENDED]
    contracts = list(models.Contract.objects.filter(provider_id=provider_id).exclude(status__in=over))
    begun = models.TermsVersion.objects.filter(
        kind__in=[TermsKind.GENERAL, TermsKind.THEMATIC], valid_from__lte=on
    ).order_by("valid_from", "id")
    openings: dict[int, dict[int, AreaDays]] = {}
    for opening in models.AreaOpening.objects.all():
        openings.setdefault(opening.insurer_id, {})[opening.area_id] = opening.days
    lists: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for row in models.PriceList.objects.filter(contract__in=contracts).order_by("id"):
        lists.setdefault((row.contract_id, row.area_id), []).append((row.status, row.remark))
    return _Known(
        on=on,
        is_ready=ready,
        contracts={row.insurer_id: row for row in contracts},
        terms={
            (insurer, area): (key, uuid)
            for insurer, area, key, uuid in begun.values_list("insurer_id", "area_id", "id", "uuid")
            if insurer is not None
        },
        accepted=standings_of(provider_id),
        openings=openings,
        areas=catalog.areas(),
        lists=lists,
        missing=_missing([row for row in contracts if row.status in _WORKED_ON], on),
        remarks=_remarks(contracts),
    )


def _remarks(contracts: list[models.Contract]) -> dict[int, list[models.OfferRemark]]:
    """Return the remarks at single fields that wait for a correction, by contract."""
    found: dict[int, list[models.OfferRemark]] = {}
    for row in models.OfferRemark.objects.filter(contract__in=contracts, cleared_at=None).order_by("pk"):
        found.setdefault(row.contract_id, []).append(row)
    return found


_WORKED_ON = {ContractStatus.DRAFT, ContractStatus.RETURNED}


def _missing(contracts: list[models.Contract], on: date) -> dict[int, tuple[str, ...]]:
    """Return what each offer lacks: "parameters" and the names of documents missing or not in order."""
    documents = lacking(contracts, on=on)
    return {row.pk: (*(() if is_filled(row) else (PARAMETERS,)), *documents[row.pk]) for row in contracts}
