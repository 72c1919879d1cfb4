"""Setting a password by an e-mailed link, and asking for one."""

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


@page.page(page.PUBLIC)
def password_request(request: PublicRequest) -> HttpResponse:
    """Send a link; the answer is the same for a known and an unknown address."""
    form = PasswordRequest(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.request_password_link(
            actor=visitor(request), email=form.cleaned_data["email"], at=timezone.now()
        )
        messages.success(
            request, _("If the address is known here, a link is on its way. It works for 24 hours.")
        )
        return redirect("public:session-new")
    return page.render(request, "public/password/request.html", {"form": form}, status=page.form_status(form))


@page.page(page.PUBLIC)
def password_set(request: PublicRequest, secret: str) -> HttpResponse:
    """Set the password and enter the panel; a link that no longer works says where to get a new one."""
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
    return page.render(request, "public/password/set.html", context, status=page.form_status(form))


def _link_gone(request: PublicRequest) -> HttpResponse:
    return page.render(request, "public/password/gone.html", status=HTTPStatus.GONE)
