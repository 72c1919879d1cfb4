"""Addresses of the insurer's plan pages."""

from django.urls import URLPattern, path

from ols.web.insurer.views import plan

urlpatterns: list[URLPattern] = [
    path("plans/", plan.plan_list, name="plan-list"),
    path("plans/new/", plan.plan_new, name="plan-new"),
    path("plans/<uuid:uuid>/", plan.plan_detail, name="plan-detail"),
    path("plans/<uuid:uuid>/terms/new/", plan.terms_new, name="plan-terms-new"),
    path("plans/<uuid:uuid>/terms/<uuid:terms>/publish/", plan.terms_publish, name="plan-terms-publish"),
    path("plans/<uuid:uuid>/terms/<uuid:terms>/benefits/new/", plan.benefit_new, name="benefit-new"),
    path("plans/<uuid:uuid>/benefits/<uuid:benefit>/", plan.benefit_edit, name="benefit-edit"),
    path("plans/<uuid:uuid>/benefits/<uuid:benefit>/remove/", plan.benefit_remove, name="benefit-remove"),
]
