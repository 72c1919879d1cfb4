"""What the pages of an offer ask of the services, with every refusal said in words."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.kernel import identifiers
from ols.network import selectors, services
from ols.web.page import PageRequest
from ols.web.provider import contract_pages
from ols.web.provider.forms import contract as forms
from ols.workflow.machine import TransitionRefused


def _sent_already() -> str:
    """Say that a sent offer does not change."""
    return _("The offer was sent already and cannot be changed now.")


def keep_parameters(
    request: PageRequest, detail: selectors.ContractDetail, form: forms.OfferParameters
) -> bool:
    """Save the parameters; say on the form why not."""
    try:
        services.set_parameters(
            actor=request.actor,
            contract_uuid=detail.row.uuid,
            parameters=form.parameters(),
            at=timezone.now(),
        )
    except services.OfferNotEditable:
        form.add_error(None, _sent_already())
        return False
    bank = identifiers.bank_of(form.cleaned_data["iban"])
    name = bank.name if bank else _("bank unknown to the list of banks")
    messages.success(
        request, _("The parameters were saved. The account is kept by: %(bank)s.") % {"bank": name}
    )
    return True


def send(request: PageRequest, detail: selectors.ContractDetail) -> list[str]:
    """Send the offer; return in words what stands in the way."""
    try:
        services.send_offer(actor=request.actor, contract_uuid=detail.row.uuid, at=timezone.now())
    except services.OfferIncomplete as error:
        return contract_pages.missing_words(detail, error.missing)
    except services.TermsOutdated:
        return [_("The insurer published a new version of its general terms. Read and accept it first.")]
    except services.ServiceTermsNotAccepted:
        return [_("A new version of the operator's terms was not accepted in time. Accept it first.")]
    except services.StartOutOfRange:
        return [_("The first day of co-operation has passed. Choose a later one.")]
    except TransitionRefused:
        return [_sent_already()]
    messages.success(request, _("The offer of co-operation was sent. The answer comes by e-mail."))
    return []


def withdraw(request: PageRequest, contract_uuid: str) -> bool:
    """Take the offer back; say in a message whether it worked."""
    try:
        services.withdraw_offer(actor=request.actor, contract_uuid=contract_uuid, at=timezone.now())
    except TransitionRefused:
        messages.error(request, _("The insurer has answered meanwhile; the offer cannot be taken back."))
        return False
    messages.success(request, _("The offer was taken back. You can change it and send it again."))
    return True
