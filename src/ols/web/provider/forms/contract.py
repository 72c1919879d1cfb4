"""What a clinic fills in for an offer of co-operation."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ols.network.selectors import ContractDetail, KnownParameters
from ols.network.services import Parameters
from ols.web.components import fields
from ols.web.components.forms import DatedForm
from ols.web.provider.forms.cooperation import ContactFields


class OfferParameters(DatedForm, ContactFields):
    """„Parametry”."""

    starts_on = fields.ComingDayField(
        years=1,
        label=_("Co-operation from"),
        help_text=_("From today up to a year ahead, for example 27.11.2026."),
    )
    iban = fields.IdentifierField(
        kind="nrb",
        label=_("Bank account"),
        help_text=_("26 digits; the insurer pays here. Spaces do not matter."),
    )
    field_order = ("starts_on", "iban")

    @staticmethod
    def beginning(detail: ContractDetail, known: KnownParameters | None = None) -> dict[str, Any]:
        """Return what the form begins with: what was saved, before that what another insurer was told."""
        told = known or detail
        return {"starts_on": detail.row.starts_on, "iban": told.iban, **ContactFields.initial_of(told)}

    def parameters(self) -> Parameters:
        """Return the service's argument."""
        return Parameters(**self.cleaned_data)
