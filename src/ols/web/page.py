"""Every page: who may open it, how it is rendered, and what a refusal looks like.

`@page(permission)` is the only way a view becomes a page; `render()` is the only way a
template becomes a response. See ARCHITECTURE section 11.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django_htmx.middleware import HtmxDetails

from ols.accounts import oversight, people, permissions, proof, selectors
from ols.db import guard
from ols.db.errors import NotFound
from ols.kernel import identifiers
from ols.kernel.actor import Actor, NotPermitted
from ols.network import selectors as network
from ols.onboarding import selectors as onboarding
from ols.web import acting, kept

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


class Access(Enum):
    """Pages that need no permission of their own."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"
    # Signed in, the second factor still to come: setting one up, confirming who one is, leaving.
    BEFORE_FACTOR = "before-factor"


# Tells htmx to show an answer in place of the page's content, whatever it asked for.
_WHOLE_PAGE = {"HX-Retarget": "#content", "HX-Reswap": "outerHTML", "HX-Reselect": "#content"}
_DESKS: Final = ("insurer", "operator", "provider")
PUBLIC = Access.PUBLIC
SIGNED_IN = Access.SIGNED_IN
BEFORE_FACTOR = Access.BEFORE_FACTOR


class PageRequest(HttpRequest):
    """The request of a page behind a login: the middleware has set who acts."""

    actor: Actor
    htmx: HtmxDetails


class PublicRequest(HttpRequest):
    """The request of a public page: there may be nobody."""

    actor: Actor | None
    htmx: HtmxDetails


class Page(Protocol[P]):
    """A view that says who may open it."""

    page_permission: str | Access

    def __call__(self, request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        """Answer the request."""


def page(
    permission: str | Access, *, methods: tuple[str, ...] = ("GET", "POST")
) -> Callable[
    [Callable[Concatenate[R, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Make a view a page that only people with the permission may open.

    Nobody logged in: to the login page and back. Staff of an insurer or the operator without a second
    factor: to setting one up. A form made for another of the person's organizations: 409, and nothing is
    done. Permission missing (here or in a service below):
    403 with the name of what is missing and whom to ask. `NotFound` from a selector: 404.
    A verb outside `methods`: 405.
    """
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def decorate(view: Callable[Concatenate[R, P], HttpResponse]) -> Page[P]:
        @wraps(view)
        def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(methods)
            acting.follow(request)
            refusal = stale_refusal(request, permission) or _refusal(request, permission)
            if refusal is not None:
                return refusal
            try:
                return kept.answered(request, view(cast("R", request), *args, **kwargs))
            except NotPermitted as error:
                return not_permitted(request, error.permission)
            except NotFound as error:
                raise Http404 from error

        marked = cast("Page[P]", opened)
        marked.page_permission = permission
        return marked

    return decorate


def _refusal(request: HttpRequest, permission: str | Access) -> HttpResponse | None:
    """Return the answer for somebody who may not open the page; None lets them in."""
    if permission is PUBLIC:
        return None
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return _send_to_login(request, permission)
    if permission is not BEFORE_FACTOR and proof.is_missing(request, actor):
        return redirect("public:factor-start")
    if isinstance(permission, str) and not actor.has(permission):
        return not_permitted(request, permission)
    if isinstance(permission, str) and _is_elsewhere(request, actor):
        raise Http404
    return None


def _is_elsewhere(request: HttpRequest, actor: Actor) -> bool:
    """Tell whether the page is of another kind of desk, whose permissions bear the same names."""
    match = request.resolver_match
    return match is not None and match.namespace in _DESKS and match.namespace != actor.organization_kind


def stale_refusal(request: HttpRequest, permission: str | Access | None = None) -> HttpResponse | None:
    """Return the answer to a form made for another organization; None when it may go on.

    Public and personal pages act for no organization; a personal one that does calls this itself.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if isinstance(permission, Access) or actor is None or not acting.is_stale(request, actor):
        return None
    wanted = acting.chosen(actor, request.POST.get(acting.MARK, ""))
    context = {
        "wanted": wanted,
        "typed": kept.typed(request),
        "has_files": bool(request.FILES),
        "here": request.get_full_path(),
    }
    answer = render(request, "components/other_organization.html", context, status=HTTPStatus.CONFLICT)
    for name, value in _WHOLE_PAGE.items():
        answer.headers[name] = value
    return answer


def _send_to_login(request: HttpRequest, permission: str | Access) -> HttpResponse:
    """Send a visitor to the login page and back; a person without any open organization cannot enter.

    A form of an organization's page is kept meanwhile; one of the person's own holds passwords and is not.
    """
    if request.user.is_authenticated:
        return closed_door(request, user_id=request.user.pk)
    if isinstance(permission, str):
        kept.keep(request)
    return redirect_to_login(
        request.get_full_path() if request.method in {"GET", "HEAD"} else _page_before(request)
    )


def _page_before(request: HttpRequest) -> str:
    """Return the page of ours from which something was sent: there the draft is, after logging in again."""
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host():
        return "/"
    return before.path + (f"?{before.query}" if before.query else "")


def closed_door(request: HttpRequest, *, user_id: int) -> HttpResponse:
    """Return the page of somebody who is blocked, or whose organizations are: what to do, whom to call."""
    platform = onboarding.platform()
    context = {
        "door": oversight.closed_door(user_id=user_id),
        "may_leave": request.user.is_authenticated,
        "consultant_phone": identifiers.format_phone(platform.consultant_phone),
        "consultant_hours": f"{platform.consultant_opens:%H:%M}–{platform.consultant_closes:%H:%M}",
    }
    return render(request, "components/closed_door.html", context, status=HTTPStatus.FORBIDDEN)


def not_permitted(request: HttpRequest, permission: str) -> HttpResponse:
    """Return the 403 page that names the missing permission and whom to ask."""
    name = permissions.PERMISSION_NAMES.get(permission, "")
    context = {
        "permission_name": gettext(name) if name else permission,
        "holders": _holders(getattr(request, "actor", None), permission),
        **_asking(getattr(request, "actor", None), permission),
        "elsewhere": _elsewhere(getattr(request, "actor", None), permission),
        "here": request.get_full_path() if request.method == "GET" else "",
    }
    return render(request, "components/not_permitted.html", context, status=HTTPStatus.FORBIDDEN)


def _holders(actor: Actor | None, permission: str) -> list[str]:
    """Return the names of those in the actor's organization who hold the permission: whom to ask."""
    if actor is None or actor.organization_id is None:
        return []
    return selectors.member_names(organization_id=actor.organization_id, permission=permission)


def _asking(actor: Actor | None, permission: str) -> dict[str, Any]:
    """Return what "ask for access" shows: where to ask, whom, and since when an answer is awaited."""
    if actor is None or actor.user_id is None or actor.organization_id is None:
        return {}
    if not permissions.roles_giving(permission, actor.organization_kind):
        return {}
    return {
        "ask_url": reverse(f"{actor.organization_kind}:staff-ask"),
        "permission": permission,
        "asked_at": people.own_open_request(actor, permission=permission),
        "managers": _holders(actor, permissions.Permission.STAFF_MANAGE),
    }


def _elsewhere(actor: Actor | None, permission: str) -> list[acting.Workplace]:
    """Return the person's other organizations in which they hold the permission."""
    if actor is None or actor.user_id is None:
        return []
    found = selectors.memberships(user_id=actor.user_id)
    held = {row.organization_id for row in found if permission in permissions.permissions_of(list(row.roles))}
    return [row for row in acting.workplaces(actor) if row.id in held and not row.is_current]


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Render a template with the database switched off.

    What every page shows (who acts for whom, messages) is fetched before; anything lazy that is left
    in the context raises `db.guard.QueryInTemplate`.
    """
    wrong = status == HTTPStatus.UNPROCESSABLE_ENTITY
    complete = {**_frame(request), "has_errors": wrong, **(context or {})}
    with guard.database_switched_off():
        body = loader.render_to_string(template, complete, request)
    response = HttpResponse(body, status=status)
    if getattr(request, "actor", None) is not None:
        # After logging out the Back button must show nothing.
        response.headers["Cache-Control"] = "no-store"
    return response


def _frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame around every page shows and has to be asked of the database."""
    frame: dict[str, Any] = {"page_messages": list(messages.get_messages(request))}
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None and actor.user_id is not None:
        found = acting.workplaces(actor)
        frame |= {"organization_name": "".join(row.name for row in found if row.is_current)}
        if len(found) > 1:
            frame["workplaces"] = found
        # A clinic's every page says that terms wait, or that something is suspended for want of them.
        if actor.organization_kind == "provider":
            frame["terms_due"] = network.terms_due(actor, on=timezone.localdate())
        # The operator's every page says that somebody waits for too long.
        if actor.has(permissions.Permission.APPLICATION_REVIEW):
            frame["overdue_count"] = onboarding.overdue_count(at=timezone.now())
    return frame


def form_status(*forms: BaseForm) -> int:
    """Return 422 when any of the forms was filled in wrongly, else 200 (also for one not sent yet)."""
    wrong = any(form.is_bound and not form.is_valid() for form in forms)
    return HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


def wants_partial(request: HttpRequest) -> bool:
    """Tell whether htmx asked for a piece of the page (not a boosted link, not a restored history entry)."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_part(
    request: HttpRequest,
    template: str,
    part: str,
    context: Mapping[str, Any],
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Render `part` for an htmx request and the whole `template` otherwise; both get the same context."""
    response = render(request, part if wants_partial(request) else template, context, status=status)
    response.headers["Vary"] = "HX-Request"
    return response
