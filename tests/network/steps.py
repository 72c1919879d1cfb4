"""Every step of every machine of the network, taken through the real services by anybody from any status."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from tests import cast, scenes
from tests.cast import AT, TODAY, Firm

from ols.accounts import selectors as accounts
from ols.accounts import services as accounts_services
from ols.accounts.permissions import Role
from ols.audit import selectors as audit
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import Actor, NotPermitted
from ols.kernel.identifiers import parse_nrb
from ols.network import models, services, states
from ols.workflow import machine
from ols.workflow.machine import Machine, TransitionRefused

MACHINES: dict[str, Machine] = {
    value.name: value for value in vars(states).values() if isinstance(value, Machine)
}
OTHER_IBAN = parse_nrb("27 1140 2004 0000 3002 0135 5387")
REFUSALS = (
    NotPermitted,
    NotFound,
    TransitionRefused,
    services.ContractNotActive,
    services.NotTheSecondPerson,
    services.NotTheRequester,
    services.DocumentChanged,
    services.OfferNotEditable,
    services.TooManyFiles,
)


@dataclass(frozen=True)
class World:
    """A co-operation that lasts, with a price list and a change of the account; and everybody who may try."""

    contract: models.Contract
    price_list: models.PriceList
    change: models.AccountChange
    document: models.ContractDocument
    people: dict[str, Actor]

    def row(self, machine: str) -> Any:
        """Return the object that moves."""
        rows = {
            "contract": self.contract,
            "price_list": self.price_list,
            "account_change": self.change,
            "contract_document": self.document,
        }
        return rows[machine]


def make() -> World:
    """Make the world."""
    operator, insurer, clinic = cast.operator(), cast.insurer(), cast.provider()
    scenes.prepare_insurer(insurer, "CONS")
    scenes.finish_stage_two(operator, clinic)
    contract = scenes.active(clinic, insurer)
    scenes.accept_area(clinic, insurer, "CONS")
    service = catalog.services(area_id=catalog.area(code="CONS").id)[0]
    scenes.sent_prices(clinic, contract, "CONS", {service.id: 100})
    second = second_owner(clinic)
    services.ask_account_change(
        actor=clinic.actor(Role.OWNER), contract_uuid=contract, iban=OTHER_IBAN, reason="Nowy bank", at=AT
    )
    people = {"clinic second-owner": second, **everybody(operator, insurer, clinic)}
    return World(
        models.Contract.objects.get(),
        models.PriceList.objects.get(),
        models.AccountChange.objects.get(),
        models.ContractDocument.objects.get(),
        people,
    )


def second_owner(clinic: Firm) -> Actor:
    """Give the clinic another owner."""
    with transaction.atomic():
        user = accounts_services.add_member(
            actor=cast.SYSTEM,
            organization_id=clinic.id,
            email="second.owner@example.org",
            name="Second owner (demo)",
            roles=[Role.OWNER],
            at=AT,
        )
    found = accounts.actor(user=user, organization_id=clinic.id, channel="web", ip=None)
    assert found is not None
    return found


def everybody(operator: Firm, insurer: Firm, clinic: Firm) -> dict[str, Actor]:
    """Return a person of every role on both sides, strangers, the operator, nobody and the system."""
    for firm in (clinic, insurer):
        for role in set(cast.ROLES[firm.kind]) - set(firm.people):
            firm.hire(role)
    return {
        **{f"clinic {role}": clinic.actor(role) for role in cast.ROLES["provider"]},
        **{f"insurer {role}": insurer.actor(role) for role in cast.ROLES["insurer"]},
        "operator": operator.actor(Role.OPERATOR),
        "other clinic": cast.provider(2).actor(Role.OWNER),
        "other insurer": cast.insurer(2).actor(Role.NETWORK_MANAGER),
        "nobody": Actor(None, None, "person", frozenset(), "web"),
        "system": Actor.system("job"),
    }


def _contract(service: Callable[..., object], **more: object) -> Callable[[World, Actor], object]:
    """Return a step of the contract."""
    return lambda world, actor: service(actor=actor, contract_uuid=str(world.contract.uuid), at=AT, **more)


def _list(service: Callable[..., object], **more: object) -> Callable[[World, Actor], object]:
    """Return a step of the price list."""
    return lambda world, actor: service(
        actor=actor, price_list_uuid=str(world.price_list.uuid), at=AT, **more
    )


def _change(service: Callable[..., object], **more: object) -> Callable[[World, Actor], object]:
    """Return a step of the change of the account."""
    return lambda world, actor: service(actor=actor, change_uuid=str(world.change.uuid), at=AT, **more)


def _lines(service: Callable[..., object], kind: str, **more: object) -> Callable[[World, Actor], object]:
    """Return an answer to the list's only line, prepared beforehand; the insurer has offered 90 before."""

    def give(world: World, actor: Actor) -> object:
        row, line = world.price_list, world.price_list.items.get()
        offer = {"round": 1, "side": "insurer", "kind": "countered", "asked_gr": 100, "price_gr": 90}
        models.PriceLineStep.objects.create(
            price_list=row, service_id=line.service_id, at=AT, user_name="x", **offer
        )
        models.PriceLineAnswer.objects.create(price_list=row, service_id=line.service_id, kind=kind, **more)
        return service(actor=actor, price_list_uuid=str(row.uuid), seen=0, at=AT)

    return give


def _carried(action: str) -> Callable[[World, Actor], object]:
    """Return a step the system takes for a list that has just been made of another's open lines."""

    def take(world: World, actor: Actor) -> None:
        with transaction.atomic():
            machine.apply(states.PRICE_LIST, world.price_list, action, actor=actor, at=AT)

    return take


def _in_draft(service: Callable[..., object], **more: object) -> Callable[[World, Actor], object]:
    """Return a step of the document while its offer is being made."""

    def taken(world: World, actor: Actor) -> object:
        models.Contract.objects.filter(pk=world.contract.pk).update(status="draft")
        uuids = {"contract_uuid": str(world.contract.uuid), "file_uuid": world.document.uuid}
        return service(actor=actor, **uuids, at=AT, **more)

    return taken


def _answered(service: Callable[..., object], **more: object) -> Callable[[World, Actor], object]:
    """Return an answer to the document."""
    return lambda world, actor: service(actor=actor, file_uuid=world.document.uuid, at=AT, **more)


def _renewal_accepted(world: World, actor: Actor) -> None:
    """Accept another document that shall take the place of the one looked at."""
    old = world.document
    new = models.ContractDocument.objects.create(
        contract=old.contract,
        requirement=old.requirement,
        document=old.document,
        renews=old,
        status="waiting",
        added_at=AT,
        sent_at=AT,
    )
    services.accept_document(actor=actor, file_uuid=new.uuid, at=AT)


def _another_added(world: World, actor: Actor) -> None:
    """Add another document: only it is sent, never the one looked at."""
    services.add_document(
        actor=actor,
        contract_uuid=str(world.contract.uuid),
        requirement_code="OC",
        file=scenes.PDF,
        name="oc.pdf",
        at=AT,
    )


_END = {"ends_on": TODAY + timedelta(days=30), "reason": "Powód"}
# How each step is taken. A new step of a machine is added here and in `test_states.EXPECTED`.
STEPS: dict[str, Callable[[World, Actor], object]] = {
    "contract.send_offer": _contract(services.send_offer),
    "contract.withdraw": _contract(services.withdraw_offer),
    "contract.accept": _contract(services.accept_offer),
    "contract.return": _contract(services.return_offer, remark="Powód"),
    "contract.reject": _contract(services.reject_offer, reason="Powód"),
    "contract.suspend": _contract(services.suspend_cooperation, reason="Powód"),
    "contract.resume": _contract(services.resume_cooperation),
    "contract.give_notice": _contract(services.give_notice, **_END),
    "contract.withdraw_notice": _contract(services.withdraw_notice),
    "contract.terminate": _contract(services.terminate_cooperation, **_END),
    "contract.cancel_termination": _contract(services.cancel_termination),
    "contract.end": lambda _world, actor: services.end_contracts(actor=actor, at=AT),
    "price_list.send": _list(services.send_price_list),
    "price_list.withdraw": _list(services.withdraw_price_list),
    "price_list.accept": _list(services.accept_price_list),
    "price_list.return": _list(services.return_price_list, remark="Powód"),
    "price_list.counter": _lines(services.answer_price_list, "countered", price_gr=80),
    "price_list.reply": _lines(services.reply_price_list, "kept", remark="Powód"),
    "price_list.agree": _lines(services.reply_price_list, "taken"),
    "price_list.rework": _list(services.rework_price_list),
    "price_list.carry_counter": _carried("carry_counter"),
    "price_list.carry_reply": _carried("carry_reply"),
    "account_change.confirm": _change(services.confirm_account_change),
    "account_change.refuse": _change(services.refuse_account_change, reason="Powód"),
    "account_change.insurer_confirm": _change(services.confirm_account_change),
    "account_change.insurer_refuse": _change(services.refuse_account_change, reason="Powód"),
    "account_change.withdraw": _change(services.withdraw_account_change),
    "contract_document.replace": _in_draft(
        services.replace_document, upload=services.Upload(scenes.PDF, "new.pdf")
    ),
    "contract_document.remove": _in_draft(services.remove_document),
    "contract_document.restore": _in_draft(services.restore_document),
    "contract_document.send": _another_added,
    "contract_document.accept": _answered(services.accept_document),
    "contract_document.return": _answered(services.return_document, remark="Powód"),
    "contract_document.give_way": _renewal_accepted,
}
# What must stand beside the status for the step to make sense.
BESIDE: dict[str, dict[str, object]] = {
    "contract.withdraw_notice": {"ends_on": _END["ends_on"], "notice_side": "provider"},
    "contract.cancel_termination": {"ends_on": _END["ends_on"], "notice_side": "insurer"},
    "contract.end": {"ends_on": TODAY, "notice_side": "insurer"},
    "account_change.insurer_confirm": {"confirmed_by": "insurer"},
}


def _beside(world: World, step: str, status: str) -> dict[str, object]:
    """Return what stands beside the status: the database keeps four eyes, too."""
    is_confirmed = step.startswith("account_change.") and status == "confirmed"
    second = {"decided_by_id": world.people["clinic second-owner"].user_id} if is_confirmed else {}
    is_gone = step.startswith("contract_document.") and status in {"replaced", "removed"}
    gone = {"replaced_at": AT} if is_gone else {}
    return {**BESIDE.get(step, {}), **second, **gone}


def tried(world: World, step: str) -> Iterator[tuple[str, str, str, str]]:
    """Try the step from every status as everybody; yield step, status, who, and the status after it.

    Only what came through is yielded: recorded as this very step, or moved without a record. Everything
    else must have been refused in a known way and have left the status alone.
    """
    name, _, action = step.partition(".")
    row = world.row(name)
    table = type(row).objects
    for status in sorted(MACHINES[name].statuses):
        for who, actor in world.people.items():
            if MACHINES[name].transitions[action].permission is None and who != "system":
                continue  # a job's step is on no page
            point = transaction.savepoint()
            table.filter(pk=row.pk).update(status=status, **_beside(world, step, status))
            before = _recorded(row)
            try:
                STEPS[step](world, actor)
            except REFUSALS:
                after = table.get(pk=row.pk).status
                assert after == status, (step, status, who)
            else:
                events = _recorded(row)[len(before) :]
                after = table.get(pk=row.pk).status
                # One service takes the step of each side: the other one is tried under its own name.
                if step in events or (after != status and not set(events) & set(STEPS)):
                    yield step, status, who, after
            transaction.savepoint_rollback(point)


def _recorded(row: Any) -> list[str]:
    """Return the events of the object."""
    return [found.event for found in audit.history(subject_uuid=row.uuid)]
