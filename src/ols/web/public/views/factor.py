"""The second step of logging in."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import factors, passkeys, selectors, services
from ols.web import page
from ols.web.page import PublicRequest
from ols.web.public import entering
from ols.web.public.forms.factor import Code
from ols.web.public.visitor import visitor


@page.page(page.PUBLIC)
def factor_verify(request: PublicRequest) -> HttpResponse:
    """Ask for the code (or a passkey) of whoever has just proved the password."""
    user = entering.pending(request)
    if user is None:
        return redirect("public:session-new")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = services.pass_code(
            actor=visitor(request), user=user, code=form.cleaned_data["code"], at=timezone.now()
        )
        if answer.factor:
            return entering.complete(request, user, factor=answer.factor)
        form.add_error("code", code_refusal(answer))
    kinds = factors.kinds(user_id=user.pk)
    context = {
        "form": form,
        "has_codes": factors.CODES in kinds,
        "has_passkeys": factors.PASSKEY in kinds and passkeys.usable(request.get_host()),
        "demo_code": _demo_code(user.pk, user.email),
    }
    return page.render(request, "public/factor/verify.html", context, status=page.form_status(form))


@page.page(page.PUBLIC, methods=("POST",))
def passkey_options(request: PublicRequest) -> HttpResponse:
    """Give the browser a challenge: for the person known by now, else for whoever has a passkey here."""
    own = None if request.actor is None else selectors.active_person(user_id=request.actor.user_id or 0)
    return JsonResponse(passkeys.options_to_prove(entering.pending(request) or own))


@page.page(page.PUBLIC, methods=("POST",))
def passkey_enter(request: PublicRequest) -> HttpResponse:
    """Let in by a passkey: as the second step, or without a password."""
    user = entering.pending(request)
    try:
        owner = services.pass_passkey(
            actor=visitor(request), answer=request.POST.get("credential", ""), user=user, at=timezone.now()
        )
    except passkeys.PasskeyWrong:
        messages.error(request, _("This passkey was not accepted. Try again, or log in another way."))
        return redirect("public:factor-verify" if user else "public:session-new")
    return entering.complete(request, owner, factor=factors.PASSKEY, wanted=request.GET.get("next", ""))


def code_refusal(answer: services.StepAnswer) -> str:
    """Say what to do next."""
    if answer.wait_until is None:
        return _("The code is wrong or was used already. Type the one shown now.")
    return wait_words(answer.wait_until)


def wait_words(until: datetime) -> str:
    """Say from when on another attempt is looked at."""
    return _("Too many attempts. The next one is possible at %(time)s.") % {
        "time": f"{timezone.localtime(until):%H:%M}"
    }


def _demo_code(user_id: int, email: str) -> str:
    """Return the code of the moment for people of the demo: whoever evaluates has no telephone of theirs."""
    if not settings.DEVELOPMENT or not email.endswith("@example.org"):
        return ""
    return factors.current_code(user_id=user_id, at=timezone.now())
