"""Addresses of the instruction and the shortcuts."""

from django.urls import URLPattern, path

from ols.web.provider.views import instruction as views

urlpatterns: list[URLPattern] = [
    path("instruction/", views.instruction_show, name="instruction-show"),
    path("instruction/pdf/", views.instruction_print, name="instruction-print"),
    path("shortcut/linux/", views.shortcut_linux, name="shortcut-linux"),
    path("shortcut/windows/", views.shortcut_windows, name="shortcut-windows"),
]
