"""An insurer's network for everybody: the map and the list, a clinic's page, the list within another page."""

from typing import cast
from uuid import UUID

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_exempt

from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel import days
from ols.network.selectors import public_clinic, public_network, public_places
from ols.registry import geography
from ols.web import page
from ols.web.components.pages import paginate
from ols.web.page import PublicRequest
from ols.web.public import limits, network_clinic_view, network_search
from ols.web.public.forms.network import Near, NetworkSearch


@page.page(page.PUBLIC, methods=("GET",))
def network_list(request: PublicRequest) -> HttpResponse:
    """Let the visitor choose an insurer; a single one is chosen already."""
    networks = public_network.public_networks()
    if len(networks) == 1:
        return redirect("public:network-show", networks[0].slug)
    return page.render(request, "public/network/list.html", {"networks": networks})


@page.page(page.PUBLIC, methods=("GET",))
def network_show(request: PublicRequest, slug: str) -> HttpResponse:
    """Show the map and the list of one insurer's clinics, narrowed by the address's filters."""
    refusal = limits.network(request)
    if refusal is not None:
        return refusal
    return _searched(request, public_network.public_network(slug=slug), "public/network/show.html")


@page.page(page.PUBLIC, methods=("POST",))
def network_near(request: PublicRequest, slug: str) -> HttpResponse:
    """Go on to the town nearest to where the browser says it is; the point itself is forgotten at once."""
    network = public_network.public_network(slug=slug)
    addresses = network_search.Addresses(network, request.GET)
    form = Near(request.POST)
    if not form.is_valid():
        return redirect(addresses.search())
    point = form.cleaned_data["latitude"], form.cleaned_data["longitude"]
    return redirect(addresses.search(place=geography.nearest(*point).label, voivodeship=""))


@page.page(page.PUBLIC, methods=("GET",))
def network_clinic(request: PublicRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Show one address of a clinic: where, when, what, by which phone."""
    refusal = limits.network(request)
    if refusal is not None:
        return refusal
    network, at = public_network.public_network(slug=slug), timezone.now()
    clinic = public_clinic.public_clinic(insurer_id=network.insurer_id, uuid=uuid, day=days.local_date(at))
    context = network_clinic_view.context(clinic, network, catalog.areas(), at=at)
    context["back"] = reverse("public:network-show", args=[slug])
    context["canonical"] = settings.PUBLIC_URL + reverse("public:network-clinic", args=[slug, uuid])
    return page.render(request, "public/network/clinic.html", context)


@xframe_options_exempt
@page.page(page.PUBLIC, methods=("GET",))
def network_embed(request: PublicRequest, slug: str) -> HttpResponse:
    """Show the list within a page of those whom the insurer named; every other page is refused a frame."""
    network = public_network.public_network(slug=slug)
    if not network.may_be_embedded:
        raise NotFound
    language = request.GET.get("lang") or "pl"
    with translation.override(language if language in {"pl", "en"} else "pl"):
        refusal = limits.network(request)
        response = refusal or _searched(request, network, "public/network/embed.html", embedded=True)
    framed_by = csp_replace({"frame-ancestors": list(network.origins) or [NONE]})
    return cast("HttpResponse", framed_by(lambda _request: response)(request))


def _searched(
    request: PublicRequest, network: public_network.NetworkRow, template: str, *, embedded: bool = False
) -> HttpResponse:
    """Find and show a page of the list; with a field filled in wrongly there is nothing to find."""
    form, at = NetworkSearch(request.GET), timezone.now()
    addresses = network_search.Addresses(network, request.GET, embedded=embedded)
    is_right = form.is_valid()
    wanted, services = network_search.wanted(form, insurer_id=network.insurer_id, at=at)
    asked = paginate(total=10**9, wanted=request.GET.get("page"), size=public_places.PAGE_SIZE)
    found = public_places.find_places(insurer_id=network.insurer_id, wanted=wanted, offset=asked.offset)
    pages = paginate(total=found.total, wanted=request.GET.get("page"), size=public_places.PAGE_SIZE)
    if pages.offset != asked.offset:
        found = public_places.find_places(insurer_id=network.insurer_id, wanted=wanted, offset=pages.offset)
    context = network_search.context(form, network, found, services, addresses, at)
    context |= {"pages": pages, "is_right": is_right, "lang": request.GET.get("lang", "")}
    return page.render(request, template, context, status=page.form_status(form))
