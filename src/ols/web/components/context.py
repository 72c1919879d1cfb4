"""What every template can see: who is logged in, the help line, the languages. No queries here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

ROLES_WITH_PAGES = {"provider", "insurer", "operator"}


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the values of the frame around every page."""
    actor = getattr(request, "actor", None)
    role = actor.organization_kind if actor and actor.organization_kind in ROLES_WITH_PAGES else "public"
    before = (settings.CONSULTANT_PHONE, settings.CONSULTANT_HOURS)
    help_phone, help_hours = getattr(request, "help_line", before)
    return {
        "actor": actor,
        "role_base": f"{role}/base.html",
        "help_phone": help_phone,
        "help_hours": help_hours,
        "languages": settings.LANGUAGES,
        "session_seconds": settings.SESSION_COOKIE_AGE,
    }
