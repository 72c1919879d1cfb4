"""The smallest change that would be paid, found by running the rules again with one fact changed.

It holds no rules: a change that the rules do not reward is not advised.
"""

from typing import NamedTuple

from ols.adjudication import reasons, waterfall
from ols.adjudication.types import APPROVED, DENIED, PARTIAL, Line, Terms, Usage


class Advice(NamedTuple):
    """One field of `Line`, the value that would help, and the benefit with it (grosze)."""

    field: str
    value: int
    benefit: int


def advise(line: Line, terms: Terms, usage: Usage) -> tuple[Advice, ...]:
    """Return the single changes under which the insurer would pay more, the best first."""
    decision, _ = waterfall.adjudicate_line(line, terms, usage)
    found = []
    for reason in reasons.reasons_of(decision):
        for field, value in _candidates(reason, line, terms, usage):
            changed = line._replace(**{field: value})
            if field == "service_day":
                # A service moved into the future is filed no earlier than it is done.
                changed = changed._replace(filed_day=max(line.filed_day, value))
            better, _ = waterfall.adjudicate_line(changed, terms, usage)
            if better.benefit > decision.benefit or _is_whole(better.outcome, decision.outcome):
                found.append(Advice(field, value, better.benefit))
    return tuple(sorted(found, key=lambda advice: -advice.benefit))


def _is_whole(better: int, before: int) -> bool:
    return better == APPROVED and before in (PARTIAL, DENIED)


def _candidates(reason: int, line: Line, terms: Terms, usage: Usage) -> tuple[tuple[str, int], ...]:
    """Return the facts worth trying against a reason; cover, plan and limits stay as they are."""
    tries: dict[int, tuple[tuple[str, int], ...]] = {
        reasons.WAITING_PERIOD: (("service_day", terms.first_payable_day),),
        reasons.COVER_NOT_STARTED: (("service_day", terms.cover_from_day),),
        reasons.REFERRAL_MISSING: (("referral_day", line.service_day),),
        reasons.REFERRAL_EXPIRED: (("referral_day", line.service_day),),
        reasons.AUTH_REQUIRED: (("authorized_day", line.service_day),),
        reasons.INTERVAL: (("service_day", line.nearest_service_day + terms.interval_days),),
        reasons.COMBINATION: (("service_day", line.service_day + 1),),
        reasons.FUTURE_DATE: (("service_day", line.filed_day),),
        reasons.LIMIT_COUNT: (("quantity", usage.units_left),) if usage.units_left > 0 else (),
    }
    return tries.get(reason, ())
