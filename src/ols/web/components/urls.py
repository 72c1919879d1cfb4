"""The gallery of components, for development only."""

from django.urls import path

from ols.web.components import gallery

app_name = "components"
urlpatterns = [
    path("", gallery.gallery_view, name="gallery-view"),
    path("form/", gallery.gallery_form, name="gallery-form"),
]
