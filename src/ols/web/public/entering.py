"""From a proved password to an open session: the second step, the browser's cookie, the page wanted."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from ols.accounts import factors, proof, selectors, services, sessions
from ols.web import kept
from ols.web.page import PageRequest, PublicRequest
from ols.web.public.visitor import visitor

if TYPE_CHECKING:  # the table is private to accounts; what its services return has a name all the same
    from ols.accounts.models import User

BROWSER_COOKIE = "ols_browser"
_BROWSER_KNOWN_SECONDS = 400 * 24 * 3600
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_PENDING = "second_step"
_PENDING_SECONDS = 600


def enter(request: PublicRequest, user: "User", *, wanted: str) -> HttpResponse:
    """Let in who proved the password (or a link); who has a second factor takes the second step first."""
    if not factors.has_factor(user_id=user.pk):
        return complete(request, user, factor="", wanted=wanted)
    request.session.cycle_key()
    request.session[_PENDING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "until": timezone.now().timestamp() + _PENDING_SECONDS,
        "wanted": wanted,
    }
    return redirect("public:factor-verify")


def pending(request: PublicRequest) -> "User | None":
    """Return who has proved the password in this browser within ten minutes; None when nobody has."""
    found = request.session.get(_PENDING) or {}
    if found.get("until", 0) < timezone.now().timestamp():
        return None
    user = selectors.active_person(user_id=found["user"])
    if user is None or not constant_time_compare(found["hash"], user.get_session_auth_hash()):
        return None
    return user


def complete(request: PublicRequest, user: "User", *, factor: str, wanted: str = "") -> HttpResponse:
    """Begin the session and lead to the page wanted; `factor` is the kind the second step was passed by."""
    waiting = request.session.pop(_PENDING, {})
    now = timezone.now()
    secret = services.begin_session(
        actor=visitor(request),
        user=user,
        factor=factor,
        browser=request.COOKIES.get(BROWSER_COOKIE, "")[:100],
        user_agent=request.META.get("HTTP_USER_AGENT", ""),
        at=now,
    )
    auth.login(request, user, backend=_BACKEND)
    proof.note(request.session, factor=bool(factor), at=now)
    request.session.set_expiry(None)  # a form that waited for its person had made it longer
    is_kept = kept.waiting_for(request, user.pk) is not None
    response = redirect("public:kept-show" if is_kept else safe(request, wanted or waiting.get("wanted", "")))
    _remember(response, secret)
    return response


def renew(request: PageRequest, user: "User") -> None:
    """Go on in this session after all sessions of its person were ended."""
    auth.update_session_auth_hash(request, user)
    sessions.note(request=request, user=user)
    proof.note(request.session, factor=False, at=timezone.now())


def safe(request: HttpRequest, wanted: str) -> str:
    """Return the page wanted if it is one of ours, else the home page."""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("public:session-home")


def _remember(response: HttpResponse, secret: str) -> None:
    """Give the browser its cookie: it says nothing but that its person has logged in with it."""
    response.set_cookie(
        BROWSER_COOKIE,
        secret,
        max_age=_BROWSER_KNOWN_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
