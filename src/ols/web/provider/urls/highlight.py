"""Address of the page about a clinic's badge."""

from django.urls import URLPattern, path

from ols.web.provider.views import highlight as views

urlpatterns: list[URLPattern] = [
    path("contracts/<uuid:uuid>/highlight/<str:area>/", views.highlight_show, name="highlight-show"),
]
