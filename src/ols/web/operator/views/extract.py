"""The register extract of an application: read once more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.onboarding import services
from ols.web import page
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@page.page(Permission.APPLICATION_REVIEW, methods=("POST",))
def extract_read(request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Odczytaj ponownie”."""
    try:
        services.read_extract_again(actor=request.actor, application_uuid=uuid, at=timezone.now())
    except TransitionRefused:
        messages.error(request, _("Somebody has answered this application already. Nothing was changed."))
    else:
        messages.success(request, _("The extract will be read again in a moment."))
    return redirect("operator:application-detail", uuid)
