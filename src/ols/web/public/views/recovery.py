"""Recovery codes: shown once, right after they were made."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ols.accounts import factors, services
from ols.db.errors import NotFound
from ols.web import page
from ols.web.page import PageRequest
from ols.web.public import recent


@page.page(page.SIGNED_IN)
def recovery_show(request: PageRequest) -> HttpResponse:
    """Show the codes just made until their person says they are kept."""
    if request.method == "POST":
        recent.recovery_codes_kept(request)
        return redirect("public:session-home")
    if not recent.may_show_recovery_codes(request):
        return redirect("public:security-show")
    codes = factors.own_recovery_codes(request.actor)
    return page.render(request, "public/factor/recovery.html", {"codes": [_grouped(code) for code in codes]})


@page.page(page.SIGNED_IN, methods=("GET",))
def recovery_download(request: PageRequest) -> HttpResponse:
    """Return the codes just made as a text file."""
    if not recent.may_show_recovery_codes(request):
        raise NotFound
    codes = factors.own_recovery_codes(request.actor)
    body = "System OLS\n\n" + "".join(f"{_grouped(code)}\n" for code in codes)
    return HttpResponse(
        body,
        content_type="text/plain; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="system-ols-kody.txt"',
            "Cache-Control": "no-store",
        },
    )


@page.page(page.SIGNED_IN, methods=("POST",))
@recent.proof_required
def recovery_make(request: PageRequest) -> HttpResponse:
    """Make new codes; the older ones stop working."""
    services.make_recovery_codes(actor=request.actor, at=timezone.now())
    recent.show_recovery_codes(request)
    return redirect("public:recovery-show")


def _grouped(code: str) -> str:
    """Return the code as people read it aloud: in fours."""
    return f"{code[:4]} {code[4:]}"
