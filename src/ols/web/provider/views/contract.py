"""The tabs of a co-operation: parameters, sending, history, thematic terms."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ols.accounts.permissions import Permission
from ols.kernel import days, identifiers
from ols.network import selectors
from ols.network.selectors import review
from ols.network.states import ContractStatus
from ols.registry import selectors as registry
from ols.web import page
from ols.web.components import account_words, area_words, cooperation_history, rule_words
from ols.web.page import PageRequest
from ols.web.provider import contract_pages, offer_steps, remarks
from ols.web.provider.forms import contract as forms
from ols.web.provider.forms import posted


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def contract_show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Lead to the tab where the work is."""
    status = selectors.contract(request.actor, uuid=str(uuid)).row.status
    if status in contract_pages.EDITABLE and request.actor.has(Permission.CONTRACT_OFFER):
        return redirect("provider:contract-parameters", uuid)
    if status == ContractStatus.ACTIVE:
        return redirect("provider:contract-areas", uuid)
    return redirect("provider:contract-history", uuid)


@page.page(Permission.CONTRACT_OFFER)
def contract_parameters(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Fill in „Parametry”; after sending they are only shown."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    known = None if detail.contact_name else selectors.known_parameters(request.actor, but=str(uuid))
    form = forms.OfferParameters(
        posted(request),
        initial=forms.OfferParameters.beginning(detail, known),
        today=days.local_date(timezone.now()),
    )
    remarks.attach(form, detail)
    if request.method == "POST" and form.is_valid() and offer_steps.keep_parameters(request, detail, form):
        return redirect("provider:contract-documents", uuid)
    context = {
        **contract_pages.frame(detail, "contract-parameters"),
        "form": form,
        "known": known,
        "bank": identifiers.bank_of(detail.iban) if detail.iban else None,
        "rows": contract_pages.parameter_rows(detail, can_change=False),
        "is_accepted": contract_pages.is_accepted(detail),
        "may_change_account": request.actor.has(Permission.ACCOUNT_CHANGE),
    }
    return page.render(request, "provider/contract/parameters.html", context, status=page.form_status(form))


@page.page(Permission.CONTRACT_OFFER)
def contract_send(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Check the answers and send the offer; what is missing is named."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    problems: list[str] = []
    if request.method == "POST":
        problems = offer_steps.send(request, detail)
        if not problems:
            return redirect("provider:contract-history", uuid)
    frame = contract_pages.frame(detail, "contract-send")
    can_change = bool(frame["is_editable"])
    context = {
        **frame,
        "parameters": contract_pages.parameter_rows(detail, can_change=can_change),
        "documents": contract_pages.document_rows(detail, can_change=can_change),
        "missing": contract_pages.missing_words(detail, detail.missing),
        "problems": problems,
        "has_errors": bool(problems),
        "outdated": contract_pages.outdated(request.actor, detail),
    }
    return page.render(request, "provider/contract/send.html", context, status=422 if problems else 200)


@page.page(Permission.CONTRACT_OFFER, methods=("POST",))
def contract_withdraw(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take an unanswered offer back."""
    if offer_steps.withdraw(request, str(uuid)):
        return redirect("provider:contract-send", uuid)
    return redirect("provider:contract-history", uuid)


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def contract_history(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show „Historia współpracy” and „Status współpracy”."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    history = selectors.contract_history(request.actor, uuid=str(uuid))
    changes = selectors.account_changes(request.actor, contract_uuid=str(uuid))
    judged = review.assessment(request.actor, contract_uuid=str(uuid))
    context = {
        **contract_pages.frame(detail, "contract-history"),
        "judged": judged,
        "rules": rule_words.lines(judged.results) if judged else [],
        "events": cooperation_history.timeline(detail, history),
        "changes": [{"row": row, "tag": account_words.TAGS[row.status]} for row in changes],
    }
    return page.render(request, "provider/contract/history.html", context)


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def contract_areas(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show „Regulaminy”: the insurer's thematic terms, announced ones included."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    today = days.local_date(timezone.now())
    areas = selectors.contract_areas(request.actor, uuid=str(uuid), on=today)
    book = registry.own_facility(request.actor).register_book_no
    context = {
        **contract_pages.frame(detail, "contract-areas"),
        "areas": [(area, area_words.closing(area.days, on=today)) for area in areas],
        "suggested": registry.suggested_areas(register_book_no=book) if book else frozenset(),
    }
    return page.render(request, "provider/contract/areas.html", context)
