"""Addresses of the documents of a co-operation."""

from django.urls import URLPattern, path

from ols.web.provider.views import document as views

_ALL = "contracts/<uuid:uuid>/documents/"
_FILE = f"{_ALL}files/<uuid:file>/"
_STORED = f"{_ALL}<uuid:document>/"
urlpatterns: list[URLPattern] = [
    path(_ALL, views.document_list, name="contract-documents"),
    path(f"{_ALL}add/<str:code>/", views.document_new, name="contract-document-new"),
    path(f"{_FILE}replace/", views.document_replace, name="contract-document-replace"),
    path(f"{_FILE}dates/", views.document_dates, name="contract-document-dates"),
    path(f"{_FILE}remove/", views.document_remove, name="contract-document-remove"),
    path(f"{_FILE}restore/", views.document_restore, name="contract-document-restore"),
    path(_STORED, views.document_download, name="contract-document"),
    path(f"{_STORED}preview/", views.document_preview, name="contract-document-preview"),
    path(f"{_STORED}pages/<int:number>/", views.document_page, name="contract-document-page"),
]
