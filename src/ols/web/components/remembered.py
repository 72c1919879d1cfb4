"""Filters of a list that are still there when a person comes back to it; kept in the session."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

RESET = "reset"


def restored(request: HttpRequest, names: Collection[str]) -> HttpResponse | None:
    """Send somebody who comes without filters to those they had; note the filters of who has some.

    Only parameters of these names are kept: which page of the list it was is not. `?reset=1` forgets.
    Returns None where the list is to be shown.
    """
    key = f"filters:{request.path}"
    if RESET in request.GET:
        request.session.pop(key, None)
        return redirect(request.path)
    if not request.GET:
        known = request.session.get(key)
        return redirect(f"{request.path}?{known}") if known else None
    kept = QueryDict(mutable=True)
    for name in names:
        if request.GET.get(name):
            kept[name] = request.GET[name]
    if request.session.get(key) != kept.urlencode():
        request.session[key] = kept.urlencode()
    return None
