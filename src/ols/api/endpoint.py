"""`@endpoint(permission)`: what every JSON operation checks before its own work begins."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Protocol, cast

from django.http import HttpRequest, HttpResponse

from ols.api import tokens
from ols.api.problems import Problem
from ols.kernel.actor import Actor, NotPermitted

MAX_BODY_BYTES = 64 * 1024
Operation = Callable[[HttpRequest, Actor, dict[str, object]], HttpResponse]


class Endpoint(Protocol):
    """A view that says which permission it needs."""

    page_permission: str
    page_is_api: bool

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""


def endpoint(permission: str) -> Callable[[Operation], Endpoint]:
    """Make an operation a view: POST, a token whose person holds the permission, a JSON object."""

    def decorate(operation: Operation) -> Endpoint:
        @wraps(operation)
        def view(request: HttpRequest) -> HttpResponse:
            if request.method != "POST":
                refused = Problem(405, "METHOD_NOT_ALLOWED", "This address takes POST.").response()
                refused["Allow"] = "POST"
                return refused
            actor = _actor(request)
            try:
                actor.require(permission)
                return operation(request, actor, _body(request))
            except NotPermitted as error:
                raise Problem(
                    403, "NOT_PERMITTED", f"The token's person lacks {error.permission}."
                ) from error

        marked = cast("Endpoint", view)
        marked.page_permission = permission
        marked.page_is_api = True
        return marked

    return decorate


def answer(body: object, *, status: int = 200) -> HttpResponse:
    """Return a JSON answer that nobody keeps."""
    response = HttpResponse(json.dumps(body), status=status, content_type="application/json")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _actor(request: HttpRequest) -> Actor:
    kind, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Problem(401, "TOKEN_MISSING", "Send the service token: Authorization: Bearer <token>.")
    try:
        return tokens.actor_of(token)
    except tokens.TokenInvalid as error:
        raise Problem(401, "TOKEN_INVALID", "The token is unknown, over, or its person left.") from error


def _body(request: HttpRequest) -> dict[str, object]:
    if request.content_type != "application/json":
        raise Problem(415, "NOT_JSON", "Send application/json.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY_BYTES:
        raise Problem(413, "TOO_BIG", "The request is longer than 64 kB.")
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "JSON_INVALID", "The request is no JSON document.") from error
    if not isinstance(found, dict):
        raise Problem(400, "JSON_INVALID", "The request must be a JSON object.")
    return found
