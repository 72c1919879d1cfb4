"""The access wizard's first pages: welcome, search, results, and „already registered”."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import selectors as accounts
from ols.accounts import services as accounts_services
from ols.db.errors import NotFound
from ols.onboarding import selectors as onboarding
from ols.onboarding import services as drafts
from ols.registry import selectors as registry
from ols.registry.selectors import EntryRow, Found
from ols.web import page
from ols.web.components import errors, pages
from ols.web.page import PublicRequest
from ols.web.public import draft, limits, results, searches, steps
from ols.web.public.consultant import consultant
from ols.web.public.forms.access import RegisterSearch
from ols.web.public.visitor import visitor


@page.page(page.PUBLIC)
def access_welcome(request: PublicRequest) -> HttpResponse:
    """Welcome and ask for one identifying number, which never goes into an address, or for a name."""
    form = RegisterSearch(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = limits.search(request, is_number=False)
        if refusal is not None:
            return refusal
        name = searches.remember(request.session, form.cleaned_data["text"])
        return redirect(reverse("public:access-results", query={"search": name}))
    context = {
        "form": form,
        "steps": steps.wizard("search"),
        "consultant": consultant(onboarding.platform(), at=timezone.now()),
    }
    return page.render(request, "public/access/welcome.html", context, status=page.form_status(form))


@page.page(page.PUBLIC, methods=("GET",))
def access_results(request: PublicRequest) -> HttpResponse:
    """Show what the register has, each row with „Wybierz”; nothing found leads to the empty form."""
    text = searches.searched(request.session, request.GET.get("search", ""))
    if not text:
        return redirect("public:access-welcome")
    refusal = limits.search(request, is_number=not registry.is_name(text))
    if refusal is not None:
        return refusal
    found, shown = _found(text, wanted=request.GET.get("page"))
    context = {
        "text": text,
        "form": RegisterSearch(initial={"text": text}),
        "found": results.shown(found, text=text, on=timezone.localdate()),
        "pages": shown,
        "steps": steps.wizard("choose"),
    }
    return page.render(request, "public/access/results.html", context)


def _found(text: str, *, wanted: str | None) -> tuple[Found, pages.Pages]:
    """Return the page of results asked for; one past the end gives the last."""
    on, size = timezone.localdate(), registry.PAGE_SIZE
    asked = pages.paginate(total=registry.MAX_FOUND, wanted=wanted, size=size)
    found = registry.search_entries(text, on=on, offset=asked.offset)
    shown = pages.paginate(total=found.total, wanted=wanted, size=size)
    if shown.offset != asked.offset:
        found = registry.search_entries(text, on=on, offset=shown.offset)
    return found, shown


@page.page(page.PUBLIC, methods=("POST",))
def access_choose(request: PublicRequest) -> HttpResponse:
    """Begin an application with what the register knows; a provider that joined goes another way."""
    book = request.POST.get("register_book_no", "")[:12]
    if not book:
        return _started(request, "", {})
    refusal = limits.choice(request)
    if refusal is not None:
        return refusal
    try:
        entry = registry.entry(register_book_no=book)
    except NotFound:
        return redirect("public:access-welcome")
    if entry.standing(timezone.localdate()) != registry.PRESENT:
        return _cannot_be_chosen(request, entry)
    if accounts.provider_by_nip(nip=entry.nip) is not None:
        request.session[draft.CHOSEN] = entry.nip
        return redirect("public:access-joined")
    known = {name: getattr(entry, name) for name in draft.FIELDS if hasattr(entry, name)}
    return _started(request, book, known)


def _started(request: PublicRequest, chosen: str, known: dict[str, str]) -> HttpResponse:
    """Open the form on a draft; whoever begins dozens of them is no applicant."""
    try:
        draft.start(request, chosen=chosen, values=known)
    except drafts.TooOften as refusal:
        return errors.too_many_requests(request, until=refusal.until)
    return redirect("public:application-new")


def _cannot_be_chosen(request: PublicRequest, entry: EntryRow) -> HttpResponse:
    """Say why not, and what can be done."""
    context = {
        "row": results.row(entry, on=timezone.localdate()),
        "steps": steps.wizard("choose"),
        "consultant": consultant(onboarding.platform(), at=timezone.now()),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return page.render(request, "public/access/refused.html", context, status=status)


@page.page(page.PUBLIC)
def access_joined(request: PublicRequest) -> HttpResponse:
    """Offer a set-password link to the registered address, not shown; one answer whoever is there."""
    provider = accounts.provider_by_nip(nip=request.session.get(draft.CHOSEN, ""))
    if provider is None:
        return redirect("public:access-welcome")
    if request.method == "POST":
        refusal = limits.link(request, clinic=provider.nip)
        if refusal is not None:
            return refusal
        accounts_services.request_organization_link(
            actor=visitor(request), organization_id=provider.id, at=timezone.now()
        )
        messages.success(
            request,
            _("If somebody is registered for this clinic, a link is on its way. It works for 24 hours."),
        )
        return redirect("public:access-joined")
    context = {
        "consultant": consultant(onboarding.platform(), at=timezone.now()),
        "steps": steps.wizard("choose"),
    }
    return page.render(request, "public/access/joined.html", context)
