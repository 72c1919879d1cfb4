"""One person on the platform: where they work, how they log in, their access."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import oversight, services
from ols.accounts.permissions import Permission
from ols.web import page
from ols.web.operator import access_words, log_words
from ols.web.operator.forms.organization import AccessChange
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@page.page(Permission.ORGANIZATION_VIEW, methods=("GET",))
def person_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show a person."""
    return _detail(request, uuid, AccessChange())


@page.page(Permission.ORGANIZATION_BLOCK, methods=("POST",))
def person_block(request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Zablokuj”."""
    done = _("The person is blocked, and all their sessions are ended.")
    return _change(request, uuid, services.block_person, done)


@page.page(Permission.ORGANIZATION_BLOCK, methods=("POST",))
def person_unblock(request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Odblokuj”."""
    return _change(request, uuid, services.unblock_person, _("The person can log in again."))


@page.page(Permission.ORGANIZATION_BLOCK, methods=("POST",))
def person_link(request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Wyślij link do ustawienia hasła”."""
    try:
        services.send_password_link(actor=request.actor, user_uuid=uuid, at=timezone.now())
    except services.PersonBlocked:
        messages.error(request, _("The person is blocked: the link would not work. Unblock them first."))
    else:
        messages.success(request, _("The link is on its way. Older links do not work any more."))
    return redirect("operator:person-detail", uuid)


@page.page(Permission.ORGANIZATION_BLOCK, methods=("POST",))
def person_sessions(request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Zakończ wszystkie sesje”."""
    services.end_sessions_of(actor=request.actor, user_uuid=uuid, at=timezone.now())
    messages.success(request, _("All sessions of the person are ended."))
    return redirect("operator:person-detail", uuid)


@page.page(Permission.STAFF_MANAGE, methods=("POST",))
def person_reset(request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Usuń drugi składnik”: for somebody who lost it, and no manager of theirs is there."""
    services.reset_factors(actor=request.actor, user_uuid=uuid, at=timezone.now())
    messages.success(request, _("The second factor was removed. The person is told by e-mail."))
    return redirect("operator:person-detail", uuid)


def _change(request: PageRequest, uuid: UUID, change: Callable[..., None], done: str) -> HttpResponse:
    """Take access away or give it back; a refusal is told in words."""
    form = AccessChange(request.POST)
    if not form.is_valid():
        return _detail(request, uuid, form)
    try:
        change(actor=request.actor, user_uuid=uuid, reason=form.cleaned_data["reason"], at=timezone.now())
    except TransitionRefused:
        messages.error(request, access_words.REFUSALS["faster"])
    except services.OwnAccess:
        messages.error(request, access_words.REFUSALS["own"])
    except services.OperatorStays:
        messages.error(request, access_words.REFUSALS["last"])
    else:
        messages.success(request, done)
    return redirect("operator:person-detail", uuid)


def _detail(request: PageRequest, uuid: UUID, form: AccessChange) -> HttpResponse:
    own = oversight.person(request.actor, uuid=uuid, at=timezone.now())
    context = {
        "own": own,
        "status": access_words.STATUS_TAGS[own.status],
        "places": [(row, access_words.roles(row.roles)) for row in own.places],
        "events": access_words.timeline(own.history),
        "log_url": log_words.log_url(request.actor, person=own.email),
        "form": form,
    }
    return page.render(request, "operator/person/detail.html", context, status=page.form_status(form))
