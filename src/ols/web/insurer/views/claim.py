"""Claims against the insurer: those a person decides, and all of them."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.claims import selectors, services
from ols.claims.states import ClaimStatus
from ols.claims.types import ClaimDetail, ClaimFilters, ClaimRow
from ols.web import page
from ols.web.components import claim_lists, claim_words, exports, pages
from ols.web.components.shapes import Decision, Tag
from ols.web.insurer.forms import claim as forms
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused

_DETAIL: Final = "insurer:claim-detail"


@page.page(Permission.CLAIM_REVIEW, methods=("GET",))
def claim_list(request: PageRequest) -> HttpResponse:
    """Show the claims held for a person, the one that waits longest first."""
    totals = selectors.claim_totals(actor=request.actor, filters=ClaimFilters(status=ClaimStatus.PENDED))
    listed = pages.paginate(total=totals.count, wanted=request.GET.get("page"))
    rows = selectors.pended_claims(actor=request.actor, offset=listed.offset, limit=listed.size)
    return page.render(request, "insurer/claim/list.html", {"rows": rows, "totals": totals, "pages": listed})


@page.page(Permission.CLAIM_REVIEW, methods=("GET",))
def claim_all(request: PageRequest) -> HttpResponse:
    """Show every claim as filtered, with the totals."""
    form = claim_lists.ClaimFilters(request.GET or None)
    filters = form.filters()
    totals = selectors.claim_totals(actor=request.actor, filters=filters)
    listed = pages.paginate(total=totals.count, wanted=request.GET.get("page"))
    rows = selectors.claims(actor=request.actor, filters=filters, offset=listed.offset, limit=listed.size)
    context = {
        "form": form,
        "rows": _tagged(rows),
        "totals": totals,
        "pages": listed,
        "query": request.GET.urlencode(),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return page.render(request, "insurer/claim/all.html", context)


@page.page(Permission.CLAIM_REVIEW, methods=("GET",))
def claim_export(request: PageRequest, kind: str) -> HttpResponse:
    """Download the list of claims as filtered on the page."""
    if kind not in claim_lists.SPREADSHEETS:
        raise Http404
    filters = claim_lists.ClaimFilters(request.GET or None).filters()
    rows = selectors.claims(actor=request.actor, filters=filters, limit=claim_lists.MAX_ROWS)
    return exports.response(claim_lists.sheet(rows, counterpart=_("Clinic")), kind)


@page.page(Permission.CLAIM_REVIEW, methods=("GET",))
def claim_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show the decision or proposal, other claims of the kind, what is left and the history."""
    return _show(request, uuid, forms.Denial())


@page.page(Permission.CLAIM_REVIEW, methods=("POST",))
def claim_approve(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Release the claim as the rules proposed it."""
    form = forms.Approval(request.POST)
    if not form.is_valid():
        return _show(request, uuid, forms.Denial(), form)
    remark = form.cleaned_data["remark"].strip()
    try:
        services.approve_claim(actor=request.actor, claim_uuid=uuid, at=timezone.now(), remark=remark)
    except TransitionRefused:
        messages.warning(request, _("The claim does not wait for a decision any more."))
    else:
        messages.success(request, _("The claim is granted. The clinic has been told."))
    return redirect(_DETAIL, uuid)


@page.page(Permission.CLAIM_REVIEW, methods=("POST",))
def claim_deny(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Refuse the claim, with the reason."""
    form = forms.Denial(request.POST)
    if not form.is_valid():
        return _show(request, uuid, form)
    remark = form.cleaned_data["remark"].strip()
    try:
        services.deny_claim(actor=request.actor, claim_uuid=uuid, at=timezone.now(), remark=remark)
    except TransitionRefused:
        messages.warning(request, _("The claim does not wait for a decision any more."))
    else:
        messages.success(request, _("The claim is refused. The clinic has been told."))
    return redirect(_DETAIL, uuid)


def _show(
    request: PageRequest, uuid: UUID, denial: forms.Denial, approval: forms.Approval | None = None
) -> HttpResponse:
    """Render the claim with the two forms of the answer."""
    claim = selectors.claim_detail(actor=request.actor, claim_uuid=uuid)
    waits = "approve" in claim.actions
    approval = approval or forms.Approval()
    context = {
        "claim": claim,
        "waits": waits,
        "tag": claim_words.STATUS_TAGS[claim.status],
        "decision": _decision(claim, is_proposal=waits),
        "reason": _reason_of_refusal(claim),
        "similar": _tagged(selectors.similar_claims(actor=request.actor, claim_uuid=uuid)),
        "left": claim_words.left_rows(claim.left),
        "events": claim_words.events(claim.history, actor=request.actor, counterpart=claim.provider_name),
        "denial": denial,
        "approval": approval,
    }
    return page.render(
        request, "insurer/claim/detail.html", context, status=page.form_status(denial, approval)
    )


def _decision(claim: ClaimDetail, *, is_proposal: bool) -> Decision:
    """Return the decision; what waits for a person is only proposed and has no moment yet."""
    title = _("What the rules propose") if is_proposal else _("Decision")
    shown = claim_words.decision(claim, title=title, insurer_name=claim.insurer_name)
    return replace(shown, decided_at=None) if is_proposal else shown


def _tagged(rows: list[ClaimRow]) -> list[tuple[ClaimRow, Tag]]:
    return [(row, claim_words.STATUS_TAGS[row.status]) for row in rows]


def _reason_of_refusal(claim: ClaimDetail) -> str:
    """Return what the colleague wrote who refused the claim; empty where nobody did."""
    return next((row.remark for row in claim.history if row.event == "claim.deny"), "")
