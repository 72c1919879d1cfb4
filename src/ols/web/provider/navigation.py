"""The side menu of the provider panel (names as the users know them)."""

from django.utils.translation import gettext_lazy as _

from ols.accounts.permissions import Permission
from ols.web.components.navigation import NavigationItem

ITEMS = (
    NavigationItem(_("Panel"), "provider:home-show", "house"),
    NavigationItem(
        _("Insurers"), "provider:insurer-list", "handshake", also=("/panel/contracts/", "/panel/accounts/")
    ),
    NavigationItem(
        _("Claim for payment of a benefit"),
        "provider:claim-new",
        "heart-pulse",
        Permission.CLAIM_SUBMIT,
        key="F2",
        section="provider:claim-list",
    ),
    NavigationItem(
        _("Financial settlements"), "provider:settlement-list", "wallet", Permission.SETTLEMENT_VIEW
    ),
    NavigationItem(_("Business card"), "provider:businesscard-list", "id-card", Permission.FACILITY_VIEW),
    NavigationItem(_("Staff"), "provider:staff-list", "users", Permission.STAFF_MANAGE),
)
