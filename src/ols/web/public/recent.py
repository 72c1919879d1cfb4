"""Pages that change how one logs in: the last proof must be young, or it is asked for again."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from ols.accounts import proof
from ols.web.page import PageRequest

P = ParamSpec("P")
_CODES_UNTIL = "recovery_codes_until"
_CODES_SHOWN_SECONDS = 15 * 60


def proof_required(
    view: Callable[Concatenate[PageRequest, P], HttpResponse],
) -> Callable[Concatenate[PageRequest, P], HttpResponse]:
    """Send who proved themselves too long ago to do it again, and back to the page."""

    @wraps(view)
    def guarded(request: PageRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if proof.is_fresh(request.session, at=timezone.now()):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else reverse("public:security-show")
        return redirect(f"{reverse('public:identity-confirm')}?{urlencode({'next': back})}")

    return cast("Callable[Concatenate[PageRequest, P], HttpResponse]", guarded)


def show_recovery_codes(request: PageRequest) -> None:
    """Let this session show the codes just made, for a quarter of an hour or until they are kept."""
    request.session[_CODES_UNTIL] = timezone.now().timestamp() + _CODES_SHOWN_SECONDS


def may_show_recovery_codes(request: PageRequest) -> bool:
    """Say whether this session has just made the codes and they are not kept yet."""
    return bool(request.session.get(_CODES_UNTIL, 0.0) > timezone.now().timestamp())


def recovery_codes_kept(request: PageRequest) -> None:
    """Show the codes no more."""
    request.session.pop(_CODES_UNTIL, None)
