"""The organizations on the platform: the list, one organization, its access."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts import oversight, selectors, services
from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.registry.selectors import alerts_of
from ols.registry.selectors.oversight import register_entries
from ols.web import page
from ols.web.components import exports, pages
from ols.web.operator import access_words, log_words, organization_sheet, register_words, stages
from ols.web.operator.forms.organization import KIND_NAMES, AccessChange, OrganizationFilter
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused


@page.page(Permission.ORGANIZATION_VIEW, methods=("GET",))
def organization_list(request: PageRequest) -> HttpResponse:
    """List organizations in pages, all of them or those found."""
    form = OrganizationFilter(request.GET)
    wanted = form.wanted()
    total = selectors.organization_list(request.actor, offset=0, size=0, **wanted).total
    shown = pages.paginate(total=total, wanted=request.GET.get("page"))
    found = selectors.organization_list(request.actor, offset=shown.offset, size=shown.size, **wanted)
    rows = [(row, KIND_NAMES[row.kind], access_words.STATUS_TAGS[row.status]) for row in found.rows]
    context = {"form": form, "rows": rows, "pages": shown, "query": request.GET.urlencode()}
    return page.render(request, "operator/organization/list.html", context)


@page.page(Permission.ORGANIZATION_VIEW, methods=("GET",))
def organization_export(request: PageRequest, kind: str) -> HttpResponse:
    """Download the list as filtered on the page."""
    if kind not in exports.KINDS:
        raise Http404
    wanted = OrganizationFilter(request.GET).wanted()
    found = selectors.organization_list(request.actor, offset=0, size=organization_sheet.MAX_ROWS, **wanted)
    return exports.response(organization_sheet.sheet(found.rows), kind)


@page.page(Permission.ORGANIZATION_VIEW, methods=("GET",))
def organization_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show an organization: data, register, stages, people, history."""
    return _detail(request, uuid, AccessChange())


@page.page(Permission.ORGANIZATION_BLOCK, methods=("POST",))
def organization_block(request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Zablokuj”."""
    return _change(
        request, uuid, services.block_organization, _("Access is blocked. The managers were told.")
    )


@page.page(Permission.ORGANIZATION_BLOCK, methods=("POST",))
def organization_unblock(request: PageRequest, uuid: UUID) -> HttpResponse:
    """„Odblokuj”."""
    done = _("Access is given back. The managers were told.")
    return _change(request, uuid, services.unblock_organization, done)


def _change(request: PageRequest, uuid: UUID, change: Callable[..., None], done: str) -> HttpResponse:
    """Take access away or give it back; whoever was slower is told in words."""
    form = AccessChange(request.POST)
    if not form.is_valid():
        return _detail(request, uuid, form)
    try:
        change(
            actor=request.actor, organization_uuid=uuid, reason=form.cleaned_data["reason"], at=timezone.now()
        )
    except TransitionRefused:
        messages.error(request, access_words.REFUSALS["faster"])
    except services.OperatorStays:
        messages.error(request, access_words.REFUSALS["last"])
    else:
        messages.success(request, done)
    return redirect("operator:organization-detail", uuid)


def _detail(request: PageRequest, uuid: UUID, form: AccessChange) -> HttpResponse:
    own = oversight.organization(request.actor, uuid=uuid)
    at, which = timezone.now(), {"organization_id": own.id}
    is_provider = own.kind == "provider"
    context = {
        "own": own,
        "kind": KIND_NAMES[own.kind],
        "status": access_words.STATUS_TAGS[own.status],
        "facts": organization_sheet.facts(own),
        "is_provider": is_provider,
        "alerts": [
            (row, register_words.KINDS[row.kind], register_words.ALERTS[row.status])
            for row in alerts_of(request.actor, organization_uuid=uuid)
        ],
        "entries": register_entries(request.actor, nip=own.nip) if is_provider else [],
        "tasks": stages.of_provider(request.actor, on=days.local_date(at), **which)
        if is_provider
        else stages.cooperation(request.actor, **which),
        "people": [
            (row, access_words.person_tag(row), access_words.roles(row.roles))
            for row in oversight.people(request.actor, at=at, **which)
        ],
        "events": access_words.timeline(oversight.organization_history(request.actor, uuid=uuid)),
        "log_url": log_words.log_url(request.actor, organization=own.nip),
        "form": form,
    }
    return page.render(request, "operator/organization/detail.html", context, status=page.form_status(form))
