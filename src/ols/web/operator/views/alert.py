"""Alerts about clinics with access that are no longer in the register."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ols.accounts.permissions import Permission
from ols.audit.selectors import HistoryRow
from ols.registry import selectors, services
from ols.registry.states import AlertStatus
from ols.web import page
from ols.web.components import pages
from ols.web.components.shapes import Tab, TimelineEvent
from ols.web.operator import register_words
from ols.web.operator.forms.register import AlertHandling
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused

_EVENTS = {
    "register_alert.open": gettext_lazy("Alert raised by an import"),
    "register_alert.handle": gettext_lazy("Alert handled"),
    "register_alert.return": gettext_lazy("Back in the register: closed by itself"),
}


@page.page(Permission.REGISTER_IMPORT, methods=("GET",))
def alert_list(request: PageRequest) -> HttpResponse:
    """Show the alerts of one status, the open ones unless another is asked for."""
    figures = selectors.alert_figures(request.actor)
    status = request.GET.get("status", "")
    status = status if status in figures else AlertStatus.OPEN
    shown = pages.paginate(total=figures[status], wanted=request.GET.get("page"))
    rows = selectors.alerts(request.actor, status=status, offset=shown.offset, size=shown.size)
    context = {
        "rows": [(row, register_words.KINDS[row.kind]) for row in rows],
        "status": status,
        "tabs": [
            Tab(
                _("%(label)s (%(count)s)") % {"label": tag.label, "count": figures[name]},
                f"?status={name}",
                name == status,
            )
            for name, tag in register_words.ALERTS.items()
        ],
        "pages": shown,
    }
    return page.render(request, "operator/alert/list.html", context)


@page.page(Permission.REGISTER_IMPORT)
def alert_detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show one alert; note what was done about it."""
    found = selectors.alert(request.actor, uuid=uuid)
    form = AlertHandling(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _handle(request, uuid, form.cleaned_data["remark"])
    context = {
        "row": found.row,
        "kind": register_words.KINDS[found.row.kind],
        "status": register_words.ALERTS[found.row.status],
        "may_handle": found.may_handle,
        "events": [_event(row) for row in found.history],
        "form": form,
    }
    return page.render(request, "operator/alert/detail.html", context, status=page.form_status(form))


def _handle(request: PageRequest, uuid: UUID, remark: str) -> HttpResponse:
    """Note it; a colleague who was faster is told in words."""
    try:
        services.handle_alert(actor=request.actor, alert_uuid=uuid, remark=remark, at=timezone.now())
    except TransitionRefused:
        messages.error(request, _("Somebody has handled this alert already. Nothing was changed."))
    else:
        messages.success(request, _("It was noted what was done."))
    return redirect("operator:alert-detail", uuid)


def _event(row: HistoryRow) -> TimelineEvent:
    return TimelineEvent(_EVENTS.get(row.event, row.event), row.at, row.actor_name, row.remark)
