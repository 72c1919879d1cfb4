"""Contracts, terms and price lists in words, the same for the clinic and the insurer."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ols.audit.selectors import HistoryRow
from ols.network.states import ContractStatus, PriceListStatus
from ols.web.components import shapes
from ols.web.components.shapes import Tag

CONTRACT_TAGS = {
    ContractStatus.DRAFT: Tag(_("Being prepared"), "plain", "pencil"),
    ContractStatus.OFFERED: Tag(_("Offer sent, waiting for an answer"), "info", "hourglass"),
    ContractStatus.RETURNED: Tag(_("Returned with remarks"), "warn", "rotate-ccw"),
    ContractStatus.REJECTED: Tag(_("Rejected"), "bad", "circle-x"),
    ContractStatus.ACTIVE: Tag(_("Co-operation active"), "ok", "circle-check"),
    ContractStatus.SUSPENDED: Tag(_("Co-operation suspended"), "warn", "ban"),
    ContractStatus.ENDED: Tag(_("Co-operation ended"), "plain", "ban"),
}
PRICE_LIST_TAGS = {
    PriceListStatus.DRAFT: Tag(_("Being prepared"), "plain", "pencil"),
    PriceListStatus.SENT: Tag(_("Sent, waiting for an answer"), "info", "hourglass"),
    PriceListStatus.RETURNED: Tag(_("Returned with remarks"), "warn", "rotate-ccw"),
    PriceListStatus.COUNTERED: Tag(_("Counter-offer, the clinic's turn"), "warn", "rotate-ccw"),
    PriceListStatus.ACCEPTED: Tag(pgettext_lazy("price list", "Accepted"), "ok", "circle-check"),
}
HISTORY = {
    "terms.accept": _("Terms accepted"),
    "contract.start": _("Co-operation begun"),
    "contract.parameters": _("Parameters saved"),
    "contract.document": _("Document added"),
    "contract_document.accept": _("New document accepted"),
    "contract_document.dates": _("Dates of a document corrected"),
    "contract_document.ended": _("A document has ended; both sides told"),
    "contract_document.give_way": _("Document replaced by the accepted one"),
    "contract_document.remind": _("The clinic was reminded that a document ends"),
    "contract_document.remove": _("Document removed"),
    "contract_document.replace": _("Document replaced"),
    "contract_document.restore": _("Removed document put back"),
    "contract_document.return": _("New document returned with a remark"),
    "contract_document.send": _("New document sent to the insurer"),
    "contract.send_offer": _("Offer of co-operation sent"),
    "contract.withdraw": _("Offer taken back"),
    "contract.accept": _("Offer accepted"),
    "contract.return": _("Offer returned with remarks"),
    "contract.reject": _("Offer rejected"),
    "contract.suspend": _("Co-operation suspended"),
    "contract.resume": _("Co-operation resumed"),
    "contract.end": _("Co-operation ended"),
    "price_list.save": _("Price list saved"),
    "price_list.send": _("Price list sent"),
    "price_list.withdraw": _("Price list taken back"),
    "price_list.accept": _("Price list accepted"),
    "price_list.return": _("Price list returned with remarks"),
    "price_list.agree": _("Counter-offer taken"),
    "price_list.carry_counter": _("Open lines go on: the clinic's turn"),
    "price_list.carry_reply": _("Open lines go on: the insurer's turn"),
    "price_list.counter": _("Price list answered line by line"),
    "price_list.prepare": _("Answer to a price list being prepared"),
    "price_list.reply": _("Answer to the counter-offer sent"),
    "price_list.rework": _("Price list taken back into the grid"),
}


def timeline(history: Sequence[HistoryRow]) -> list[shapes.TimelineEvent]:
    """Return the history of a co-operation for `<c-timeline>`, the newest step first."""
    return [
        shapes.TimelineEvent(title=_title(row), at=row.at, by=row.actor_name, note=row.remark)
        for row in reversed(history)
    ]


def _title(row: HistoryRow) -> str | Promise:
    """Name the step; a price list with its area's code, terms with their version."""
    title = HISTORY.get(row.event, row.event)
    detail = row.data.get("area") if row.event.startswith("price_list.") else row.data.get("requirement")
    if row.event in {"terms.accept", "contract.terms_lapsed", "contract.terms_restored"}:
        detail = gettext("version %(version)s") % {"version": row.data.get("version", "")}
    return f"{title}: {detail}" if detail else title
