"""A new claim: who is treated, with what, who pays, and the decision at once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.claims import selectors, services
from ols.claims.types import Answer, KeptDraft, ServiceChoice
from ols.db.errors import NotFound
from ols.kernel import days
from ols.web import page
from ols.web.components import claim_words
from ols.web.page import PageRequest
from ols.web.provider import claim_desk
from ols.web.provider.forms import claim as forms

_PAGE = "provider/claim/new.html"
_IDENTIFY = "provider/claim/_identify.html"
_DESK = "provider/claim/_desk.html"
# Which covers a look-up of this session found: only those may be chosen.
_FOUND = "claim_covers_found"


@page.page(Permission.CLAIM_SUBMIT)
def claim_new(request: PageRequest) -> HttpResponse:
    """Find the person; one cover goes straight to the claim, several are offered, none is explained."""
    form = forms.Identify(request.POST if request.method == "POST" else None)
    found = None
    if request.method == "POST" and form.is_valid():
        now, lookup = timezone.now(), form.lookup()
        found = services.find_coverage(
            actor=request.actor, lookup=lookup, on=days.local_date(now), at=now
        ).found
        if len(found) == 1:
            return _begin(request, found[0].coverage_uuid)
        request.session[_FOUND] = [str(cover.coverage_uuid) for cover in found]
        if not found and form.explain_not_found(lookup):
            found = None
    context = {
        "part": _IDENTIFY,
        "form": form,
        "found": found,
        "held": claim_desk.held(request.actor) if found == () else [],
        "begun": _begun(request),
    }
    answer = page.render_part(request, _PAGE, _IDENTIFY, context, status=page.form_status(form))
    answer.headers["HX-Push-Url"] = "false"  # still the same page: only a found person has another address
    return answer


@page.page(Permission.CLAIM_SUBMIT, methods=("POST",))
def claim_choose(request: PageRequest) -> HttpResponse:
    """Begin a claim for one of the covers that were found."""
    chosen = request.POST.get("coverage", "")
    if chosen not in request.session.get(_FOUND, []):
        raise Http404
    return _begin(request, UUID(chosen))


@page.page(Permission.CLAIM_SUBMIT)
def claim_draft(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show a claim that was begun, or take what was typed: add, remove, recount, send."""
    kept = selectors.kept_draft(actor=request.actor, draft_uuid=uuid)
    if kept.claim_uuid is not None:
        return _sent_before(request, kept.claim_uuid)
    if request.method != "POST":
        return _show(request, _desk(request, kept, kept.content))
    content = claim_desk.typed(request.POST)
    if "remove" in request.POST:
        content = claim_desk.without_line(content, request.POST["remove"])
    if "service" in request.POST:
        content = claim_desk.with_service(content, request.POST["service"])
    services.save_draft(actor=request.actor, draft_uuid=uuid, content=content, at=timezone.now())
    if request.POST.get("action") == "authorize":
        return _authorize(request, kept, content)
    if _asks_for_service(request):
        return _add(request, kept, content)
    return _kept(request, kept, content)


@page.page(Permission.CLAIM_SUBMIT, methods=("GET",))
def claim_services(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Answer the search as it is typed: the services that fit; whoever comes without it sees the claim."""
    kept = selectors.kept_draft(actor=request.actor, draft_uuid=uuid)
    if not page.wants_partial(request):
        return redirect("provider:claim-draft", uuid)
    query = claim_desk.storable(request.GET.get("query", ""))
    on = claim_desk.service_day(request.GET, days.local_date(timezone.now()))
    choices = claim_desk.find_services(actor=request.actor, kept=kept, on=on, query=query)
    context = {"kept": kept, "choices": choices, "query": query}
    return page.render(request, "provider/claim/_choices.html", context)


@page.page(Permission.CLAIM_SUBMIT, methods=("POST",))
def claim_discard(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Forget a claim that was begun."""
    services.discard_draft(actor=request.actor, draft_uuid=uuid)
    messages.success(request, _("The draft was removed. Nothing was sent."))
    return redirect("provider:claim-new")


def _asks_for_service(request: PageRequest) -> bool:
    """Tell whether the search field is to be answered; a recount leaves alone what is being typed there."""
    other = {"service", "remove"} & request.POST.keys() or request.POST.get("action") == "recount"
    return not other and bool(request.POST.get("query", "").strip())


def _begin(request: PageRequest, coverage_uuid: UUID) -> HttpResponse:
    draft = services.open_draft(actor=request.actor, coverage_uuid=coverage_uuid, at=timezone.now())
    return redirect("provider:claim-draft", draft)


def _begun(request: PageRequest) -> list[dict[str, object]]:
    """Return the person's unfinished claims; one whose insurer is gone is left out."""
    today = days.local_date(timezone.now())
    rows: list[dict[str, object]] = []
    for kept in selectors.kept_drafts(actor=request.actor):
        try:
            cover = selectors.cover(actor=request.actor, coverage_uuid=kept.coverage_uuid, on=today)
        except NotFound:
            continue
        rows.append({"kept": kept, "cover": cover})
    return rows


def _desk(
    request: PageRequest, kept: KeptDraft, content: claim_desk.Content, *, query: str = ""
) -> claim_desk.Desk:
    today = days.local_date(timezone.now())
    return claim_desk.lay_out(actor=request.actor, kept=kept, content=content, today=today, query=query)


def _kept(request: PageRequest, kept: KeptDraft, content: claim_desk.Content) -> HttpResponse:
    """Go on with what was kept; what is wrong is shown at once, with all that was typed."""
    desk = _desk(request, kept, content)
    if desk.form.is_valid():
        return redirect("provider:claim-draft", kept.uuid)
    return _show(request, desk, status=page.form_status(desk.form))


def _add(request: PageRequest, kept: KeptDraft, content: claim_desk.Content) -> HttpResponse:
    """Add the service that was meant, or offer those that fit."""
    query = claim_desk.storable(request.POST["query"])
    desk = _desk(request, kept, content, query=query)
    choices = claim_desk.find_services(actor=request.actor, kept=kept, on=desk.on, query=query)
    code = claim_desk.only_choice(choices, query)
    if code:
        added = claim_desk.with_service(content, code)
        services.save_draft(actor=request.actor, draft_uuid=kept.uuid, content=added, at=timezone.now())
        return _kept(request, kept, added)
    if not choices:
        desk.form.add_error("query", _("Service: the accepted price list has none like this."))
    return _show(request, desk, choices=choices, status=page.form_status(desk.form))


def _authorize(request: PageRequest, kept: KeptDraft, content: claim_desk.Content) -> HttpResponse:
    """Send the claim; the draft's identity is the key that makes one claim of any number of clicks."""
    desk = _desk(request, kept, content)
    if not desk.lines:
        desk.form.add_error("query", _("Service: add at least one."))
    if not desk.form.is_valid():
        return _show(request, desk, status=page.form_status(desk.form))
    try:
        answer = services.authorize_claim(
            actor=request.actor, draft=desk.draft(), idempotency_key=str(kept.uuid), at=timezone.now()
        )
    except services.IdempotencyConflict:
        messages.warning(request, _("This claim was sent from another window with other contents."))
        return redirect("provider:claim-draft", kept.uuid)
    except services.UnknownService as error:
        text = _("Remove %(code)s: there is no such service any more.")
        desk.form.add_error("query", text % {"code": error.code})
        return _show(request, desk, status=page.form_status(desk.form))
    return _decided(request, kept, answer)


def _decided(request: PageRequest, kept: KeptDraft, answer: Answer) -> HttpResponse:
    """Go to the decision."""
    assert answer.claim_uuid is not None
    services.close_draft(actor=request.actor, draft_uuid=kept.uuid, claim_uuid=answer.claim_uuid)
    return redirect("provider:claim-detail", answer.claim_uuid)


def _sent_before(request: PageRequest, claim_uuid: UUID) -> HttpResponse:
    """Going back to a claim that was sent, or sending it again, leads to its decision."""
    messages.info(request, _("This claim was sent before. Here is its decision."))
    return redirect("provider:claim-detail", claim_uuid)


def _show(
    request: PageRequest,
    desk: claim_desk.Desk,
    *,
    choices: list[ServiceChoice] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the claim with its estimate."""
    if choices is None and not desk.lines:
        choices = claim_desk.find_services(actor=request.actor, kept=desk.kept, on=desk.on, query="")
    estimate, hint = claim_desk.estimate(actor=request.actor, desk=desk, at=timezone.now())
    context = {
        "part": _DESK,
        "kept": desk.kept,
        "cover": desk.cover,
        "left": claim_words.left_rows(desk.cover.left),
        "form": desk.form,
        "lines": [(line, desk.form[line.quantity_name]) for line in desk.lines],
        "has_menu": desk.has_menu,
        "choices": choices or [],
        "query": desk.form["query"].value() or "",
        "estimate": estimate,
        "hint": hint,
    }
    return page.render_part(request, _PAGE, _DESK, context, status=status)
