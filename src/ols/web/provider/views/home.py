"""The panel's home, and the pages about the insurance service."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.network import selectors
from ols.registry import selectors as registry
from ols.web import page
from ols.web.components.shapes import Tab
from ols.web.page import PageRequest
from ols.web.provider import task_board


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def home_show(request: PageRequest) -> HttpResponse:
    """Show what is next for the clinic, what waits for others, and what is done."""
    found = task_board.board(request.actor, at=timezone.now())
    return page.render(request, "provider/home/show.html", {"tabs": _tabs("home"), "board": found})


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def service_show(request: PageRequest) -> HttpResponse:
    """Show the information panel of the tab „Ubezpieczenia”."""
    return page.render(request, "provider/service/show.html", _service(request))


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def service_about(request: PageRequest) -> HttpResponse:
    """Explain the service („Informacje”)."""
    return page.render(request, "provider/service/about.html", _service(request))


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def service_terms(request: PageRequest) -> HttpResponse:
    """Lead to the service's terms, by way of the clinic's own data while they are not confirmed."""
    current = selectors.current_terms(
        kind=selectors.TermsKind.INSURANCE_SERVICE, on=days.local_date(timezone.now())
    )
    if current is None:
        return page.render(request, "provider/service/no_terms.html", {"tabs": _tabs("service")})
    if registry.data_confirmation(request.actor) is None:
        return redirect("provider:facility-show")
    return redirect("provider:terms-show", current.uuid)


def _service(request: PageRequest) -> dict[str, object]:
    """Return what the pages about the service show: once its terms are accepted, insurers come next."""
    accepted = selectors.service_terms_accepted(request.actor, on=days.local_date(timezone.now()))
    return {"tabs": _tabs("service"), "is_accepted": accepted}


def _tabs(current: str) -> list[Tab]:
    """Return the tabs above the home pages."""
    return [
        Tab(_("Panel"), reverse("provider:home-show"), current=current == "home"),
        Tab(_("Insurance"), reverse("provider:service-show"), current=current == "service"),
    ]
