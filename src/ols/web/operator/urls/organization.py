"""Addresses of the operator's pages about organizations and their people."""

from django.urls import URLPattern, path

from ols.web.operator.views import organization, person

urlpatterns: list[URLPattern] = [
    path("organizations/", organization.organization_list, name="organization-list"),
    path("organizations/export.<str:kind>", organization.organization_export, name="organization-export"),
    path("organizations/<uuid:uuid>/", organization.organization_detail, name="organization-detail"),
    path("organizations/<uuid:uuid>/block/", organization.organization_block, name="organization-block"),
    path(
        "organizations/<uuid:uuid>/unblock/", organization.organization_unblock, name="organization-unblock"
    ),
    path("people/<uuid:uuid>/", person.person_detail, name="person-detail"),
    path("people/<uuid:uuid>/block/", person.person_block, name="person-block"),
    path("people/<uuid:uuid>/unblock/", person.person_unblock, name="person-unblock"),
    path("people/<uuid:uuid>/password-link/", person.person_link, name="person-link"),
    path("people/<uuid:uuid>/reset-factors/", person.person_reset, name="person-reset"),
    path("people/<uuid:uuid>/end-sessions/", person.person_sessions, name="person-sessions"),
]
