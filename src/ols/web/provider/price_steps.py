"""What the price list pages ask of the services, with every refusal said in words."""

from uuid import UUID

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.kernel import days
from ols.network import selectors, services
from ols.web.page import PageRequest
from ols.web.provider.forms.pricelist import Prices
from ols.workflow.machine import TransitionRefused


def keep(request: PageRequest, grid: selectors.PriceGrid, form: Prices) -> UUID | None:
    """Save the grid as a draft; say on the form why not."""
    try:
        return services.save_prices(
            actor=request.actor,
            contract_uuid=grid.contract.uuid,
            area_code=grid.area.code,
            valid_from=form.cleaned_data["valid_from"],
            prices=form.prices(),
            at=timezone.now(),
        )
    except services.PriceListNotEditable:
        form.add_error(None, _("The price list was sent already and waits for an answer."))
    except services.AreaNotOpen:
        form.add_error(None, _("The area is closed, or its terms are not accepted yet."))
    except services.ContractNotActive:
        form.add_error(None, _("Prices are agreed only while the co-operation is active."))
    return None


def send(request: PageRequest, price_list: UUID, form: Prices) -> bool:
    """Send the saved list; say on the form why not."""
    try:
        services.send_price_list(actor=request.actor, price_list_uuid=str(price_list), at=timezone.now())
    except services.PriceListEmpty:
        form.add_error(None, _("Enter at least one price before you send the list."))
    except services.StartTooEarly as error:
        earliest = days.format_date(error.earliest)
        form.add_error("valid_from", _("Prices count from: the first possible day is %s.") % earliest)
    except TransitionRefused:
        form.add_error(None, _("The price list was sent already and waits for an answer."))
    else:
        messages.success(request, _("The price list was sent. The answer comes by e-mail."))
        return True
    return False


def withdraw(request: PageRequest, price_list_uuid: str) -> None:
    """Take the list back; say in a message whether it worked."""
    try:
        services.withdraw_price_list(actor=request.actor, price_list_uuid=price_list_uuid, at=timezone.now())
    except TransitionRefused:
        messages.error(request, _("The insurer has answered meanwhile; the list cannot be taken back."))
    else:
        messages.success(request, _("The price list was taken back. You can change it and send it again."))
