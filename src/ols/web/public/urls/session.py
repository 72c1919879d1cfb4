"""Addresses of logging in and out, passwords, and the choice of an organization."""

from django.urls import URLPattern, path

from ols.web.public.views import password, session

urlpatterns: list[URLPattern] = [
    path("login/", session.session_new, name="session-new"),
    path("login/kept/", session.kept_show, name="kept-show"),
    path("logout/", session.session_end, name="session-end"),
    path("home/", session.session_home, name="session-home"),
    path("organization/", session.organization_choose, name="organization-choose"),
    path("password/", password.password_request, name="password-request"),
    path("password/again/", password.password_again, name="password-again"),
    path("password/new/", password.password_set, name="password-set"),
    path("password/<str:secret>/", password.password_open, name="password-open"),
]
