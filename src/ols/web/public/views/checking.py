"""The page to check the application on before it is sent."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.network import selectors as network
from ols.network.selectors import TermsRow
from ols.onboarding import selectors, services
from ols.onboarding.selectors import DraftRow
from ols.web import page
from ols.web.components import application_words
from ols.web.components.shapes import SummaryRow
from ols.web.page import PublicRequest
from ols.web.public import draft, steps
from ols.web.public.consultant import consultant
from ols.web.public.forms.application import AccessApplication
from ols.web.public.visitor import visitor

_FORM = "public:application-new"


@dataclass(frozen=True)
class _Complete:
    """A draft in which nothing is missing."""

    draft: DraftRow
    terms: TermsRow
    form: AccessApplication


@page.page(page.PUBLIC)
def application_check(request: PublicRequest) -> HttpResponse:
    """Show everything once more; „Wyślij wniosek” sends it."""
    known = draft.load(request)
    terms = network.current_terms(kind="platform", on=timezone.localdate())
    if known is None or terms is None:
        return redirect(_FORM)
    if known.application_uuid is not None:
        return draft.sent(redirect(selectors.status_path(known.application_uuid)))
    form = AccessApplication.filled(known, terms.uuid)
    if not form.is_valid():
        messages.warning(request, _("Something is still missing. “Continue” says what."))
        return redirect(_FORM)
    complete = _Complete(known, terms, form)
    return _send(request, complete) if request.method == "POST" else _shown(request, complete)


def _shown(request: PublicRequest, complete: _Complete, *, is_refused: bool = False) -> HttpResponse:
    """Show the answers; somebody else's application of the same clinic is said without whose it is."""
    context = {
        "rows": _rows(complete),
        "draft": complete.draft,
        "terms": complete.terms,
        "is_refused": is_refused,
        "consultant": consultant(selectors.platform(), at=timezone.now()),
        "steps": steps.wizard("check"),
    }
    status = HTTPStatus.CONFLICT if is_refused else HTTPStatus.OK
    shown = page.render(request, "public/application/check.html", context, status=status)
    return draft.remembered(request, shown)


def _send(request: PublicRequest, complete: _Complete) -> HttpResponse:
    """Send the application as it was shown; sent twice it is one."""
    seen = request.POST.get("seen", "")
    application = services.ApplicationDraft(
        **complete.form.values(),
        areas=complete.form.areas_ticked(),
        extract_uuid="",
        terms_uuid=complete.terms.uuid,
    )
    try:
        sent = services.submit_draft(
            actor=visitor(request),
            secret=draft.secret(request),
            seen=int(seen) if seen.isascii() and seen.isdigit() else complete.draft.version,
            application=application,
            at=timezone.now(),
        )
    except services.DraftChanged:
        messages.warning(request, _("The application has changed in another tab. Check it once more."))
        return redirect("public:application-check")
    except services.ProviderJoined:
        request.session[draft.CHOSEN] = application.nip
        return redirect("public:access-joined")
    except services.ApplicationOpen:
        return _shown(request, complete, is_refused=True)
    except (services.DraftGone, services.TermsOutdated):
        return redirect(_FORM)
    return draft.sent(redirect(selectors.status_path(sent.uuid)))


def _rows(complete: _Complete) -> list[SummaryRow]:
    """Return the answers with the links that change them."""
    form, address = complete.form, reverse(_FORM)
    rows = [
        SummaryRow(form.fields[name].label or name, form[name].value(), f"{address}#id_{name}")
        for name in draft.FIELDS
    ]
    areas = ", ".join(application_words.areas(form.areas_ticked()))
    terms = _("accepted, version %(version)s") % {"version": complete.terms.version}
    return [
        *rows,
        SummaryRow(form.fields["areas"].label or "", areas, f"{address}#id_areas_0"),
        SummaryRow(_("Register extract"), complete.draft.extract_name, f"{address}#id_extract"),
        SummaryRow(_("Terms of the platform"), terms, f"{address}#id_accepted"),
    ]
