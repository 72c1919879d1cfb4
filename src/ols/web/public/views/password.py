"""Setting a password by an e-mailed link, and asking for one."""

import time
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import selectors, services
from ols.web import page
from ols.web.page import PublicRequest
from ols.web.public import entering
from ols.web.public.forms.session import NewPassword, PasswordRequest
from ols.web.public.visitor import visitor

_SECRET = "password_link_secret"  # noqa: S105 - the name of a place, no secret
# So long every answer takes: how long the work took would tell whether the address is known.
_ANSWER_SECONDS = 0.3


@page.page(page.PUBLIC)
def password_request(request: PublicRequest) -> HttpResponse:
    """Send a link; the answer is the same for a known and an unknown address, and takes as long."""
    form = PasswordRequest(request.POST or None)
    if request.method == "POST" and form.is_valid():
        begun = time.perf_counter()
        services.request_password_link(
            actor=visitor(request), email=form.cleaned_data["email"], at=timezone.now()
        )
        return _on_its_way(request, begun)
    return page.render(request, "public/password/request.html", {"form": form}, status=page.form_status(form))


@page.page(page.PUBLIC, methods=("GET",))
def password_open(request: PublicRequest, secret: str) -> HttpResponse:
    """Take the secret out of the address: there it would be seen, kept in histories, sent along as Referer.

    Nothing is used up: programs that check mail follow links, too.
    """
    request.session[_SECRET] = secret[:100]
    response = _unseen(redirect("public:password-set"))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@page.page(page.PUBLIC)
def password_set(request: PublicRequest) -> HttpResponse:
    """Set the password and go on to logging in; a link that no longer works offers a new one."""
    secret = request.session.get(_SECRET, "")
    invited = selectors.password_link_user(secret=secret, at=timezone.now())
    if invited is None:
        return _link_gone(request)
    form = NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.set_password(
                actor=visitor(request),
                secret=secret,
                password=form.cleaned_data["password"],
                at=timezone.now(),
            )
        except services.PasswordLinkInvalid:
            return _link_gone(request)
        except services.WeakPassword as refusal:
            form.add_error("password", refusal.messages)
        else:
            messages.success(request, _("The password is set."))
            return entering.enter(request, user, wanted="")
    context = {"form": form, "email": invited.email}
    return _unseen(page.render(request, "public/password/set.html", context, status=page.form_status(form)))


@page.page(page.PUBLIC, methods=("POST",))
def password_again(request: PublicRequest) -> HttpResponse:
    """Send a new link to whom the dead one was sent, without telling whether that is anybody."""
    begun = time.perf_counter()
    secret = request.session.pop(_SECRET, "")
    services.renew_password_link(actor=visitor(request), secret=secret, at=timezone.now())
    return _on_its_way(request, begun)


def _on_its_way(request: PublicRequest, begun: float) -> HttpResponse:
    time.sleep(max(0.0, begun + _ANSWER_SECONDS - time.perf_counter()))
    messages.success(request, _("If the address is known here, a link is on its way. It works for 24 hours."))
    return redirect("public:session-new")


def _link_gone(request: PublicRequest) -> HttpResponse:
    """Offer a new link: at once where the old one is known, else by the address."""
    context = {"has_secret": bool(request.session.get(_SECRET))}
    return _unseen(page.render(request, "public/password/gone.html", context, status=HTTPStatus.GONE))


def _unseen(response: HttpResponse) -> HttpResponse:
    """Keep the page out of caches; its own address, without the secret, is told to this site alone."""
    response.headers["Cache-Control"] = "no-store"
    return response
