"""Addresses of the development mailbox; a real installation has none of them."""

from django.conf import settings
from django.urls import URLPattern, path

from ols.web.public.views import mailbox

urlpatterns: list[URLPattern] = (
    [
        path("mailbox/", mailbox.mailbox_list, name="mailbox-list"),
        path("mailbox/<int:message_id>/", mailbox.mailbox_detail, name="mailbox-detail"),
    ]
    if settings.DEVELOPMENT
    else []
)
