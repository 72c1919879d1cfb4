"""The side menu of the insurer desk."""

from django.utils.translation import gettext_lazy as _

from ols.accounts.permissions import Permission
from ols.web.components.navigation import NavigationItem

ITEMS = (
    NavigationItem(_("Dashboard"), "insurer:home-show", "house"),
    NavigationItem(
        _("Offers"),
        "insurer:offer-list",
        "inbox",
        Permission.CONTRACT_REVIEW,
        also=("/insurer/price-lists/", "/insurer/accounts/"),
    ),
    NavigationItem(
        _("Network"),
        "insurer:contract-list",
        "network",
        Permission.NETWORK_VIEW,
        also=("/insurer/documents/",),
    ),
    NavigationItem(
        _("Services and limits"),
        "insurer:pricelimit-list",
        "scale",
        Permission.PLAN_EDIT,
        also=("/insurer/own-services/",),
    ),
    NavigationItem(_("Plans"), "insurer:plan-list", "clipboard-list", Permission.PLAN_EDIT),
    NavigationItem(_("Policies"), "insurer:policy-list", "shield-check", Permission.POLICY_VIEW),
    NavigationItem(_("Claims"), "insurer:claim-list", "heart-pulse", Permission.CLAIM_REVIEW),
    NavigationItem(_("Payments"), "insurer:payment-list", "banknote", Permission.PAYMENT_VIEW),
    NavigationItem(_("Bank statements"), "insurer:bankstatement-list", "landmark", Permission.PAYMENT_VIEW),
    NavigationItem(_("Staff"), "insurer:staff-list", "users", Permission.STAFF_MANAGE),
    NavigationItem(
        _("Settings"),
        "insurer:settings-show",
        "settings",
        any_of=(Permission.TERMS_PUBLISH, Permission.NETWORK_SETUP, Permission.STAFF_MANAGE),
    ),
)
