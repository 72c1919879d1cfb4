"""Logging in and out, and the choice of an organization."""

from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import passkeys, selectors, services
from ols.accounts.middleware import SESSION_ORGANIZATION
from ols.db.errors import NotFound
from ols.web import acting, kept, page
from ols.web.page import PageRequest, PublicRequest
from ols.web.public import entering
from ols.web.public.forms.session import Login
from ols.web.public.views.factor import wait_words
from ols.web.public.visitor import visitor


@page.page(page.PUBLIC)
def session_new(request: PublicRequest) -> HttpResponse:
    """Log in; what is wrong is said without telling whether the address is known."""
    if request.actor is not None and request.method == "GET":
        return redirect("public:session-home")
    form = Login(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = services.log_in(
            actor=visitor(request),
            at=timezone.now(),
            browser=request.COOKIES.get(entering.BROWSER_COOKIE, ""),
            **form.cleaned_data,
        )
        if answer.user is not None and not answer.user.is_active:
            return page.closed_door(request, user_id=answer.user.pk)
        if answer.user is not None:
            return entering.enter(request, answer.user, wanted=request.GET.get("next", ""))
        form.add_error(None, _refusal(answer))
    context = {
        "form": form,
        "next": request.GET.get("next", ""),
        "passkeys": passkeys.usable(request.get_host()),
        "is_kept": kept.is_waiting(request),
    }
    return page.render(request, "public/session/new.html", context, status=page.form_status(form))


def _refusal(answer: services.LoginAnswer) -> str:
    """Say what to do next."""
    if answer.wait_until is None:
        return _("The address and the password do not go together. Check both, or set a new password.")
    return wait_words(answer.wait_until)


@page.page(page.PUBLIC, methods=("POST",))
def session_end(request: PublicRequest) -> HttpResponse:
    """Log out."""
    auth.logout(request)
    messages.success(request, _("You are logged out."))
    return redirect("public:home-show")


@page.page(page.SIGNED_IN)
def kept_show(request: PageRequest) -> HttpResponse:
    """Offer what was sent after the session had ended: to be carried on where it belongs, or given up."""
    if request.method == "POST":
        kept.give_up(request)
        messages.success(request, _("What you had typed was given up."))
    found = kept.waiting_for(request, request.actor.person())
    if found is None:
        return redirect("public:session-home")
    context = {"kept": found, "workplace": acting.chosen(request.actor, found.mark), "field": kept.FIELD}
    return page.render(request, "public/session/kept.html", context)


@page.page(page.BEFORE_FACTOR, methods=("GET",))
def session_home(request: PageRequest) -> HttpResponse:
    """Lead to the home page of the organization; whoever has several chooses first."""
    found = selectors.memberships(user_id=request.actor.user_id or 0)
    if len(found) > 1 and SESSION_ORGANIZATION not in request.session:
        return redirect("public:organization-choose")
    return redirect(f"{request.actor.organization_kind}:home-show")


@page.page(page.BEFORE_FACTOR)
def organization_choose(request: PageRequest) -> HttpResponse:
    """Choose for which organization to act from now on, and go on where that was asked."""
    if request.method == "POST":
        wanted = acting.chosen(request.actor, request.POST.get("organization", ""))
        if wanted is None:
            raise NotFound
        acting.switch(request, wanted)
        messages.success(request, _("You act for %(organization)s now.") % {"organization": wanted.name})
        return redirect(entering.safe(request, request.POST.get("next", "")))
    return page.render(request, "public/session/organization.html", {"own": acting.workplaces(request.actor)})
