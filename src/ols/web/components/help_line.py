"""The help line at the foot of every page: the platform's consultant, as set by the operator."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from ols.kernel import identifiers
from ols.onboarding import selectors as onboarding

# The gallery of components works without a database.
_WITHOUT = "components"


class HelpLineMiddleware:
    """Puts phone and hours on the request, because nothing is asked of the database while a page renders."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the page's address is not known yet."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Look them up for a page; without a database the environment's ones are shown."""
        match = request.resolver_match
        if match is None or match.app_name == _WITHOUT:
            return None
        try:
            platform = onboarding.platform()
        except DatabaseError:
            return None
        hours = f"{platform.consultant_opens:%H:%M}-{platform.consultant_closes:%H:%M}"
        phone = identifiers.format_phone(platform.consultant_phone)
        request.help_line = (phone, hours)  # type: ignore[attr-defined]
        return None
