"""The panel as an app on the desktop: its name, its icons, and the claim form as its first page."""

from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ols.web import page
from ols.web.page import PublicRequest

_TEAL, _WHITE = "#0a5c63", "#ffffff"
_SIZES = (("app-192.png", "192x192", "any"), ("app-512.png", "512x512", "any"))
_MASKABLE = ("app-maskable-512.png", "512x512", "maskable")


@page.page(page.PUBLIC, methods=("GET",))
def app_manifest(_request: PublicRequest) -> HttpResponse:
    """Say how the panel is installed; browsers ask for this without anybody's session.

    No service worker: nothing of the panel is kept on the computer, and browsers install it without one.
    """
    manifest = {
        "id": reverse("provider:home-show"),
        "name": _("System OLS: claim for payment of a benefit"),
        "short_name": "System OLS",
        "description": _("Checks cover, sends claims, shows settlements."),
        "lang": translation.get_language(),
        "dir": "ltr",
        "start_url": reverse("provider:claim-new"),
        "scope": "/",
        "display": "standalone",
        "theme_color": _TEAL,
        "background_color": _WHITE,
        "icons": [
            {"src": static(f"ols/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in (*_SIZES, _MASKABLE)
        ],
        "shortcuts": [
            {"name": _("Claim for payment of a benefit"), "url": reverse("provider:claim-new")},
            {"name": _("Financial settlements"), "url": reverse("provider:settlement-list")},
        ],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")
