"""What the price list pages ask of the services, with every refusal said in words."""

from typing import Final

from django.contrib import messages
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.kernel import days
from ols.network import services
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused

_REFUSALS: Final[dict[type[Exception], Promise]] = {
    services.PriceListEmpty: gettext_lazy("Enter at least one price before you send the list."),
    services.AreaClosed: gettext_lazy("The insurer has closed this area for new price lists meanwhile."),
    services.AreaNotOpen: gettext_lazy("The area is not open yet, or its terms are not accepted."),
    services.ContractNotActive: gettext_lazy("Prices are agreed only while the co-operation is active."),
    TransitionRefused: gettext_lazy("The price list was sent already and waits for an answer."),
}


def send(request: PageRequest, price_list_uuid: str) -> list[str]:
    """Send the saved list; return in words what stands in the way."""
    try:
        services.send_price_list(actor=request.actor, price_list_uuid=price_list_uuid, at=timezone.now())
    except services.PricesUnreadable as error:
        return [_("These rows hold no price: %(codes)s.") % {"codes": ", ".join(error.codes)}]
    except services.StartTooEarly as error:
        earliest = days.format_date(error.earliest)
        return [_("Prices count from: the first possible day is %s.") % earliest]
    except tuple(_REFUSALS) as error:
        return [str(_REFUSALS[type(error)])]
    messages.success(request, _("The price list was sent. The answer comes by e-mail."))
    return []


def withdraw(request: PageRequest, price_list_uuid: str) -> None:
    """Take the list back; say in a message whether it worked."""
    try:
        services.withdraw_price_list(actor=request.actor, price_list_uuid=price_list_uuid, at=timezone.now())
    except TransitionRefused:
        messages.error(request, _("The insurer has answered meanwhile; the list cannot be taken back."))
    else:
        messages.success(request, _("The price list was taken back. You can change it and send it again."))
