"""Claims, their decisions and what is left of benefits in words, the same for every role."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ols.adjudication import reasons
from ols.audit.selectors import HistoryRow
from ols.claims.states import ClaimStatus as S
from ols.claims.types import Answer, BenefitLeft, ClaimDetail, DecidedLine
from ols.kernel import money
from ols.kernel.actor import Actor
from ols.web.components import explanations, shapes
from ols.web.components.shapes import Tag

STATUS_TAGS = {
    S.AUTHORIZED: Tag(_("Granted, to be confirmed"), "info", "clock"),
    S.PENDED: Tag(_("The insurer decides"), "warn", "hourglass"),
    S.DENIED: Tag(pgettext_lazy("decision", "Refused"), "bad", "ban"),
    S.CONFIRMED: Tag(_("Performed"), "ok", "circle-check"),
    S.CANCELLED: Tag(_("Cancelled claim"), "plain", "x"),
    S.EXPIRED: Tag(_("Not confirmed in time"), "plain", "clock"),
    S.REVERSED: Tag(_("Taken back"), "plain", "undo-2"),
}
EVENTS = {
    "claim.authorize": _("Decision given"),
    "claim.confirm": _("Performance confirmed"),
    "claim.cancel": _("Claim cancelled"),
    "claim.expire": _("Not confirmed in time, limits given back"),
    "claim.reverse": _("Claim taken back"),
    "claim.approve": _("Granted by the insurer's employee"),
    "claim.deny": _("Refused by the insurer's employee"),
}
_OUTCOMES = {name: explanations.OUTCOMES[code] for code, name in reasons.CLAIM_OUTCOME_NAMES.items()}
_LINE_OUTCOMES = {name: explanations.OUTCOMES[code] for code, name in reasons.OUTCOME_NAMES.items()}


def outcome(code: str) -> explanations.Look:
    """Return how the outcome of a whole claim is shown."""
    return _OUTCOMES[code]


def decision(answer: Answer | ClaimDetail, *, title: str | Promise, insurer_name: str) -> shapes.Decision:
    """Return a decision or an estimate as `<c-decision>` shows it."""
    look = outcome(answer.outcome)
    return shapes.Decision(
        title=title,
        outcome_label=look.label,
        kind=look.kind,
        icon=look.icon,
        insurer_name=insurer_name,
        insurer_gr=answer.insurer_gr,
        patient_gr=answer.patient_gr,
        lines=[_line(line) for line in answer.lines],
        write_off_gr=answer.write_off_gr,
        decided_at=answer.decided_at if isinstance(answer, ClaimDetail) else None,
    )


def line_outcome(line: DecidedLine) -> explanations.Look:
    """Return how the outcome of one service is shown: a person may have changed what the rules said."""
    return _LINE_OUTCOMES[line.outcome]


def left(benefit: BenefitLeft) -> str:
    """Say what is left of a benefit: `3 of 5 services · 430,00 zł of 500,00 zł`."""
    parts = [_units(benefit), _amount(benefit)]
    words = " · ".join(filter(None, parts)) or gettext("no limit")
    return gettext("%(left)s (shared by the family)") % {"left": words} if benefit.is_shared else words


def _units(benefit: BenefitLeft) -> str:
    if benefit.units_left is None or benefit.units_limit is None:
        return ""
    text = ngettext("%(left)s of %(count)s service", "%(left)s of %(count)s services", benefit.units_limit)
    return text % {"left": benefit.units_left, "count": benefit.units_limit}


def _amount(benefit: BenefitLeft) -> str:
    if benefit.amount_left_gr is None or benefit.amount_limit_gr is None:
        return ""
    amounts = {
        "left": money.format_amount(benefit.amount_left_gr),
        "limit": money.format_amount(benefit.amount_limit_gr),
    }
    return gettext("%(left)s of %(limit)s") % amounts


def left_rows(benefits: Sequence[BenefitLeft]) -> list[shapes.SummaryRow]:
    """Return what is left, a row for each benefit."""
    return [shapes.SummaryRow(benefit.name, left(benefit)) for benefit in benefits]


def events(history: Sequence[HistoryRow], *, actor: Actor, counterpart: str) -> list[shapes.TimelineEvent]:
    """Return the history for a timeline; people of the other side are shown as their organization."""
    return [
        shapes.TimelineEvent(
            EVENTS.get(row.event, row.event),
            row.at,
            row.actor_name if row.organization_id in {actor.organization_id, None} else counterpart,
            row.remark,
        )
        for row in history
    ]


def _line(line: DecidedLine) -> shapes.DecisionLine:
    shown = explanations.decision_line(
        number=line.position,
        code=line.service_code,
        name=line.service_name,
        quantity=line.quantity,
        decision=line.decision,
    )
    look = line_outcome(line)
    return replace(shown, outcome_label=look.label, kind=look.kind, icon=look.icon)
