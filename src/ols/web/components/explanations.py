"""Sentences for decisions: every reason, step and outcome as people read it. No rule lives here."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.adjudication import explain, reasons, types
from ols.web.components import shapes

REASONS: dict[int, Promise] = {
    reasons.NOT_FOUND: _(
        "The insurer has no such person. They can ask the insurer for a refund of the bill."
    ),
    reasons.NOT_ACTIVE: _("The policy is not in force."),
    reasons.COVER_NOT_STARTED: _("Cover starts after the day of service."),
    reasons.COVER_ENDED: _("Cover ended before the day of service."),
    reasons.PREMIUM_SUSPENDED: _("Cover is suspended because of unpaid premiums."),
    reasons.FUTURE_DATE: _("The day of service is in the future."),
    reasons.FILED_TOO_LATE: _("The time to report this service has passed."),
    reasons.PROVIDER_NOT_ACTIVE: _("Co-operation with the insurer was not active on the day of service."),
    reasons.TERMS_NOT_ACCEPTED: _(
        "The terms this service depends on are not accepted, or their new version was not in time."
    ),
    reasons.NOT_ON_PRICE_LIST: _("The service is not on the accepted price list of that day."),
    reasons.NOT_COVERED: _("The plan does not cover this service."),
    reasons.EXCLUDED: _("The plan excludes this service in this situation."),
    reasons.AGE: _("The plan covers this service at another age."),
    reasons.SEX: _("The plan covers this service for the other sex."),
    reasons.WAITING_PERIOD: _("The waiting period for this service has not ended yet."),
    reasons.REFERRAL_MISSING: _("This service needs a referral."),
    reasons.REFERRAL_EXPIRED: _("The referral was no longer valid on the day of service."),
    reasons.AUTH_REQUIRED: _("This service needs the insurer's consent beforehand."),
    reasons.INTERVAL: _("Too little time has passed since the last such service."),
    reasons.COMBINATION: _("This service is not paid together with another one of the same day."),
    reasons.LIMIT_COUNT: _("The number of services in the plan is used up."),
    reasons.LIMIT_AMOUNT: _("The amount for these services in the plan is used up."),
    reasons.LIMIT_PRICE: _("The price is above the insurer's limit; the patient pays the difference."),
    reasons.PRICE_ABOVE_CONTRACT: _(
        "The price was above the accepted price list; nobody pays the difference."
    ),
    reasons.DUPLICATE: _("Such a service of this day was reported before; a person will check it."),
    reasons.MANUAL_REVIEW: _("A person at the insurer decides about this service."),
}

STEPS: dict[str, Promise] = {
    "submitted": _("Price of the service"),
    "write_off": _("Above the accepted price list"),
    "denied": _("Services not granted"),
    "above_price_limit": _("Above the price limit"),
    "above_refund_rate": _("Outside the network: part not refunded"),
    "above_refund_cap": _("Outside the network: above the refund cap"),
    "franchise": _("Below the franchise"),
    "deductible": _("Deductible"),
    "copay": _("Fixed co-payment"),
    "coinsurance": _("Percentage co-payment"),
    "over_limit": _("Above the amount left in the plan"),
    "benefit": _("The insurer pays"),
}


class Look(NamedTuple):
    """How an outcome is shown: its word, the kind of its tag and its icon."""

    label: Promise
    kind: str
    icon: str


OUTCOMES: dict[int, Look] = {
    types.APPROVED: Look(_("Granted"), "ok", "circle-check"),
    types.PARTIAL: Look(_("Granted in part"), "warn", "circle-check"),
    types.DENIED: Look(pgettext_lazy("decision", "Refused"), "bad", "ban"),
    types.PENDED: Look(_("To be explained"), "warn", "hourglass"),
}


def reason_sentence(code: int) -> str:
    """Return the sentence of a reason code."""
    return str(REASONS[code])


def reason_sentences(decision: types.Decision) -> list[str]:
    """Return a sentence for every reason of a decided line, in the order of the rules."""
    return [reason_sentence(code) for code in reasons.reasons_of(decision)]


def decision_steps(decision: types.Decision) -> list[shapes.DecisionStep]:
    """Return how the insurer's amount came about: the price, what was taken off it, what is left."""
    return [
        shapes.DecisionStep(
            label=STEPS[step.code],
            amount_gr=step.amount if step.code in {"submitted", "benefit"} else -step.amount,
            total=step.code == "benefit",
        )
        for step in explain.steps(decision)
    ]


def decision_line(
    *, number: int, code: str, name: str, quantity: int, decision: types.Decision, detail: str = ""
) -> shapes.DecisionLine:
    """Return one decided service as `<c-decision>` shows it."""
    look = OUTCOMES[decision.outcome]
    return shapes.DecisionLine(
        number=number,
        code=code,
        name=name,
        quantity=quantity,
        insurer_gr=decision.benefit,
        patient_gr=decision.patient_pays,
        outcome_label=look.label,
        kind=look.kind,
        icon=look.icon,
        reasons=reason_sentences(decision),
        steps=decision_steps(decision),
        detail=detail,
    )
