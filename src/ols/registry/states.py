"""What an import does to an entity, and how an alert about a facility that joined goes."""

from typing import Final

from ols.accounts.permissions import Permission
from ols.workflow.machine import Machine, step


class Change:
    """What happened to an entity of the register in an import."""

    ADDED = "added"
    CHANGED = "changed"
    RETURNED = "returned"
    STRUCK_OFF = "struck_off"
    VANISHED = "vanished"


CHANGES: Final = (Change.ADDED, Change.CHANGED, Change.RETURNED, Change.STRUCK_OFF, Change.VANISHED)
ALERT_KINDS: Final = (Change.STRUCK_OFF, Change.VANISHED)


class AlertStatus:
    """Where an alert stands."""

    OPEN = "open"
    HANDLED = "handled"
    RETURNED = "returned"


ALERT: Final = Machine(
    name="register_alert",
    statuses=frozenset({AlertStatus.OPEN, AlertStatus.HANDLED, AlertStatus.RETURNED}),
    initial=AlertStatus.OPEN,
    transitions={
        "handle": step(AlertStatus.OPEN, to=AlertStatus.HANDLED, by=Permission.REGISTER_IMPORT),
        # By itself, in the import that finds the facility in the register again.
        "return": step(AlertStatus.OPEN, AlertStatus.HANDLED, to=AlertStatus.RETURNED, by=None),
    },
)
# The facility is out of the register, whether or not somebody dealt with it.
IN_FORCE: Final = (AlertStatus.OPEN, AlertStatus.HANDLED)
