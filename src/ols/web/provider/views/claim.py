"""Claims after the decision: the list, one claim, confirming, giving up, taking back."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.claims import selectors, services
from ols.claims.states import ClaimStatus
from ols.web import page
from ols.web.components import claim_lists, claim_words, pages
from ols.web.page import PageRequest
from ols.web.provider.forms import claim as forms
from ols.workflow.machine import TransitionRefused

_DETAIL: Final = "provider:claim-detail"


@page.page(Permission.CLAIM_SUBMIT, methods=("GET",))
def claim_list(request: PageRequest) -> HttpResponse:
    """Show the clinic's claims as filtered, with their totals."""
    form = claim_lists.ClaimFilters(request.GET or None)
    filters = form.filters()
    totals = selectors.claim_totals(actor=request.actor, filters=filters)
    listed = pages.paginate(total=totals.count, wanted=request.GET.get("page"))
    rows = selectors.claims(actor=request.actor, filters=filters, offset=listed.offset, limit=listed.size)
    context = {
        "form": form,
        "rows": [(row, claim_words.STATUS_TAGS[row.status]) for row in rows],
        "totals": totals,
        "pages": listed,
        "query": request.GET.urlencode(),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return page.render(request, "provider/claim/list.html", context)


@page.page(Permission.CLAIM_SUBMIT, methods=("GET",))
def claim_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the decision, what can be done now, what is left and the history."""
    claim = selectors.claim_detail(actor=request.actor, claim_uuid=uuid)
    can_confirm = "confirm" in claim.actions and claim.valid_until >= timezone.now()
    context = {
        "claim": claim,
        "tag": claim_words.STATUS_TAGS[claim.status],
        "decision": claim_words.decision(claim, title=_("Decision"), insurer_name=claim.insurer_name),
        "left": claim_words.left_rows(claim.left),
        "events": claim_words.events(claim.history, actor=request.actor, counterpart=claim.insurer_name),
        "can_confirm": can_confirm,
        "is_late": "confirm" in claim.actions and not can_confirm,
    }
    return page.render(request, "provider/claim/detail.html", context)


@page.page(Permission.CLAIM_SUBMIT, methods=("POST",))
def claim_confirm(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Say that the services were performed."""
    try:
        services.confirm_claim(actor=request.actor, claim_uuid=uuid, at=timezone.now())
    except services.AuthorizationExpired:
        messages.error(request, _("The decision was valid for 24 hours. Make a new claim."))
    except TransitionRefused:
        _say_not_possible(request, uuid, wanted=ClaimStatus.CONFIRMED)
    else:
        messages.success(request, _("Confirmed. The claim waits for the next report."))
    return redirect(_DETAIL, uuid)


@page.page(Permission.CLAIM_SUBMIT)
def claim_cancel(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Give up a claim whose services were not performed."""
    return _close(request, uuid, "cancel")


@page.page(Permission.CLAIM_SUBMIT)
def claim_reverse(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take back a confirmed claim, with a reason."""
    return _close(request, uuid, "reverse")


def _close(request: PageRequest, uuid: UUID, action: str) -> HttpResponse:
    """Ask for the reason, then do it; a claim that is not in the right status goes back to its page."""
    claim = selectors.claim_detail(actor=request.actor, claim_uuid=uuid)
    if action not in claim.actions:
        _say_not_possible(request, uuid)
        return redirect(_DETAIL, uuid)
    form = forms.Close(request.POST if request.method == "POST" else None, is_required=action == "reverse")
    if request.method == "POST" and form.is_valid():
        service = services.cancel_claim if action == "cancel" else services.reverse_claim
        try:
            service(
                actor=request.actor,
                claim_uuid=uuid,
                at=timezone.now(),
                remark=form.cleaned_data["remark"].strip(),
            )
        except TransitionRefused:
            _say_not_possible(request, uuid)
        else:
            messages.success(request, _("Done. The limits are given back to the insured person."))
        return redirect(_DETAIL, uuid)
    context = {"claim": claim, "form": form, "action": action}
    return page.render(request, "provider/claim/close.html", context, status=page.form_status(form))


def _say_not_possible(request: PageRequest, uuid: UUID, *, wanted: str = "") -> None:
    """Say how the claim stands; what was asked for twice is no fault."""
    claim = selectors.claim_detail(actor=request.actor, claim_uuid=uuid)
    if claim.status == wanted:
        return
    status = claim_words.STATUS_TAGS[claim.status].label
    messages.warning(request, _("This cannot be done: the claim is now “%(status)s”.") % {"status": status})
