"""The whole engine of the state machines: data in `<context>/states.py`, one function that moves a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from ols.audit import services as audit
from ols.db.transactions import within_transaction
from ols.kernel.actor import Actor


@dataclass(frozen=True)
class Transition:
    """An allowed step: from which statuses, to which one, by whose permission (None: only the system).

    Without a target the status stays as it is: the step is allowed there and writes something beside it.
    """

    sources: frozenset[str]
    target: str | None
    permission: str | None

    def target_from(self, source: str) -> str:
        """Return where the step leads from one of its sources."""
        return source if self.target is None else self.target


def step(*sources: str, to: str, by: str | None) -> Transition:
    """Declare a transition."""
    return Transition(frozenset(sources), to, by)


def stay(*sources: str, by: str | None) -> Transition:
    """Declare a step that leaves the status as it is."""
    return Transition(frozenset(sources), None, by)


@dataclass(frozen=True)
class Machine:
    """A named set of statuses and the only steps between them."""

    name: str
    statuses: frozenset[str]
    initial: str
    transitions: Mapping[str, Transition]

    def actions_from(self, status: str, actor: Actor) -> list[str]:
        """Return the actions the actor may take now: the buttons of a page."""
        return [
            name
            for name, transition in self.transitions.items()
            if status in transition.sources and transition.permission in actor.permissions
        ]

    def check(self) -> models.Q:
        """Return the condition for the status column's CHECK constraint."""
        return models.Q(status__in=sorted(self.statuses))


class TransitionRefused(Exception):
    """The object is not (any more) in a status from which this step starts."""


@within_transaction
def apply(  # noqa: PLR0913 - the one door through which every status changes
    machine: Machine,
    row: models.Model,
    action: str,
    *,
    actor: Actor,
    at: datetime,
    remark: str = "",
    data: Mapping[str, object] | None = None,
    set_fields: Mapping[str, Any] | None = None,
) -> None:
    """Move one row by compare-and-swap and record the event `<machine>.<action>`.

    `row` needs `pk`, `uuid` and `status`; `set_fields` are columns written in the same UPDATE (a step that
    stays needs some).

    :raises kernel.actor.NotPermitted: the actor lacks the transition's permission
    :raises TransitionRefused: the stored status does not allow the action (somebody was faster)
    """
    transition = machine.transitions[action]
    if transition.permission is not None:
        actor.require(transition.permission)
    moves = {} if transition.target is None else {"status": transition.target}
    values = {**moves, **(set_fields or {})}
    rows = type(row)._default_manager  # noqa: SLF001 - Django documents it for code over any model
    moved = rows.filter(pk=row.pk, status__in=sorted(transition.sources)).update(**values)
    if not moved:
        raise TransitionRefused(f"{machine.name}.{action}")
    for name, value in values.items():
        setattr(row, name, value)
    subject: UUID = row.uuid  # type: ignore[attr-defined]
    audit.record(
        event=f"{machine.name}.{action}",
        subject_kind=machine.name,
        subject_uuid=subject,
        actor=actor,
        at=at,
        remark=remark,
        data=data,
    )


def mermaid(machine: Machine, who: Mapping[str, str] | None = None) -> str:
    """Return the machine as a Mermaid state diagram (docs/states); `who` says who takes which action."""
    labels = {name: f"{name} ({who[name]})" if who else name for name in machine.transitions}
    lines: list[str] = ["stateDiagram-v2", f"    [*] --> {machine.initial}"]
    lines += [
        f"    {source} --> {transition.target_from(source)}: {labels[name]}"
        for name, transition in machine.transitions.items()
        for source in sorted(transition.sources)
    ]
    return "\n".join(lines) + "\n"
