"""Addresses of the versions of the operator's terms."""

from django.urls import URLPattern, path

from ols.web.operator.views import terms, terms_draft

urlpatterns: list[URLPattern] = [
    path("terms/", terms.terms_list, name="terms-list"),
    path("terms/<uuid:uuid>/", terms.terms_detail, name="terms-detail"),
    path("terms/<uuid:uuid>/compare/", terms.terms_compare, name="terms-compare"),
    path("terms/<uuid:uuid>/pdf/", terms.terms_download, name="terms-download"),
    path("terms/drafts/new/<str:kind>/", terms_draft.draft_begin, name="draft-begin"),
    path("terms/drafts/<uuid:uuid>/", terms_draft.draft_edit, name="draft-edit"),
    path("terms/drafts/<uuid:uuid>/check/", terms_draft.draft_check, name="draft-check"),
    path("terms/drafts/<uuid:uuid>/publish/", terms_draft.draft_publish, name="draft-publish"),
    path("terms/drafts/<uuid:uuid>/discard/", terms_draft.draft_discard, name="draft-discard"),
]
