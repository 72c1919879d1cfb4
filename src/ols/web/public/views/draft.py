"""A draft while it is being filled in: saved as one goes, put aside, gone on with by a link, forgotten."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.network import selectors as network
from ols.onboarding import selectors, services
from ols.web import page
from ols.web.page import PublicRequest
from ols.web.public import conflicts, draft, resume_link
from ols.web.public.forms.application import AccessApplication, ResumeLink
from ols.web.public.visitor import visitor

_FORM = "public:application-new"
_SAVED = "public/application/_saved.html"


@page.page(page.PUBLIC, methods=("POST",))
def application_save(request: PublicRequest) -> HttpResponse:
    """Keep what was typed so far, without looking whether it is right; answer with one quiet line."""
    terms = network.current_terms(kind="platform", on=timezone.localdate())
    context: dict[str, object] = {"saved_at": None, "conflicts": [], "version": 0}
    try:
        form = AccessApplication(request.POST)
        saved = draft.save(request, form, terms_uuid=terms.uuid if terms else "")
    except services.DraftSent:
        return page.render(request, _SAVED, context | {"is_sent": True}, status=HTTPStatus.CONFLICT)
    except services.DraftGone:
        return page.render(request, _SAVED, context, status=HTTPStatus.CONFLICT)
    if saved.conflicts:
        context |= {"conflicts": conflicts.rows(saved.conflicts), "version": saved.version}
        return draft.remembered(request, page.render(request, _SAVED, context, status=HTTPStatus.CONFLICT))
    return draft.remembered(request, page.render(request, _SAVED, context | {"saved_at": timezone.now()}))


@page.page(page.PUBLIC)
def application_saved(request: PublicRequest) -> HttpResponse:
    """Say what is kept and how to come back; send a link for that."""
    known = draft.load(request)
    if known is None or known.application_uuid is not None:
        return redirect(_FORM)
    form = ResumeLink(request.POST or None)
    if request.method == "POST" and resume_link.sent(request, form):
        return redirect("public:application-saved")
    context = {"draft": known, "form": form}
    status = page.form_status(form)
    shown = page.render(request, "public/application/saved.html", context, status=status)
    return draft.remembered(request, shown)


@page.page(page.PUBLIC)
def application_forget(request: PublicRequest) -> HttpResponse:
    """„To nie mój wniosek”: leave nothing of it on this computer."""
    if request.method == "POST":
        answer = draft.forget(request, redirect("public:access-welcome"))
        messages.success(request, _("This computer does not know the application any more."))
        return answer
    known = draft.load(request)
    if known is None:
        return redirect("public:access-welcome")
    return page.render(request, "public/application/forget.html", {"draft": known})


@page.page(page.PUBLIC)
def application_resume(request: PublicRequest, secret: str) -> HttpResponse:
    """Go on by an e-mailed link. Opening it changes nothing: programs that check mail open links, too."""
    at = timezone.now()
    found = selectors.draft_by_link(link=secret, at=at)
    if found is None or found.link_until is None or found.application_uuid is not None:
        is_sent = found is not None and found.application_uuid is not None
        status = HTTPStatus.GONE if found else HTTPStatus.NOT_FOUND
        return page.render(request, "public/application/gone.html", {"is_sent": is_sent}, status=status)
    if request.method == "POST":
        return _taken_up(request, secret)
    here = draft.load(request)
    is_other = here is not None and here.application_uuid is None and here.uuid != found.uuid
    context = {"found": found, "other": here if is_other else None}
    return page.render(request, "public/application/resume.html", context)


def _taken_up(request: PublicRequest, link: str) -> HttpResponse:
    """Let this browser go on; a link that stopped working meanwhile is explained by its page."""
    try:
        held = services.resume_draft(actor=visitor(request), link=link, at=timezone.now())
    except services.LinkInvalid:
        return redirect("public:application-resume", link)
    draft.take_up(request, held)
    messages.success(request, _("Here is your application, as you left it."))
    return redirect(_FORM)
