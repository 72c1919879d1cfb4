"""Resolves who acts, once a request: `request.actor` is an Actor, or None for an anonymous visitor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ols.accounts import models, selectors, services
from ols.kernel.actor import Actor

SESSION_ORGANIZATION = "organization_id"
_SESSION_ENTERED = "entered_id"


class ActorMiddleware:
    """Puts the actor on the request; pages read it there and pass it to services."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Resolve and go on."""
        request.actor = None  # type: ignore[attr-defined]
        user = request.user
        if isinstance(user, models.User):
            actor = selectors.actor(
                user=user,
                organization_id=request.session.get(SESSION_ORGANIZATION),
                channel="web",
                ip=request.META.get("REMOTE_ADDR"),
            )
            request.actor = actor  # type: ignore[attr-defined]
            if actor is not None:
                _note_entry(request, actor)
        return self.get_response(request)


def _note_entry(request: HttpRequest, actor: Actor) -> None:
    """Note once a session when the person began to act for the organization; its staff list shows it."""
    if request.session.get(_SESSION_ENTERED) != actor.organization_id:
        services.note_entry(actor=actor, at=timezone.now())
        request.session[_SESSION_ENTERED] = actor.organization_id
