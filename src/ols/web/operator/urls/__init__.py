"""Addresses of the operator's pages: one module a noun."""

from ols.web.operator.urls import home, application, register, organization

app_name = "operator"
urlpatterns = [
    *home.urlpatterns,
    *application.urlpatterns,
    *register.urlpatterns,
    *organization.urlpatterns,
]
