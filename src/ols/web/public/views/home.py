"""The public home page and the way to the insurance service."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ols.web import page
from ols.web.components.shapes import Tab
from ols.web.page import PublicRequest


def _tabs(current: str) -> list[Tab]:
    """Return the tabs of the public pages."""
    return [
        Tab(_("START"), reverse("public:home-show"), current == "home"),
        Tab(_("MEDICINE"), reverse("public:medicine-show"), current == "medicine"),
    ]


@page.page(page.PUBLIC, methods=("GET",))
def home_show(request: PublicRequest) -> HttpResponse:
    """Show what the platform is and the tab „MEDYCYNA”."""
    return page.render(request, "public/home/show.html", {"tabs": _tabs("home")})


@page.page(page.PUBLIC, methods=("GET",))
def medicine_show(request: PublicRequest) -> HttpResponse:
    """Show the services for medicine; the side menu leads to „Ubezpieczenia”."""
    return page.render(request, "public/home/medicine.html", {"tabs": _tabs("medicine")})


@page.page(page.PUBLIC, methods=("GET",))
def insurance_view(request: PublicRequest) -> HttpResponse:
    """Explain the insurance service and offer „Uzyskaj dostęp”."""
    return page.render(request, "public/home/insurance.html", {"tabs": _tabs("medicine")})
