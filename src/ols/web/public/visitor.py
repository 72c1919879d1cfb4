"""Who acts on a public page: the person logged in, or a visitor known by the network place only."""

from ols.kernel.actor import Actor
from ols.web.page import PublicRequest


def visitor(request: PublicRequest) -> Actor:
    """Return the actor for services that anybody may call."""
    if request.actor is not None:
        return request.actor
    return Actor(None, None, "visitor", frozenset(), "web", request.META.get("REMOTE_ADDR"))
