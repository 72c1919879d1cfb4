"""Addresses that search engines ask for."""

from django.urls import URLPattern, path

from ols.web.public.views import crawling

urlpatterns: list[URLPattern] = [
    path("robots.txt", crawling.robots_show, name="robots-show"),
    path("sitemap.xml", crawling.sitemap_show, name="sitemap-show"),
    path("network/<slug:slug>/sitemap.xml", crawling.sitemap_network, name="sitemap-network"),
]
