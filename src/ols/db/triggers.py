"""Guards that live in the database itself."""

import pgtrigger


def append_only() -> pgtrigger.Protect:
    """Return the trigger that refuses UPDATE and DELETE on a table of facts."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def frozen_when(status: str) -> pgtrigger.Protect:
    """Return the trigger that refuses UPDATE and DELETE of a row that has reached the status."""
    return pgtrigger.Protect(
        name=f"{status}_stays",
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__status=status),
    )
