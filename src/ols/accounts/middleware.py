"""Resolves who acts, once a request: `request.actor` is an Actor, or None for an anonymous visitor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ols.accounts import models, selectors

SESSION_ORGANIZATION = "organization_id"


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
            request.actor = selectors.actor(  # type: ignore[attr-defined]
                user=user,
                organization_id=request.session.get(SESSION_ORGANIZATION),
                channel="web",
                ip=request.META.get("REMOTE_ADDR"),
            )
        return self.get_response(request)
