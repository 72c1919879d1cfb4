"""Account security: the page of one's own password, factors, sessions and what happened."""

from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import factors, passkeys, selectors, services, sessions
from ols.db.errors import NotFound
from ols.web import page
from ols.web.page import PageRequest
from ols.web.public import entering, recent
from ols.web.public.forms.session import PasswordChange
from ols.web.public.security_words import event_rows
from ols.web.public.views.factor import wait_words


@page.page(page.SIGNED_IN, methods=("GET",))
def security_show(request: PageRequest) -> HttpResponse:
    """Show how one logs in, from where one is logged in, and what happened to the account."""
    actor = request.actor
    own = factors.own_factors(actor)
    context = {
        "email": selectors.own_email(actor),
        "factors": own,
        "has_codes": any(row.kind == factors.CODES for row in own),
        "recovery": factors.own_recovery(actor),
        "is_required": factors.required_for(actor),
        "passkeys": passkeys.usable(request.get_host()),
        "sessions": sessions.own_sessions(
            actor, session_key=request.session.session_key or "", at=timezone.now()
        ),
        "events": event_rows(selectors.own_history(actor)),
    }
    return page.render(request, "public/security/show.html", context)


@page.page(page.SIGNED_IN)
@recent.proof_required
def password_change(request: PageRequest) -> HttpResponse:
    """Change one's own password; every other session ends."""
    form = PasswordChange(request.POST or None)
    if request.method == "POST" and form.is_valid():
        checked = services.check_own_password(
            actor=request.actor, password=form.cleaned_data["present"], at=timezone.now()
        )
        if checked.wait_until:
            form.add_error("present", wait_words(checked.wait_until))
        elif not checked.factor:
            form.add_error("present", _("This is not your present password."))
        elif _changed(request, form):
            messages.success(request, _("The password was changed. Every other session was ended."))
            return redirect("public:security-show")
    context = {"form": form, "email": selectors.own_email(request.actor)}
    return page.render(request, "public/security/password.html", context, status=page.form_status(form))


def _changed(request: PageRequest, form: PasswordChange) -> bool:
    """Change the password and keep this session; False: it is refused, the form says why."""
    try:
        user = services.change_password(
            actor=request.actor, password=form.cleaned_data["password"], at=timezone.now()
        )
    except services.WeakPassword as refusal:
        form.add_error("password", refusal.messages)
        return False
    entering.renew(request, user)
    return True


@page.page(page.SIGNED_IN, methods=("POST",))
def session_stop(request: PageRequest) -> HttpResponse:
    """End one of one's own sessions."""
    wanted = request.POST.get("session", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        raise NotFound
    services.end_session(actor=request.actor, session_id=int(wanted), at=timezone.now())
    messages.success(request, _("The session was ended."))
    return redirect("public:security-show")


@page.page(page.SIGNED_IN, methods=("POST",))
def session_everywhere(request: PageRequest) -> HttpResponse:
    """End all of one's own sessions, this one too."""
    services.sign_out_everywhere(actor=request.actor, at=timezone.now())
    auth.logout(request)
    messages.success(request, _("You are logged out everywhere."))
    return redirect("public:session-new")
