"""One's own application behind its signed address: where it stands, and the correction of a returned one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.documents.content import CheckedFile
from ols.network import selectors as network
from ols.network.selectors import TermsRow
from ols.onboarding import asked, selectors, services, states
from ols.onboarding.selectors import PublicApplication
from ols.web import page
from ols.web.components import application_words, markdown
from ols.web.components.shapes import TimelineEvent
from ols.web.page import PublicRequest
from ols.web.public import draft, extract
from ols.web.public.consultant import consultant
from ols.web.public.forms.application import ReturnedApplication
from ols.web.public.visitor import visitor
from ols.workflow.machine import TransitionRefused


@page.page(page.PUBLIC, methods=("GET",))
def application_show(request: PublicRequest, token: str) -> HttpResponse:
    """Confirm the application with its number, say what happens next and where it stands."""
    own = selectors.application_by_token(token=token)
    here = draft.load(request)
    context = {
        "own": own,
        "token": token,
        "status": application_words.status(own.status),
        "is_waiting": own.status == states.S.SUBMITTED,
        "is_returned": own.status == states.S.RETURNED,
        "is_approved": own.status == states.S.APPROVED,
        "is_rejected": own.status == states.S.REJECTED,
        "asked": [(_(asked.ASKABLE[name]), words) for name, words in own.asked_remarks.items()],
        "events": [
            TimelineEvent(application_words.event(row.event), row.at)
            for row in selectors.public_history(uuid=own.uuid)
        ],
        "is_held_here": here is not None and here.application_uuid == own.uuid,
        "consultant": consultant(selectors.platform(), at=timezone.now()),
    }
    return page.render(request, "public/application/show.html", context)


@page.page(page.PUBLIC)
def application_edit(request: PublicRequest, token: str) -> HttpResponse:
    """Correct a returned application and send it again."""
    own = selectors.application_by_token(token=token)
    terms = network.current_terms(kind="platform", on=timezone.localdate())
    if own.status != states.S.RETURNED or terms is None:
        messages.info(request, _("There is nothing to correct in this application now."))
        return redirect("public:application-show", token)
    known = {name: getattr(own, name) for name in (*draft.FIELDS, "areas")}
    form = ReturnedApplication(request.POST or None, request.FILES or None, initial=known, own=own)
    if request.method == "POST" and form.is_valid():
        answer = _send_again(request, own, form, terms, token)
        if answer is not None:
            return answer
    context = {
        "form": form,
        "own": own,
        "token": token,
        "terms": terms,
        "terms_html": markdown.to_html(terms.body),
    }
    return page.render(request, "public/application/edit.html", context, status=page.form_status(form))


def _send_again(
    request: PublicRequest, own: PublicApplication, form: ReturnedApplication, terms: TermsRow, token: str
) -> HttpResponse | None:
    """Send what was corrected; None when the file was refused, which the form then says."""
    found = extract.checked(form, actor=visitor(request))
    if form.errors:
        return None
    corrected = services.ApplicationDraft(
        **form.corrected(),
        areas=form.areas_corrected(),
        extract_uuid=_kept(request, *found) if found else "",
        terms_uuid=terms.uuid,
    )
    try:
        services.resubmit_application(
            actor=visitor(request), application_uuid=own.uuid, draft=corrected, at=timezone.now()
        )
    except (TransitionRefused, services.TermsOutdated, services.NotAsked):
        messages.error(request, _("The application could not be sent again. Check where it stands."))
    else:
        messages.success(request, _("The corrected application was sent."))
    return redirect("public:application-show", token)


def _kept(request: PublicRequest, file: CheckedFile, name: str) -> str:
    """Keep the new extract."""
    return services.keep_extract(actor=visitor(request), file=file, name=name, at=timezone.now())
