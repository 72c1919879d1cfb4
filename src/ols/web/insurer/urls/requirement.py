"""Addresses of the kinds of documents the insurer asks for."""

from django.urls import URLPattern, path

from ols.web.insurer.views import requirement as views

_ALL = "settings/documents/"
_ONE = f"{_ALL}<uuid:uuid>/"
urlpatterns: list[URLPattern] = [
    path(_ALL, views.requirement_list, name="requirement-list"),
    path(f"{_ALL}new/", views.requirement_new, name="requirement-new"),
    path(f"{_ONE}edit/", views.requirement_edit, name="requirement-edit"),
    path(f"{_ONE}move/", views.requirement_move, name="requirement-move"),
    path(_ONE, views.requirement_switch, name="requirement-switch"),
]
