"""Addresses of terms."""

from django.urls import URLPattern, path

from ols.web.provider.views import terms as views

urlpatterns: list[URLPattern] = [
    path("terms/", views.terms_list, name="terms-list"),
    path("terms/<uuid:uuid>/", views.terms_show, name="terms-show"),
    path("terms/<uuid:uuid>.pdf", views.terms_print, name="terms-print"),
    path("terms/<uuid:uuid>.txt", views.terms_text, name="terms-text"),
    path("terms/acceptances/<uuid:uuid>.pdf", views.terms_evidence, name="terms-evidence"),
]
