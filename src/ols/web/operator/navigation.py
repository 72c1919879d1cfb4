"""The side menu of the platform operator desk."""

from django.utils.translation import gettext_lazy as _

from ols.accounts.permissions import Permission
from ols.web.components.navigation import NavigationItem

ITEMS = (
    NavigationItem(_("Dashboard"), "operator:home-show", "house", Permission.APPLICATION_REVIEW),
    NavigationItem(
        _("Access applications"), "operator:application-list", "inbox", Permission.APPLICATION_REVIEW
    ),
    NavigationItem(_("Register"), "operator:register-view", "book-open", Permission.REGISTER_IMPORT),
    NavigationItem(
        _("Organizations"), "operator:organization-list", "building-2", Permission.ORGANIZATION_VIEW
    ),
    NavigationItem(_("Versions of terms"), "operator:terms-list", "scale", Permission.TERMS_PUBLISH),
    NavigationItem(_("The log"), "operator:log-list", "history", Permission.AUDIT_VIEW),
    NavigationItem(
        _("Settings of the platform"), "operator:platform-settings", "settings", Permission.PLATFORM_EDIT
    ),
    NavigationItem(_("Mailbox"), "public:mailbox-list", "mail", Permission.MAILBOX_VIEW),
    NavigationItem(_("Staff"), "operator:staff-list", "users", Permission.STAFF_MANAGE),
)
