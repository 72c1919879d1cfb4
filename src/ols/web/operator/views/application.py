"""One access application and the decision on it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.onboarding import selectors, services
from ols.web import page
from ols.web.components import application_words
from ols.web.operator import review
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@page.page(Permission.APPLICATION_REVIEW, methods=("GET",))
def application_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the application beside the register, with differences and duplicates."""
    services.note_reader(actor=request.actor, application_uuid=uuid, at=timezone.now())
    return _shown(request, review.page_of(request.actor, uuid, at=timezone.now()))


def _shown(request: PageRequest, shown: review.ReviewPage) -> HttpResponse:
    status = page.form_status(shown.returning, shown.rejecting)
    return page.render(request, "operator/application/detail.html", shown.context(), status=status)


@page.page(Permission.APPLICATION_REVIEW, methods=("POST",))
def application_approve(request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Zatwierdź”."""
    return _decide(
        request,
        uuid,
        lambda: services.approve_application(actor=request.actor, application_uuid=uuid, at=timezone.now()),
        _("Access was given. The e-mail with the link for setting the password is on its way."),
    )


@page.page(Permission.APPLICATION_REVIEW, methods=("POST",))
def application_return(request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Poproś o uzupełnienie”."""
    shown = review.page_of(request.actor, uuid, at=timezone.now(), returned=request.POST)
    form = shown.returning
    if not form.is_valid():
        return _shown(request, shown)
    return _decide(
        request,
        uuid,
        lambda: services.return_application(
            actor=request.actor,
            application_uuid=uuid,
            remark=form.cleaned_data["remark"],
            asked=form.asked(),
            at=timezone.now(),
        ),
        _("The applicant was asked to complete the application."),
    )


@page.page(Permission.APPLICATION_REVIEW, methods=("POST",))
def application_reject(request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Odrzuć”."""
    shown = review.page_of(request.actor, uuid, at=timezone.now(), rejected=request.POST)
    form = shown.rejecting
    if not form.is_valid():
        return _shown(request, shown)
    return _decide(
        request,
        uuid,
        lambda: services.reject_application(
            actor=request.actor,
            application_uuid=uuid,
            reason=form.cleaned_data["reason"],
            code=form.cleaned_data["code"],
            at=timezone.now(),
        ),
        _("The application was rejected."),
    )


def _decide(request: PageRequest, uuid: UUID, decide: Callable[[], None], done: str) -> HttpResponse:
    """Run the decision; a colleague who was faster is told in words."""
    try:
        decide()
    except TransitionRefused:
        messages.error(request, _faster(request, uuid))
    except services.ProviderJoined:
        messages.error(request, _("A clinic with this NIP already has access. Nothing was changed."))
    else:
        messages.success(request, done)
    return redirect("operator:application-detail", uuid)


def _faster(request: PageRequest, uuid: UUID) -> str:
    """Say who was faster, with what and when."""
    decisions = {"application.approve", "application.return", "application.reject"}
    history = selectors.application(request.actor, uuid=uuid).history
    last = next((row for row in reversed(history) if row.event in decisions), None)
    if last is None:
        return _("Somebody has answered this application already. Nothing was changed.")
    return _("%(name)s was faster: %(what)s, %(when)s. Nothing was changed.") % {
        "name": last.actor_name,
        "what": application_words.event(last.event),
        "when": f"{last.at.astimezone(days.WARSAW):%d.%m.%Y %H:%M}",
    }
