"""Confirming who one is before changing how one logs in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import factors, passkeys, proof, selectors, services
from ols.db.errors import NotFound
from ols.web import page
from ols.web.components.forms import Form
from ols.web.page import PageRequest
from ols.web.public import entering
from ols.web.public.forms.factor import Code
from ols.web.public.forms.session import OwnPassword
from ols.web.public.views.factor import code_refusal, wait_words


@page.page(page.BEFORE_FACTOR)
def identity_confirm(request: PageRequest) -> HttpResponse:
    """Ask for the code (or the passkey) of who has one, else for the password."""
    kinds = factors.kinds(user_id=request.actor.person())
    form: Form = Code(request.POST or None) if kinds else OwnPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = _check_code(request, form) if kinds else _check_password(request, form)
        if not refusal:
            return _confirmed(request, factor=bool(kinds))
        form.add_error("code" if kinds else "password", refusal)
    context = {
        "form": form,
        "next": request.GET.get("next", ""),
        "by_password": not kinds,
        "email": selectors.own_email(request.actor),
        "has_passkeys": factors.PASSKEY in kinds and passkeys.usable(request.get_host()),
    }
    return page.render(request, "public/security/confirm.html", context, status=page.form_status(form))


@page.page(page.BEFORE_FACTOR, methods=("POST",))
def identity_passkey(request: PageRequest) -> HttpResponse:
    """Take one of the actor's own passkeys as the proof."""
    user = selectors.active_person(user_id=request.actor.person())
    if user is None:
        raise NotFound
    try:
        services.pass_passkey(
            actor=request.actor, answer=request.POST.get("credential", ""), user=user, at=timezone.now()
        )
    except passkeys.PasskeyWrong:
        messages.error(request, _("This passkey was not accepted. Try again, or log in another way."))
        return redirect(request.get_full_path().replace("passkey/", "", 1))
    return _confirmed(request, factor=True)


def _check_code(request: PageRequest, form: Form) -> str:
    """Return why the code is refused; empty when it is right."""
    user = selectors.active_person(user_id=request.actor.person())
    if user is None:
        raise NotFound
    answer = services.pass_code(
        actor=request.actor, user=user, code=form.cleaned_data["code"], at=timezone.now()
    )
    return "" if answer.factor else code_refusal(answer)


def _check_password(request: PageRequest, form: Form) -> str:
    """Return why the password is refused; empty when it is right."""
    answer = services.check_own_password(
        actor=request.actor, password=form.cleaned_data["password"], at=timezone.now()
    )
    if answer.factor:
        return ""
    return wait_words(answer.wait_until) if answer.wait_until else _("This is not your password.")


def _confirmed(request: PageRequest, *, factor: bool) -> HttpResponse:
    proof.note(request.session, factor=factor, at=timezone.now())
    return redirect(entering.safe(request, request.GET.get("next", "")))
