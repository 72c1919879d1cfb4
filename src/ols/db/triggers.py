"""Guards that live in the database itself."""

import pgtrigger


def append_only() -> pgtrigger.Protect:
    """Return the trigger that refuses UPDATE and DELETE on a table of facts."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
