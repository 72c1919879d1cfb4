"""Statuses of contracts and price lists in words, the same for the clinic and the insurer."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.kernel import days
from ols.network.selectors import ContractRow
from ols.network.states import ContractStatus, PriceListStatus
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


def contract_tag(row: ContractRow, *, today: date) -> Tag:
    """Return the tag of a contract; one that begins or ends on a day to come says so."""
    if row.status == ContractStatus.ACTIVE and row.ends_on is not None:
        last = days.format_date(row.ends_on - timedelta(days=1))
        return Tag(_("Co-operation active until %(day)s") % {"day": last}, "warn", "calendar")
    if row.status == ContractStatus.ACTIVE and row.starts_on is not None and row.starts_on > today:
        day = days.format_date(row.starts_on)
        return Tag(_("Accepted, begins on %(day)s") % {"day": day}, "info", "calendar")
    return CONTRACT_TAGS[row.status]
