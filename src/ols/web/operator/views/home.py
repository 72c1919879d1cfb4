"""The operator's home page: what waits, and what runs late."""

from django.http import HttpResponse
from django.utils import timezone

from ols.accounts.permissions import Permission
from ols.onboarding import selectors as onboarding
from ols.registry import selectors as registry
from ols.registry.states import AlertStatus
from ols.web import page
from ols.web.operator.time_left import time_left
from ols.web.page import PageRequest


@page.page(Permission.APPLICATION_REVIEW, methods=("GET",))
def home_show(request: PageRequest) -> HttpResponse:
    """Show the queue's size, the most urgent applications and the state of the register."""
    at = timezone.now()
    context = {
        "figures": onboarding.queue_figures(request.actor, at=at),
        "urgent": [
            (row, time_left(status=row.status, due_at=row.due_at, at=at))
            for row in onboarding.queue(request.actor, wanted=onboarding.QueueFilter(), at=at, size=5).rows
        ],
        "register": None,
    }
    if request.actor.has(Permission.REGISTER_IMPORT):
        context["register"] = registry.register_figures(request.actor)
        context["imports"] = registry.imports(request.actor, limit=1)
        context["alerts"] = registry.alert_figures(request.actor)[AlertStatus.OPEN]
    return page.render(request, "operator/home/show.html", context)
