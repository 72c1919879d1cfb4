"""Addresses of the operator's pages: one module a noun."""

from ols.web.operator.urls import application, home, insurer, log, organization, platform, register, staff

app_name = "operator"
urlpatterns = [
    *home.urlpatterns,
    *application.urlpatterns,
    *register.urlpatterns,
    *organization.urlpatterns,
    *insurer.urlpatterns,
    *log.urlpatterns,
    *platform.urlpatterns,
    *staff.urlpatterns,
]
