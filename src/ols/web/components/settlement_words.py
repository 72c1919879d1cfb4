"""Reports, payment files and bank entries in words, the same for the clinic and the insurer."""

from collections.abc import Sequence

from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ols.audit.selectors import HistoryRow
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.settlement import selectors, states
from ols.web.components import shapes
from ols.web.components.shapes import Tag

S = states.StatementStatus
B = states.BatchStatus


STATEMENT_TAGS = {
    S.GENERATED: Tag(pgettext_lazy("settlement report", "Generated"), "warn", "circle-dashed"),
    S.CONFIRMED: Tag(pgettext_lazy("settlement report", "Confirmed"), "info", "check"),
    S.ORDERED: Tag(_("Transfer ordered"), "info", "clock"),
    S.PAID: Tag(pgettext_lazy("settlement report", "paid"), "ok", "circle-check"),
    S.RETURNED: Tag(_("Returned by the bank"), "bad", "undo-2"),
    S.DISCARDED: Tag(pgettext_lazy("settlement report", "Discarded"), "plain", "ban"),
}
BATCH_TAGS = {
    B.PREPARED: Tag(pgettext_lazy("payment file", "Waits for approval"), "warn", "hourglass"),
    B.APPROVED: Tag(pgettext_lazy("payment file", "Approved"), "info", "check"),
    B.CANCELLED: Tag(pgettext_lazy("payment file", "Cancelled"), "plain", "ban"),
    B.SETTLED: Tag(pgettext_lazy("payment file", "Settled"), "ok", "circle-check"),
}
ENTRY_TAGS = {
    "end-to-end": Tag(_("Matched by payment number"), "ok", "circle-check"),
    "title": Tag(_("Matched by report number"), "ok", "circle-check"),
    "account": Tag(_("Matched by account, amount and date"), "ok", "circle-check"),
    "person": Tag(_("Matched by hand"), "ok", "user-check"),
    "set-aside": Tag(_("Not a payment of ours"), "plain", "minus"),
    "": Tag(_("To be matched"), "warn", "circle-help"),
}
OPEN_REASONS = {
    "amount-differs": _("The payment was found, but the amount differs."),
    "several-fit": _("Several payments fit."),
    "nothing-fits": _("No payment fits."),
}
STAGES = {
    "benefit-expense": _("Cost of benefits"),
    "decided": _("Decided, on no confirmed report"),
    "payable": _("Owed to clinics"),
    "clearing": _("Ordered, not booked by the bank"),
    "bank": _("Paid from the bank account"),
}
EVENTS = {
    "statement.generate": _("Report generated"),
    "statement.confirm": _("Report confirmed"),
    "statement.discard": _("Report discarded"),
    "statement.order": _("Transfer ordered"),
    "statement.pay": pgettext_lazy("settlement report", "Paid"),
    "statement.bounce": _("Transfer returned by the bank"),
    "payment_batch.prepare": _("Payment file prepared"),
    "payment_batch.approve": _("Payment file approved"),
    "payment_batch.cancel": _("Payment file cancelled"),
    "payment_batch.settle": _("All transfers booked by the bank"),
}


def events(history: Sequence[HistoryRow], *, actor: Actor, counterpart: str) -> list[shapes.TimelineEvent]:
    """Return the history for a timeline; people of the other side are shown as their organization."""
    return [
        shapes.TimelineEvent(
            EVENTS.get(row.event, row.event),
            row.at,
            row.actor_name if row.organization_id == actor.organization_id else counterpart,
            row.remark,
        )
        for row in history
    ]


def way(row: selectors.StatementRow) -> list[shapes.Step]:
    """Return the report's way: generated → confirmed → ordered → paid, with the days."""
    reached = {S.GENERATED: 1, S.CONFIRMED: 2, S.RETURNED: 2, S.ORDERED: 3, S.PAID: 4}.get(row.status, 1)
    confirmed_on = days.local_date(row.confirmed_at) if row.confirmed_at else None
    marks = (
        (pgettext("settlement report", "Generated"), days.local_date(row.created_at)),
        (pgettext("settlement report", "Confirmed"), confirmed_on),
        (gettext("Transfer ordered"), row.ordered_on),
        (pgettext("settlement report", "Paid"), row.paid_on),
    )
    return [
        shapes.Step(
            f"{label} {days.format_date(day)}" if day else label,
            "done" if number <= reached else "current" if number == reached + 1 else "todo",
        )
        for number, (label, day) in enumerate(marks, start=1)
    ]
