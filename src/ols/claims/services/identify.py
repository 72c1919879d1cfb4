"""Who stands at the desk, and are they insured? Every look-up is recorded for the insured person to see."""

from datetime import date, datetime

from ols.accounts.permissions import Permission
from ols.claims import selectors
from ols.claims.types import Identification, Lookup
from ols.coverage import services as coverage
from ols.db.transactions import use_case
from ols.kernel.actor import Actor


class LookupIncomplete(ValueError):
    """Neither a PESEL, nor a card number, nor a policy number with a birth date was given."""


@use_case
def find_coverage(*, actor: Actor, lookup: Lookup, on: date, at: datetime) -> Identification:
    """Find the person's covers by insurers this provider works with; an empty answer is recorded, too.

    :raises LookupIncomplete: nothing to look for
    """
    actor.require(Permission.CLAIM_SUBMIT)
    by_policy = lookup.policy_number and lookup.birth_date
    if not (lookup.pesel or lookup.card_number or by_policy):
        raise LookupIncomplete
    found = selectors.covers_of(actor=actor, lookup=lookup, on=on)
    people: list[int | None] = [*sorted({cover.person_id for cover in found})]
    for person_id in people or [None]:
        coverage.log_check(actor=actor, person_id=person_id, at=at)
    return Identification(found)
