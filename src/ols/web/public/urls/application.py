"""Addresses of the access wizard and of one's own application."""

from django.urls import URLPattern, path

from ols.web.public.views import access, application, checking, draft, own_application

urlpatterns: list[URLPattern] = [
    # The short address known from letters and manuals.
    path(
        "osoz-www/swiadczeniodawca/kreatorDostepu/powitanie/2", access.access_welcome, name="access-welcome"
    ),
    path("access/results/", access.access_results, name="access-results"),
    path("access/choose/", access.access_choose, name="access-choose"),
    path("access/joined/", access.access_joined, name="access-joined"),
    path("access/application/", application.application_new, name="application-new"),
    path("access/application/check/", checking.application_check, name="application-check"),
    path("access/application/save/", draft.application_save, name="application-save"),
    path("access/application/saved/", draft.application_saved, name="application-saved"),
    path("access/application/forget/", draft.application_forget, name="application-forget"),
    path("access/resume/<str:secret>/", draft.application_resume, name="application-resume"),
    path("applications/<str:token>/", own_application.application_show, name="application-show"),
    path("applications/<str:token>/edit/", own_application.application_edit, name="application-edit"),
]
