"""The root of all addresses: one folder a role; addresses are English and stable."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", set_language, name="set_language"),
    path("api/v1/", include("ols.api.urls")),
    path("panel/", include("ols.web.provider.urls")),
    path("insurer/", include("ols.web.insurer.urls")),
    path("operator/", include("ols.web.operator.urls")),
    path("my/", include("ols.web.insured.urls")),
    path("", include("ols.web.public.urls")),
]
if settings.DEVELOPMENT:
    urlpatterns.insert(0, path("components/", include("ols.web.components.urls")))


handler400 = "ols.web.components.errors.bad_request"
handler403 = "ols.web.components.errors.forbidden"
handler404 = "ols.web.components.errors.not_found"
handler429 = "ols.web.components.errors.too_many_requests"
handler500 = "ols.web.components.errors.server_error"
