"""Whether an organization or a person has access."""

from ols.accounts.permissions import Permission
from ols.workflow.machine import Machine, step


class AccessStatus:
    """Access, or none for now; nothing is ever deleted."""

    ACTIVE = "active"
    BLOCKED = "blocked"


S = AccessStatus


def _access(name: str) -> Machine:
    return Machine(
        name=name,
        statuses=frozenset({S.ACTIVE, S.BLOCKED}),
        initial=S.ACTIVE,
        transitions={
            "block": step(S.ACTIVE, to=S.BLOCKED, by=Permission.ORGANIZATION_BLOCK),
            "unblock": step(S.BLOCKED, to=S.ACTIVE, by=Permission.ORGANIZATION_BLOCK),
        },
    )


ORGANIZATION = _access("organization")
PERSON = _access("user")
