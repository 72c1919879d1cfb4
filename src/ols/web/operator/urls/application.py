"""Addresses of the operator's application pages."""

from django.urls import URLPattern, path

from ols.web.operator.views import application, document, extract, queue

urlpatterns: list[URLPattern] = [
    path("applications/", queue.application_list, name="application-list"),
    path("applications/applications.<str:kind>", queue.application_export, name="application-export"),
    path("applications/<uuid:uuid>/", application.application_detail, name="application-detail"),
    path("applications/<uuid:uuid>/approve/", application.application_approve, name="application-approve"),
    path("applications/<uuid:uuid>/return/", application.application_return, name="application-return"),
    path("applications/<uuid:uuid>/reject/", application.application_reject, name="application-reject"),
    path("applications/<uuid:uuid>/extract/", extract.extract_read, name="application-extract-read"),
    path("documents/<uuid:uuid>/", document.document_open, name="document-open"),
]
