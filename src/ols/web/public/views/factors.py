"""Setting up and removing second factors, recovery codes."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import codes, factors, passkeys, proof, selectors, services
from ols.db import crypto
from ols.web import page
from ols.web.page import PageRequest
from ols.web.public import recent
from ols.web.public.forms.factor import NewCode, NewPasskey
from ols.web.public.qr import qr_code

_SECRET = "new_code_secret"  # noqa: S105 - the name of a place, no secret
_PLACE = "session.new_code_secret"


@page.page(page.BEFORE_FACTOR, methods=("GET",))
@recent.proof_required
def factor_start(request: PageRequest) -> HttpResponse:
    """Offer the kinds of factors; staff of insurers and of the operator come here before anything else."""
    kinds = factors.kinds(user_id=request.actor.person())
    if kinds and proof.is_missing(request, request.actor):
        return redirect("public:identity-confirm")
    context = {
        "is_required": factors.required_for(request.actor),
        "has_codes": factors.CODES in kinds,
        "passkeys": passkeys.usable(request.get_host()),
    }
    return page.render(request, "public/factor/start.html", context)


@page.page(page.BEFORE_FACTOR)
@recent.proof_required
def factor_code(request: PageRequest) -> HttpResponse:
    """Show the secret as a QR code and in letters; the first code proves that it was taken over."""
    secret = _secret(request)
    form = NewCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].replace(" ", "")
        try:
            services.add_codes(actor=request.actor, secret=secret, code=code, at=timezone.now())
        except services.CodeWrong:
            form.add_error(
                "code", _("This is not the code of the moment. Check the clock of your telephone.")
            )
        except services.AlreadyThere:
            return redirect("public:factor-start")
        else:
            del request.session[_SECRET]
            return _added(request)
    email = selectors.own_email(request.actor)
    context = {
        "form": form,
        "qr": qr_code(codes.address(email=email, secret=secret)),
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "plain_secret": secret,
    }
    return page.render(request, "public/factor/code.html", context, status=page.form_status(form))


@page.page(page.BEFORE_FACTOR)
@recent.proof_required
def factor_passkey(request: PageRequest) -> HttpResponse:
    """Let the browser make a passkey."""
    form = NewPasskey(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_passkey(
                actor=request.actor,
                name=form.cleaned_data["name"],
                answer=form.cleaned_data["credential"],
                at=timezone.now(),
            )
        except passkeys.PasskeyWrong:
            form.add_error(None, _("The browser did not make a passkey. Try again, or choose another way."))
        else:
            return _added(request)
    status = page.form_status(form)
    user = selectors.active_person(user_id=request.actor.person())
    context = {"form": form, "options": passkeys.options_to_add(user) if user else {}}
    return page.render(request, "public/factor/passkey.html", context, status=status)


@page.page(page.SIGNED_IN)
@recent.proof_required
def factor_remove(request: PageRequest) -> HttpResponse:
    """Ask once more, then remove one of the actor's own factors."""
    wanted = request.GET.get("factor", "")
    own = {str(row.id): row for row in factors.own_factors(request.actor)}
    row = own.get(wanted)
    if row is None:
        return page.render(request, "404.html", status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return page.render(request, "public/factor/remove.html", {"row": row, "is_last": len(own) == 1})
    try:
        services.remove_factor(actor=request.actor, factor_id=row.id, at=timezone.now())
    except services.LastFactor:
        messages.error(request, _("Your organization requires a second factor: add another one first."))
    else:
        messages.success(request, _("The factor was removed."))
    return redirect("public:security-show")


def _added(request: PageRequest) -> HttpResponse:
    """Note in the session that a factor was proved; the first one brings recovery codes to be kept."""
    proof.note(request.session, factor=True, at=timezone.now())
    messages.success(request, _("The second factor was added."))
    if len(factors.own_factors(request.actor)) > 1:
        return redirect("public:security-show")
    recent.show_recovery_codes(request)
    return redirect("public:recovery-show")


def _secret(request: PageRequest) -> str:
    """Return the secret being set up; it stays the same while the person looks for the telephone."""
    kept = request.session.get(_SECRET)
    if kept:
        return crypto.decrypt(bytes.fromhex(kept), place=_PLACE)
    secret = codes.new_secret()
    request.session[_SECRET] = crypto.encrypt(secret, place=_PLACE).hex()
    return secret
