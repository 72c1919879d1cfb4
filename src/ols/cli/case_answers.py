"""A decision as JSON: amounts, reasons, and how each amount came about in English sentences."""

from typing import Any

from ols.adjudication import explain, reasons
from ols.adjudication.claim import ClaimDecision
from ols.adjudication.types import Decision, Line
from ols.cli.cases import Case
from ols.kernel import money

_SENTENCES = {
    "submitted": "{amount} PLN was billed ({quantity} x {unit} PLN).",
    "write_off": "{amount} PLN is above the accepted price list; the provider writes it off.",
    "denied": "{amount} PLN is for {refused} unit(s) not allowed ({why}); the patient pays it.",
    "above_price_limit": "{amount} PLN is above the price limit; the patient pays it.",
    "above_refund_rate": "{amount} PLN is above the refund rate; the patient pays it.",
    "above_refund_cap": "{amount} PLN is above the refund cap; the patient pays it.",
    "franchise": "{amount} PLN is below the franchise; the patient pays it.",
    "deductible": "{amount} PLN goes to the deductible; the patient pays it.",
    "copay": "{amount} PLN is the fixed co-payment of the patient.",
    "coinsurance": "{amount} PLN is the patient's percentage.",
    "over_limit": "{amount} PLN is over the amount limit; the patient pays it.",
    "benefit": "{amount} PLN is paid by the insurer.",
}


def answer(case: Case, decided: ClaimDecision) -> dict[str, Any]:
    """Return the answer to one case."""
    lines = zip(case.lines, decided.decisions, strict=True)
    return {
        "lines": [_line(entry.line, decision) for entry, decision in lines],
        "insurer": decided.benefit,
        "patient": decided.patient_pays,
    }


def _line(line: Line, decision: Decision) -> dict[str, Any]:
    return {
        "q_allowed": decision.units_allowed,
        "q_denied": decision.units_denied,
        "charge": decision.charge,
        "top_up": decision.top_up,
        "deductible": decision.deductible,
        "fixed": decision.copay,
        "copay": decision.coinsurance,
        "over_limit": decision.over_limit,
        "denied": decision.denied,
        "write_off": decision.write_off,
        "insurer": decision.benefit,
        "patient": decision.patient_pays,
        "outcome": reasons.OUTCOME_NAMES[decision.outcome],
        "reasons": [reasons.NAMES[code] for code in reasons.reasons_of(decision)],
        "trace": _trace(line, decision),
    }


def _trace(line: Line, decision: Decision) -> list[str]:
    why = reasons.NAMES[decision.denial or reasons.LIMIT_COUNT]
    sentences = [
        _SENTENCES[step.code].format(
            amount=money.format_plain(step.amount),
            quantity=line.quantity,
            unit=money.format_plain(line.billed_unit_price),
            refused=decision.units_denied,
            why=why,
        )
        for step in explain.steps(decision)
    ]
    if decision.held:
        sentences.append(f"A person must look first ({reasons.NAMES[decision.held]}): a proposal so far.")
    return sentences
