"""Organizations as a table for a spreadsheet, and one as a list of facts."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from ols.accounts.oversight import Overseen
from ols.accounts.selectors import OrganizationListRow
from ols.kernel import days, identifiers
from ols.web.components import exports
from ols.web.components.exports import Column
from ols.web.components.shapes import SummaryRow
from ols.web.operator import access_words
from ols.web.operator.comparison import show_phone
from ols.web.operator.forms.organization import KINDS

MAX_ROWS: Final = 10_000


def sheet(rows: Iterable[OrganizationListRow]) -> exports.Sheet:
    """Return the list for a spreadsheet."""
    kinds = dict(KINDS)
    columns = [
        Column(_("Name")),
        Column(_("Kind")),
        Column("NIP"),
        Column(_("Town")),
        Column(_("Access")),
        Column(_("People"), exports.NUMBER),
        Column(_("Since"), exports.DAY),
    ]
    cells = (
        (
            row.name,
            str(kinds[row.kind]),
            row.nip,
            row.city,
            str(access_words.STATUS_TAGS[row.status].label),
            row.people,
            days.local_date(row.created_at),
        )
        for row in rows
    )
    return exports.Sheet("organizations", columns, cells)


def facts(own: Overseen) -> list[SummaryRow]:
    """Return what is known of the organization itself."""
    place = f"{own.postal_code} {own.city}".strip()
    rows = [
        SummaryRow("NIP", identifiers.format_nip(own.nip)),
        SummaryRow(_("Address"), ", ".join(filter(None, (own.street, place)))),
        SummaryRow(_("E-mail"), own.email),
        SummaryRow(_("Phone"), show_phone(own.phone)),
        SummaryRow(_("On the platform since"), days.format_date(days.local_date(own.created_at))),
    ]
    if own.kind == "insurer":
        account = identifiers.format_nrb(own.iban).removeprefix("PL") if own.iban else ""
        rows.append(SummaryRow(_("Pays from the account"), account))
        rows.append(SummaryRow(_("Office hours"), f"{own.office_opens:%H:%M}–{own.office_closes:%H:%M}"))
    return rows
