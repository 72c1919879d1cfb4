"""Addresses of the operator's pages: one module a noun."""

from ols.web.operator.urls import (
    application,
    home,
    insurer,
    log,
    organization,
    platform,
    register,
    staff,
    terms,
)

app_name = "operator"
urlpatterns = [
    *home.urlpatterns,
    *application.urlpatterns,
    *register.urlpatterns,
    *organization.urlpatterns,
    *insurer.urlpatterns,
    *terms.urlpatterns,
    *log.urlpatterns,
    *platform.urlpatterns,
    *staff.urlpatterns,
]
