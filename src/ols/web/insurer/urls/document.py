"""Addresses of the documents of clinics."""

from django.urls import URLPattern, path

from ols.web.insurer.views import document as views

_ALL = "contracts/<uuid:uuid>/documents/"
_STORED = f"{_ALL}<uuid:document>/"
_FILE = f"{_ALL}files/<uuid:file>/"
urlpatterns: list[URLPattern] = [
    path("documents/", views.document_list, name="document-list"),
    path("documents/ending.<str:kind>", views.document_export, name="document-export"),
    path(_STORED, views.document_open, name="document-open"),
    path(f"{_STORED}preview/", views.document_preview, name="document-preview"),
    path(f"{_STORED}pages/<int:number>/", views.document_page, name="document-page"),
    path(f"{_FILE}accept/", views.document_accept, name="document-accept"),
    path(f"{_FILE}return/", views.document_return, name="document-return"),
]
