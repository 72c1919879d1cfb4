"""One's own application behind its signed address: where it stands, and the correction of a returned one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.network import selectors as network
from ols.onboarding import selectors, services, states
from ols.onboarding.selectors import PublicApplication
from ols.web import page
from ols.web.components import application_words, markdown
from ols.web.page import PublicRequest
from ols.web.public import draft, extract
from ols.web.public.forms.application import ReturnedApplication
from ols.web.public.visitor import visitor
from ols.workflow.machine import TransitionRefused


@page.page(page.PUBLIC, methods=("GET",))
def application_show(request: PublicRequest, token: str) -> HttpResponse:
    """Confirm the application with its number, say what happens next and where it stands."""
    own = selectors.application_by_token(token=token)
    draft.forget(request.session)
    context = {
        "own": own,
        "token": token,
        "status": application_words.status(own.status),
        "is_waiting": own.status == states.S.SUBMITTED,
        "is_returned": own.status == states.S.RETURNED,
        "is_approved": own.status == states.S.APPROVED,
    }
    return page.render(request, "public/application/show.html", context)


@page.page(page.PUBLIC)
def application_edit(request: PublicRequest, token: str) -> HttpResponse:
    """Correct a returned application and send it again."""
    own = selectors.application_by_token(token=token)
    terms = network.current_terms(kind="platform", on=timezone.localdate())
    if own.status != states.S.RETURNED or terms is None:
        return redirect("public:application-show", token)
    known = {name: getattr(own, name) for name in draft.FIELDS}
    form = ReturnedApplication(request.POST or None, request.FILES or None, initial=known, own=own)
    if request.method == "POST" and form.is_valid():
        kept = extract.keep(request, form)
        if form.is_valid():
            return _send_again(request, own, form, (kept or ("", ""))[0], str(terms.uuid), token)
    context = {
        "form": form,
        "own": own,
        "token": token,
        "terms": terms,
        "terms_html": markdown.to_html(terms.body),
    }
    return page.render(request, "public/application/edit.html", context, status=page.form_status(form))


def _send_again(
    request: PublicRequest,
    own: PublicApplication,
    form: ReturnedApplication,
    extract_uuid: str,
    terms_uuid: str,
    token: str,
) -> HttpResponse:
    values = form.corrected()
    try:
        services.resubmit_application(
            actor=visitor(request),
            application_uuid=own.uuid,
            draft=services.ApplicationDraft(
                **values, areas=tuple(own.areas), extract_uuid=extract_uuid, terms_uuid=terms_uuid
            ),
            at=timezone.now(),
        )
    except (TransitionRefused, services.TermsOutdated):
        messages.error(request, _("The application could not be sent again. Check where it stands."))
    else:
        messages.success(request, _("The corrected application was sent."))
    return redirect("public:application-show", token)
