"""The application form and the page to check it before it is sent."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.network import selectors as network
from ols.network.selectors import TermsRow
from ols.onboarding import selectors, services
from ols.web import page
from ols.web.components import markdown
from ols.web.components.shapes import SummaryRow
from ols.web.page import PublicRequest
from ols.web.public import draft, extract, steps
from ols.web.public.draft import WizardDraft
from ols.web.public.forms.application import AccessApplication
from ols.web.public.visitor import visitor


@page.page(page.PUBLIC)
def application_new(request: PublicRequest) -> HttpResponse:
    """Fill the application in; what the register knows is there already. Everything typed is kept."""
    known = draft.load(request.session)
    if known is None:
        return redirect("public:access-welcome")
    terms = network.current_terms(kind="platform", on=timezone.localdate())
    if terms is None:
        return page.render(request, "public/application/not_ready.html")
    form = AccessApplication(
        request.POST or None,
        request.FILES or None,
        initial={**known.values, "accepted": known.is_complete},
    )
    if request.method == "POST":
        known = _remember(request, form, known, terms)
        if form.is_valid():
            return redirect("public:application-check")
    context = {
        "form": form,
        "terms": terms,
        "terms_html": markdown.to_html(terms.body),
        "extract_name": known.extract_name,
        "from_register": bool(known.chosen),
        "steps": steps.wizard("form"),
    }
    return page.render(request, "public/application/new.html", context, status=page.form_status(form))


def _remember(
    request: PublicRequest, form: AccessApplication, known: WizardDraft, terms: TermsRow
) -> WizardDraft:
    """Keep what was sent, right or wrong; only a right form counts as accepted."""
    form.is_valid()  # a file is taken even beside a wrong field
    kept = extract.keep(request, form)
    if kept is not None:
        known = replace(known, extract_uuid=kept[0], extract_name=kept[1])
    accepted = str(terms.uuid) if form.is_valid() else ""
    known = replace(known, values=form.values() if accepted else form.typed(), terms_uuid=accepted)
    draft.save(request.session, known)
    return known


@page.page(page.PUBLIC)
def application_check(request: PublicRequest) -> HttpResponse:
    """Show everything once more; „Wyślij wniosek” sends it."""
    known = draft.load(request.session)
    if known is None or not known.is_complete:
        return redirect("public:application-new")
    if request.method == "POST":
        return _send(request, known)
    context = {"rows": _rows(known), "steps": steps.wizard("check")}
    return page.render(request, "public/application/check.html", context)


def _send(request: PublicRequest, known: WizardDraft) -> HttpResponse:
    """Send the application; sent twice it is one."""
    try:
        sent = services.submit_application(
            actor=visitor(request),
            draft=known.application(),
            submission_key=known.submission_key(),
            at=timezone.now(),
        )
    except services.TermsOutdated:
        draft.save(request.session, replace(known, terms_uuid=""))
        messages.warning(request, _("The terms have changed. Read and accept them once more."))
        return redirect("public:application-new")
    except services.ProviderJoined:
        request.session["access_chosen_nip"] = known.values["nip"]
        return redirect("public:access-joined")
    except services.ApplicationOpen:
        messages.error(request, _("An application with this NIP is already being considered."))
        return redirect("public:application-check")
    return redirect(selectors.status_path(sent.uuid))


def _rows(known: WizardDraft) -> list[SummaryRow]:
    """Return the answers with the links that change them."""
    form = AccessApplication(initial=known.values)
    address = reverse("public:application-new")
    rows = [
        SummaryRow(form.fields[name].label or name, form[name].value(), f"{address}#id_{name}")
        for name in draft.FIELDS
    ]
    return [*rows, SummaryRow(_("Register extract"), known.extract_name, f"{address}#id_extract")]
