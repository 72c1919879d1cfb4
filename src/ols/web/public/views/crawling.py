"""For search engines: what they may read, and the addresses of the public networks and their clinics."""

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from ols.network.selectors import public_clinic, public_network
from ols.web import page
from ols.web.page import PublicRequest
from ols.web.public import limits

_XML: Final = "application/xml"
_SCHEMA: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
# Workspaces and forms answer with a login or with nothing; a filtered list is the same clinics once more.
_NOT_TO_READ: Final = (
    "/access/", "/api/", "/applications/", "/insurer/", "/login/", "/my/", "/operator/", "/panel/",
    "/password/", "/network/*?", "/network/*/embed/",
)  # fmt: skip


@page.page(page.PUBLIC, methods=("GET",))
def robots_show(_request: PublicRequest) -> HttpResponse:
    """Say what search engines may read; in a development world, whose clinics are invented, nothing."""
    refused = ("/",) if settings.DEVELOPMENT else _NOT_TO_READ
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in refused)]
    lines += ["", f"Sitemap: {_absolute(reverse('public:sitemap-show'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@page.page(page.PUBLIC, methods=("GET",))
def sitemap_show(_request: PublicRequest) -> HttpResponse:
    """List the files of addresses: one for each network that is public."""
    slugs = [network.slug for network in public_network.public_networks()]
    return _xml("sitemapindex", "sitemap", (reverse("public:sitemap-network", args=[one]) for one in slugs))


@page.page(page.PUBLIC, methods=("GET",))
def sitemap_network(request: PublicRequest, slug: str) -> HttpResponse:
    """List the network's page and the pages of all its clinics of today."""
    refusal = limits.network(request)
    if refusal is not None:
        return refusal
    network = public_network.public_network(slug=slug)
    clinics = public_clinic.card_uuids(insurer_id=network.insurer_id, day=timezone.localdate())
    # Reversed once: the address of a clinic ends with its mark.
    here = reverse("public:network-show", args=[slug])
    return _xml("urlset", "url", [here, *(f"{here}clinics/{uuid}/" for uuid in clinics)])


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


def _xml(root: str, item: str, paths: Iterable[str]) -> HttpResponse:
    rows = "".join(f"<{item}><loc>{escape(_absolute(path))}</loc></{item}>\n" for path in paths)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_SCHEMA}>\n{rows}</{root}>\n'
    response = HttpResponse(text, content_type=_XML)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
