"""Addresses of the operator's pages: one module a noun."""

from ols.web.operator.urls import application, home, organization, register, staff

app_name = "operator"
urlpatterns = [
    *home.urlpatterns,
    *application.urlpatterns,
    *register.urlpatterns,
    *organization.urlpatterns,
    *staff.urlpatterns,
]
