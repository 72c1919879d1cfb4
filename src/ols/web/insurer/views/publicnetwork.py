"""The settings of the insurer's public network: its address, and the frame in the insurer's own pages."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.network.selectors import public_network as selectors
from ols.network.services import public_network as services
from ols.web import page
from ols.web.insurer import setup
from ols.web.insurer.forms.publicnetwork import PublicNetwork
from ols.web.page import PageRequest


@page.page(Permission.TERMS_PUBLISH)
def publicnetwork_edit(request: PageRequest) -> HttpResponse:
    """Show and change how the network is shown, with what to copy into one's own page."""
    tabs = setup.tabs(request.actor, "insurer:publicnetwork-edit")
    own = selectors.own_network(request.actor)
    posted = request.POST if request.method == "POST" else None
    form = PublicNetwork(posted, initial=PublicNetwork.initial_of(own))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_public_network(actor=request.actor, at=timezone.now(), **form.cleaned_data)
        except services.AddressTaken:
            form.add_error("slug", _("Address of the page: another network has it. Choose another one."))
        else:
            messages.success(request, _("The settings of the public network were saved."))
            return redirect("insurer:publicnetwork-edit")
    context = {"tabs": tabs, "form": form, "own": own, **_addresses(own)}
    return page.render(request, "insurer/settings/network.html", context, status=page.form_status(form))


def _addresses(own: selectors.NetworkRow) -> dict[str, str]:
    """Return the page's address and the lines for the insurer's own page."""
    embed = settings.PUBLIC_URL + reverse("public:network-embed", args=[own.slug])
    title = _("Find a clinic")
    frame = f'<iframe src="{embed}" title="{title}" width="100%" height="900" loading="lazy"></iframe>'
    return {
        "public_url": settings.PUBLIC_URL + reverse("public:network-show", args=[own.slug]),
        "frame": frame,
    }
