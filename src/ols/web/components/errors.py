"""Error pages. They work when much else does not: no database, no session, no actor needed."""

import math
from datetime import datetime, timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import timezone

from ols.kernel.actor import Actor
from ols.web import acting, kept, page


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be understood."""
    del exception
    return page.render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 without a known permission."""
    del exception
    return page.render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: missing, or belonging to somebody else; the page does not tell which."""
    del exception
    return page.render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def too_many_requests(request: HttpRequest, *, until: datetime | None = None) -> HttpResponse:
    """429: somebody (or something) asks faster than a person would; `until` says when to try again."""
    context = {"until": _next_minute(until) if until else None}
    response = page.render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    if until:
        response.headers["Retry-After"] = str(max(1, math.ceil((until - timezone.now()).total_seconds())))
    return response


def _next_minute(moment: datetime) -> datetime:
    """Round up, so that who comes back at the time shown is not turned away again."""
    return (moment + timedelta(minutes=1, microseconds=-1)).replace(second=0, microsecond=0)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: whole in itself, so that a broken database or context cannot break it again."""
    del request
    return HttpResponse(loader.get_template("500.html").render({}), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's protection did not match, usually after a long pause or with cookies off."""
    del reason
    return page.render(request, "403_csrf.html", {"is_kept": _is_kept(request)}, status=HTTPStatus.FORBIDDEN)


def _is_kept(request: HttpRequest) -> bool:
    """Keep the form of somebody who has logged in again meanwhile; their mark proves the page theirs."""
    actor: Actor | None = getattr(request, "actor", None)
    permission = getattr(getattr(request.resolver_match, "func", None), "page_permission", None)
    if actor is None or not isinstance(permission, str):
        return False
    return acting.chosen(actor, request.POST.get(acting.MARK, "")) is not None and kept.keep(request)
