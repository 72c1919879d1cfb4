"""The access wizard's first pages: welcome, search, results, and „already registered”."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import selectors as accounts
from ols.accounts import services as accounts_services
from ols.db.errors import NotFound
from ols.registry import selectors as registry
from ols.web import page
from ols.web.page import PublicRequest
from ols.web.public import draft, steps
from ols.web.public.forms.access import RegisterSearch
from ols.web.public.visitor import visitor

_CHOSEN = "access_chosen_nip"


@page.page(page.PUBLIC)
def access_welcome(request: PublicRequest) -> HttpResponse:
    """Welcome and ask for one identifying number, which never goes into an address."""
    form = RegisterSearch(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft.remember_search(request.session, form.cleaned_data["text"])
        return redirect("public:access-results")
    context = {"form": form, "steps": steps.wizard("search")}
    return page.render(request, "public/access/welcome.html", context, status=page.form_status(form))


@page.page(page.PUBLIC, methods=("GET",))
def access_results(request: PublicRequest) -> HttpResponse:
    """Show what the register has, each row with „Wybierz”; nothing found leads to the empty form."""
    text = draft.searched(request.session)
    if not text:
        return redirect("public:access-welcome")
    found = registry.search_entries(text, on=timezone.localdate())
    context = {"text": text, "rows": found.rows, "steps": steps.wizard("choose")}
    return page.render(request, "public/access/results.html", context)


@page.page(page.PUBLIC, methods=("POST",))
def access_choose(request: PublicRequest) -> HttpResponse:
    """Begin an application with what the register knows; a provider that joined goes another way."""
    book = request.POST.get("register_book_no", "")[:12]
    if not book:
        draft.start(request.session, chosen="", values={})
        return redirect("public:application-new")
    try:
        entry = registry.entry(register_book_no=book)
    except NotFound:
        return redirect("public:access-welcome")
    if accounts.provider_by_nip(nip=entry.nip) is not None:
        request.session[_CHOSEN] = entry.nip
        return redirect("public:access-joined")
    known = {name: getattr(entry, name) for name in draft.FIELDS if hasattr(entry, name)}
    draft.start(request.session, chosen=book, values=known)
    return redirect("public:application-new")


@page.page(page.PUBLIC)
def access_joined(request: PublicRequest) -> HttpResponse:
    """Offer a set-password link to the registered address, which is not shown."""
    provider = accounts.provider_by_nip(nip=request.session.get(_CHOSEN, ""))
    if provider is None:
        return redirect("public:access-welcome")
    if request.method == "POST":
        accounts_services.request_organization_link(
            actor=visitor(request), organization_id=provider.id, at=timezone.now()
        )
        del request.session[_CHOSEN]
        messages.success(request, _("The link was sent to the registered address. It works for 24 hours."))
        return redirect("public:session-new")
    context = {
        "consultant_phone": settings.CONSULTANT_PHONE,
        "consultant_hours": settings.CONSULTANT_HOURS,
        "steps": steps.wizard("choose"),
    }
    return page.render(request, "public/access/joined.html", context)
