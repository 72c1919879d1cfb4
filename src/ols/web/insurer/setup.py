"""The parts of the insurer's settings: who may open which, and the tabs between them."""

from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.web.components.shapes import Tab

PARTS: Final[tuple[tuple[str, str | Promise, str], ...]] = (
    ("insurer:requirement-list", _("Required documents"), Permission.TERMS_PUBLISH),
    ("insurer:area-list", _("Areas"), Permission.TERMS_PUBLISH),
    ("insurer:terms-list", _("General and thematic terms"), Permission.TERMS_PUBLISH),
    ("insurer:publicnetwork-edit", _("Public network"), Permission.TERMS_PUBLISH),
    ("insurer:rules-edit", _("Automatic acceptance"), Permission.NETWORK_SETUP),
    ("insurer:needs-edit", _("Needs of the network"), Permission.NETWORK_SETUP),
    ("insurer:account-edit", _("Bank account and office hours"), Permission.STAFF_MANAGE),
)


def tabs(actor: Actor, current: str) -> list[Tab]:
    """Return the tabs of the parts this person may open.

    :raises ols.db.errors.NotFound: the actor works for no insurer
    """
    if actor.organization_kind != "insurer":
        raise NotFound
    return [
        Tab(label, reverse(name), current=name == current)
        for name, label, permission in PARTS
        if actor.has(permission)
    ]
