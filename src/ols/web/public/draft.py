"""How a browser finds its draft of an application again.

The draft itself is in the database (`onboarding`). The browser holds one secret: in its session, and in a
signed cookie of limited life, so that the draft is there again when the session is lost.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from ols.onboarding import draft_values, selectors, services
from ols.onboarding.selectors import DraftRow
from ols.registry import selectors as registry
from ols.web.page import PublicRequest
from ols.web.public import searches
from ols.web.public.forms.application import AccessApplication
from ols.web.public.visitor import visitor

COOKIE: Final = "ols_draft"
COOKIE_LIFE: Final = timedelta(hours=24)
_SALT: Final = "ols.public.draft"
_PATH: Final = "/access/"
_KEY: Final = "access_draft_secret"
# The tax number of a clinic that joined already, for the page that says so.
CHOSEN: Final = "access_chosen_nip"

# The fields of the form that are texts, in the order of the page.
FIELDS: Final = draft_values.TEXTS


def start(request: PublicRequest, *, chosen: str, values: Mapping[str, str]) -> None:
    """Begin a draft with what the register knows; choosing the same clinic again keeps what was typed.

    :raises ols.onboarding.services.TooOften: too many were begun from this network place
    """
    known = load(request)
    if known is not None and known.chosen == chosen and known.application_uuid is None:
        return
    areas = sorted(registry.suggested_areas(register_book_no=chosen)) if chosen else []
    request.session[_KEY] = services.start_draft(
        actor=visitor(request),
        chosen=chosen,
        values={**values, "areas": ",".join(areas)},
        at=timezone.now(),
    )


def secret(request: PublicRequest) -> str:
    """Return the secret this browser holds, empty without one."""
    held = request.session.get(_KEY) or request.get_signed_cookie(
        COOKIE, default="", salt=_SALT, max_age=COOKIE_LIFE
    )
    return str(held or "")


def load(request: PublicRequest) -> DraftRow | None:
    """Return the draft of this browser, also one that was sent; None without one."""
    return selectors.draft(secret=secret(request), at=timezone.now())


def take_up(request: PublicRequest, held: str) -> None:
    """Let this browser go on with the draft of the secret."""
    request.session[_KEY] = held


def remembered(request: PublicRequest, response: HttpResponse) -> HttpResponse:
    """Leave the secret with the browser for when its session is lost."""
    response.set_signed_cookie(
        COOKIE,
        secret(request),
        salt=_SALT,
        max_age=COOKIE_LIFE,
        path=_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def sent(response: HttpResponse) -> HttpResponse:
    """Take the cookie back: only this session still knows which application it was."""
    response.delete_cookie(COOKIE, path=_PATH, samesite="Lax")
    return response


def forget(request: PublicRequest, response: HttpResponse) -> HttpResponse:
    """Leave nothing of the draft on this computer, nor in its cache."""
    services.forget_draft(actor=visitor(request), secret=secret(request), at=timezone.now())
    for name in (_KEY, searches.KEY, CHOSEN):
        request.session.pop(name, None)
    response.headers["Clear-Site-Data"] = '"cache"'
    return sent(response)


def save(request: PublicRequest, form: AccessApplication, *, terms_uuid: str) -> services.SavedDraft:
    """Keep what the form was sent with, right or wrong.

    :raises ols.onboarding.services.DraftGone: this browser has no draft
    :raises ols.onboarding.services.DraftSent: it was sent
    """
    # Accepted is the version the page showed, which may no longer be the one in force.
    shown = request.POST.get("terms") or terms_uuid
    typed = form.typed() | {"accepted": shown if form.data.get("accepted") else ""}
    return services.save_draft(
        actor=visitor(request), secret=secret(request), typed=typed, tab=_tab(request), at=timezone.now()
    )


def _tab(request: PublicRequest) -> draft_values.Tab:
    """Return which page was sent; a form that does not say what it has seen has seen everything."""
    known = load(request)
    seen = _number(request.POST.get("seen", ""), default=known.version if known else 0)
    chosen = _number(request.POST.get("override", ""), default=0)
    return draft_values.Tab(request.POST.get("tab", "")[:32], seen, chosen)


def _number(text: str, *, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() else default


def new_tab() -> str:
    """Return the name of a page that was opened now; two tabs have two."""
    return secrets.token_hex(8)
