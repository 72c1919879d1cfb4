"""The order of the rules. Read this file first."""

from ols.adjudication import cost_sharing, eligibility, pricing, reasons
from ols.adjudication.types import APPROVED, DENIED, PARTIAL, PENDED, UNLIMITED, Decision, Line, Terms, Usage
from ols.kernel.compiled import compilable


@compilable
def adjudicate_line(line: Line, terms: Terms, usage: Usage) -> tuple[Decision, Usage]:
    """Decide one line; return the decision and what is left after it."""
    unit_price = pricing.recognized_unit_price(line)
    submitted = line.quantity * line.billed_unit_price
    write_off = submitted - line.quantity * unit_price

    denial = eligibility.denial_reason(line, terms)
    units = pricing.allowed_units(line, usage) if denial == reasons.NONE else 0
    refused = line.quantity - units
    denied = refused * unit_price
    charge = units * unit_price

    price_cut, rate_cut, cap_cut = pricing.top_up_parts(unit_price, units, line, terms)
    top_up = price_cut + rate_cut + cap_cut
    left = charge - top_up

    # A line that meets an exhausted amount limit is denied as a whole: nothing of it is shared.
    limit = cost_sharing.amount_left(usage)
    used_up = left > 0 and limit == 0
    franchise = deductible = copay = coinsurance = 0
    if not used_up:
        franchise = cost_sharing.franchise(left, terms)
        left -= franchise
        deductible = cost_sharing.deductible(left, usage)
        left -= deductible
        copay = cost_sharing.copay(left, units, terms)
        left -= copay
        coinsurance = cost_sharing.coinsurance(left, terms)
        left -= coinsurance
    over_limit = cost_sharing.over_amount_limit(left, limit)
    left -= over_limit

    patient_pays = denied + top_up + franchise + deductible + copay + coinsurance + over_limit
    held = eligibility.held_reason(line)
    outcome = line_outcome(units == 0 or used_up, held, refused, over_limit)
    decision = Decision(submitted, units, refused, charge, write_off, denied, price_cut, rate_cut, cap_cut,
                        top_up, franchise, deductible, copay, coinsurance, over_limit, left, patient_pays,
                        denial, held, outcome)  # fmt: skip
    return decision, usage_after(usage, decision)


@compilable
def line_outcome(nothing_allowed: int, held: int, refused_units: int, over_limit: int) -> int:
    """What is denied needs no second look; what is cut is partial; sharing costs is not a cut."""
    if nothing_allowed:
        return DENIED
    if held != reasons.NONE:
        return PENDED
    if refused_units > 0 or over_limit > 0:
        return PARTIAL
    return APPROVED


@compilable
def usage_after(usage: Usage, decision: Decision) -> Usage:
    """Move every counter, but none for a denied line; a line held for a person keeps its place."""
    if decision.outcome == DENIED:
        return usage
    units, benefit = decision.units_allowed, decision.benefit
    return Usage(
        usage.units_left - units if usage.units_left < UNLIMITED else UNLIMITED,
        usage.amount_left - benefit if usage.amount_left < UNLIMITED else UNLIMITED,
        usage.deductible_left - decision.deductible,
        usage.insured_sum_left - benefit if usage.insured_sum_left < UNLIMITED else UNLIMITED,
    )
