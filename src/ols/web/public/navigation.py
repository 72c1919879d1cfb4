"""The menu of the public pages."""

from django.utils.translation import gettext_lazy as _

from ols.web.components.navigation import NavigationItem

ITEMS = (
    NavigationItem(_("Insurance"), "public:insurance-view", "shield-check"),
    NavigationItem(_("Networks of clinics"), "public:network-list", "map-pin"),
    NavigationItem(_("Get access"), "public:access-welcome", "key-round"),
)
