"""Addresses of the clinic's business cards."""

from django.urls import URLPattern, path

from ols.web.provider.views import businesscard

urlpatterns: list[URLPattern] = [
    path("card/", businesscard.businesscard_list, name="businesscard-list"),
    path("card/new/", businesscard.businesscard_new, name="businesscard-new"),
    path("card/<uuid:uuid>/", businesscard.businesscard_show, name="businesscard-show"),
    path("card/<uuid:uuid>/edit/", businesscard.businesscard_edit, name="businesscard-edit"),
    path("card/<uuid:uuid>/restore/", businesscard.businesscard_restore, name="businesscard-restore"),
    path("card/prices/<uuid:uuid>/", businesscard.businesscard_consent, name="businesscard-consent"),
]
