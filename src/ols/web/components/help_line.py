"""The help line at the foot of every page: the platform's consultant, as set by the operator."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from ols.kernel import identifiers
from ols.onboarding import selectors as onboarding


class HelpLineMiddleware:
    """Puts phone and hours on the request, because nothing is asked of the database while a page renders."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look them up and go on; without a database the environment's ones are shown."""
        try:
            platform = onboarding.platform()
        except DatabaseError:
            return self.get_response(request)
        hours = f"{platform.consultant_opens:%H:%M}-{platform.consultant_closes:%H:%M}"
        phone = identifiers.format_phone(platform.consultant_phone)
        request.help_line = (phone, hours)  # type: ignore[attr-defined]
        return self.get_response(request)
