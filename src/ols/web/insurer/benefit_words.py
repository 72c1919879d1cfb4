"""A benefit's limits and conditions in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ols.catalog import selectors as catalog
from ols.kernel import money
from ols.plans.selectors import BenefitRow
from ols.web.components.shapes import SummaryRow


@dataclass(frozen=True)
class BenefitCard:
    """One benefit as a plan's page shows it."""

    uuid: str
    title: str
    services: str
    rows: tuple[SummaryRow, ...]


def card(row: BenefitRow) -> BenefitCard:
    """Return the benefit with only the rules it has."""
    count = len(row.service_ids)
    services = ngettext("%(count)s service", "%(count)s services", count) % {"count": count}
    rows = [*_limits(row), *_shares(row), *_conditions(row)]
    return BenefitCard(row.uuid, f"{row.code} · {row.name}", services, tuple(rows))


def taken(service_ids: Sequence[int]) -> str:
    """Say which services another benefit of the terms holds."""
    names = ", ".join(row.code for row in catalog.services_by_id(ids=service_ids).values())
    return _("Services: another benefit of these terms holds %(names)s.") % {"names": names}


def _limits(row: BenefitRow) -> list[SummaryRow]:
    """Say what is paid at most."""
    rows = []
    if row.is_excluded:
        rows.append(SummaryRow(_("Excluded"), _("never paid")))
    if row.count_limit >= 0:
        rows.append(SummaryRow(_("Count limit a year"), row.count_limit))
    if row.amount_limit_gr >= 0:
        rows.append(SummaryRow(_("Amount limit a year"), money.format_amount(row.amount_limit_gr)))
    if row.is_family_shared:
        rows.append(SummaryRow(_("Limits shared by the family"), _("yes")))
    return rows


def _shares(row: BenefitRow) -> list[SummaryRow]:
    """Say what the insured bears."""
    rows = []
    if row.copay_gr:
        rows.append(SummaryRow(_("Fixed co-payment"), money.format_amount(row.copay_gr)))
    if row.coinsurance_bp:
        rows.append(SummaryRow(_("Percentage co-payment"), money.format_percent(row.coinsurance_bp)))
    if row.franchise_gr:
        rows.append(SummaryRow(_("Franchise"), money.format_amount(row.franchise_gr)))
    return rows


def _conditions(row: BenefitRow) -> list[SummaryRow]:
    """Say when it is paid."""
    numbers = [
        (_("Waiting period in days"), row.waiting_days, 0),
        (_("Waiting period in months"), row.waiting_months, 0),
        (_("From age"), row.age_from, -1),
        (_("Below age"), row.age_below, -1),
        (_("Referral valid for days"), row.referral_valid_days, -1),
        (_("Not more often than every … days"), row.interval_days, 0),
    ]
    rows = [SummaryRow(label, value) for label, value, none in numbers if value != none]
    if row.sex:
        rows.append(SummaryRow(_("For whom"), _("women only") if row.sex == "F" else _("men only")))
    if row.needs_referral:
        rows.append(SummaryRow(_("Needs a referral"), _("yes")))
    if row.needs_authorization:
        rows.append(SummaryRow(_("Needs the insurer's consent"), _("yes")))
    return rows
