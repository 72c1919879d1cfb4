"""How far a provider is: what is done, what comes next, what has to wait (the task list of its home page)."""

from dataclasses import dataclass
from datetime import date

from ols.accounts import selectors as accounts
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network.models import TermsKind
from ols.network.selectors import acceptance, areas, cooperation
from ols.network.states import ContractStatus
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
    """One task; `code` names it, the rest says whose and about what it is (empty where it does not apply)."""

    code: str
    state: str
    insurer_uuid: str = ""
    insurer_name: str = ""
    contract_uuid: str = ""
    area_code: str = ""
    area_name: str = ""


@dataclass(frozen=True)
class InsurerRow:
    """One insurer and the actor's contract with it that is neither rejected nor ended."""

    organization: accounts.OrganizationRow
    contract: cooperation.ContractRow | None
    has_terms: bool


def service_terms_accepted(actor: Actor, *, on: date) -> bool:
    """Say whether the organization accepted the insurance service's terms in force (the end of stage II)."""
    if actor.organization_id is None:
        return False
    current = acceptance.current_terms(kind=TermsKind.INSURANCE_SERVICE, on=on)
    return acceptance.is_accepted(organization_id=actor.organization_id, terms=current)


def service_tasks(actor: Actor, *, on: date) -> list[TaskRow]:
    """Return the tasks of stage II in their order."""
    accepted = service_terms_accepted(actor, on=on)
    confirmed = registry.data_confirmation(actor) is not None
    terms_state = TaskState.TODO if confirmed else TaskState.LOCKED
    return [
        TaskRow("facility", TaskState.DONE if confirmed else TaskState.TODO),
        TaskRow("service-terms", TaskState.DONE if accepted else terms_state),
    ]


def insurers(actor: Actor, *, on: date) -> list[InsurerRow]:
    """Return the insurers of the platform in Polish order, each with the actor's co-operation."""
    return [
        InsurerRow(
            organization=row,
            contract=cooperation.open_contract(actor, insurer_id=row.id),
            has_terms=acceptance.current_terms(kind=TermsKind.GENERAL, insurer_id=row.id, on=on) is not None,
        )
        for row in accounts.organizations(kind="insurer")
    ]


def insurer(actor: Actor, *, uuid: str, on: date) -> InsurerRow:
    """Return one insurer with the actor's co-operation.

    :raises ols.db.errors.NotFound: there is no such insurer
    """
    for row in insurers(actor, on=on):
        if row.organization.uuid == uuid:
            return row
    raise NotFound


def cooperation_tasks(actor: Actor, *, on: date) -> list[TaskRow]:
    """Return the tasks of stage III, insurer by insurer."""
    ready = service_terms_accepted(actor, on=on)
    return [task for row in insurers(actor, on=on) for task in _insurer_tasks(actor, row, ready=ready, on=on)]


def _insurer_tasks(actor: Actor, row: InsurerRow, *, ready: bool, on: date) -> list[TaskRow]:
    """Return what there is to do with one insurer."""
    whose = {"insurer_uuid": row.organization.uuid, "insurer_name": row.organization.name}
    if row.contract is None:
        state = TaskState.TODO if ready and row.has_terms else TaskState.LOCKED
        return [TaskRow("join", state, **whose)]
    whose["contract_uuid"] = row.contract.uuid
    if row.contract.status != ContractStatus.ACTIVE:
        return [TaskRow("offer", _OFFER_STATES.get(row.contract.status, TaskState.LOCKED), **whose)]
    return [
        TaskRow("offer", TaskState.DONE, **whose),
        *(
            TaskRow("area", _area_state(area), area_code=area.code, area_name=area.name, **whose)
            for area in areas.contract_areas(actor, uuid=row.contract.uuid, on=on)
        ),
    ]


_OFFER_STATES = {
    ContractStatus.DRAFT: TaskState.TODO,
    ContractStatus.RETURNED: TaskState.RETURNED,
    ContractStatus.OFFERED: TaskState.WAITING,
}
_LIST_STATES = {"draft": TaskState.TODO, "returned": TaskState.RETURNED, "sent": TaskState.WAITING}


def _area_state(area: areas.ContractArea) -> str:
    """Return where the provider stands in one area: terms first, then prices."""
    if not area.is_open:
        return TaskState.LOCKED
    if area.accepted_at is None:
        return TaskState.TODO
    if area.list_status:
        return _LIST_STATES[area.list_status]
    return TaskState.DONE if area.has_prices else TaskState.TODO
