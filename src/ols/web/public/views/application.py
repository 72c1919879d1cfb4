"""The application form: shown as the draft is, kept as it was sent."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.network import selectors as network
from ols.network.selectors import TermsRow
from ols.onboarding import selectors, services
from ols.onboarding.selectors import DraftRow
from ols.registry import selectors as registry
from ols.web import page
from ols.web.components import errors, markdown
from ols.web.page import PublicRequest
from ols.web.public import conflicts, draft, extract, resume_link, steps
from ols.web.public.forms.application import AccessApplication, ResumeLink
from ols.web.public.visitor import visitor

_FORM = "public:application-new"


@dataclass(frozen=True)
class _Open:
    """What the form page works on."""

    draft: DraftRow
    terms: TermsRow


@page.page(page.PUBLIC)
def application_new(request: PublicRequest) -> HttpResponse:
    """Fill the application in; what the register knows is there already. Everything typed is kept."""
    known = draft.load(request)
    if known is None and request.method != "POST":
        return redirect("public:access-welcome")
    terms = network.current_terms(kind="platform", on=timezone.localdate())
    if terms is None:
        return page.render(request, "public/application/not_ready.html")
    if known is None:
        return _begun_anew(request, terms)
    if known.application_uuid is not None:
        messages.info(request, _("This application has been sent already."))
        return redirect(selectors.status_path(known.application_uuid))
    here = _Open(known, terms)
    return _saved(request, here) if request.method == "POST" else _shown(request, here)


def _begun_anew(request: PublicRequest, terms: TermsRow) -> HttpResponse:
    """Make a draft of what was typed: session and cookie are gone, the page with the words was not."""
    book = request.POST.get("register_book_no", "").strip()[:12]
    chosen = book if registry.entry_id(register_book_no=book) else ""
    try:
        draft.start(request, chosen=chosen, values={})
    except services.TooOften as refusal:
        return errors.too_many_requests(request, until=refusal.until)
    known = draft.load(request)
    return _saved(request, _Open(known, terms)) if known else redirect("public:access-welcome")


def _shown(
    request: PublicRequest,
    here: _Open,
    form: AccessApplication | None = None,
    *,
    others: dict[str, str] | None = None,
    linking: ResumeLink | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show the form: as the draft is, or as it was just sent with what is wrong."""
    if form is None:
        form = AccessApplication(initial=AccessApplication.initial_of(here.draft.values, here.terms.uuid))
        form.fit(here.draft)
    is_sent = form.is_bound
    linking = linking or ResumeLink()
    linking.fields["resume_email"].widget.attrs["form"] = "form"
    context = {
        "form": form,
        "linking": linking,
        "has_errors": bool(linking.errors or others),
        "draft": here.draft,
        "seen": request.POST.get("seen", "") if is_sent else here.draft.version,
        "tab": request.POST.get("tab", "") if is_sent else draft.new_tab(),
        "conflicts": conflicts.rows(others or {}),
        "terms": here.terms,
        "terms_html": markdown.to_html(here.terms.body),
        "extract_name": here.draft.extract_name,
        "from_register": bool(here.draft.chosen),
        "steps": steps.wizard("form"),
    }
    shown = page.render(request, "public/application/new.html", context, status=status)
    return draft.remembered(request, shown)


def _saved(request: PublicRequest, here: _Open) -> HttpResponse:
    """Keep what was sent, right or wrong, then do what the button says."""
    form = _posted(request, here)
    try:
        saved = draft.save(request, form, terms_uuid=here.terms.uuid)
        _keep_file(request, form)
    except (services.DraftSent, services.DraftGone):
        return redirect(_FORM)
    except services.TooOften as refusal:
        form.add_error("extract", resume_link.too_often(refusal))
    known = draft.load(request) or here.draft
    here = _Open(known, here.terms)
    if saved.conflicts:
        return _shown(request, here, form, others=saved.conflicts, status=HTTPStatus.CONFLICT)
    return _next(request, here, form)


def _next(request: PublicRequest, here: _Open, form: AccessApplication) -> HttpResponse:
    """Go where the button leads; a wrong file is said whatever the button was."""
    action = request.POST.get("action", "")
    if request.FILES and "extract" in form.errors:
        return _shown(request, here, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if action == "later":
        return redirect("public:application-saved")
    if action == "link":
        linking = ResumeLink(request.POST)
        if resume_link.sent(request, linking):
            return redirect(_FORM)
        return _shown(request, here, form, linking=linking, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.is_valid():
        return redirect("public:application-check")
    return _shown(request, here, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _posted(request: PublicRequest, here: _Open) -> AccessApplication:
    """Return the form as sent; acceptance of terms that are no longer the current ones does not count."""
    data = request.POST.copy()
    if data.get("terms", here.terms.uuid) != here.terms.uuid and "accepted" in data:
        del data["accepted"]
        messages.warning(request, _("The terms have changed. Read and accept them once more."))
    form = AccessApplication(data, request.FILES)
    form.fit(here.draft)
    return form


def _keep_file(request: PublicRequest, form: AccessApplication) -> None:
    """Keep the file also beside a wrong field; or take away the one that is there."""
    form.is_valid()
    found = extract.checked(form, actor=visitor(request))
    if found is None and not request.POST.get("drop_extract"):
        return
    file, name = found or (None, "")
    services.keep_draft_extract(
        actor=visitor(request), secret=draft.secret(request), file=file, name=name, at=timezone.now()
    )
