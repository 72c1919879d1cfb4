"""The operator brings an insurer onto the platform."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import services
from ols.accounts.permissions import Permission
from ols.web import page
from ols.web.operator.forms.insurer import NewInsurer
from ols.web.page import PageRequest


@page.page(Permission.ORGANIZATION_ADD)
def insurer_new(request: PageRequest) -> HttpResponse:
    """Create the insurer and invite its first administrator."""
    form = NewInsurer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_insurer(
                actor=request.actor,
                data=form.insurer(),
                administrator=form.cleaned_data["administrator"],
                administrator_email=form.cleaned_data["administrator_email"],
                at=timezone.now(),
            )
        except services.InsurerExists:
            form.add_error("nip", _("NIP: an insurer with this number is on the platform already."))
        else:
            messages.success(
                request, _("The insurer is added. The administrator gets an invitation by e-mail.")
            )
            return redirect("operator:organization-list")
    return page.render(request, "operator/insurer/new.html", {"form": form}, status=page.form_status(form))
