"""The menu of the insured person's pages."""

from django.utils.translation import gettext_lazy as _

from ols.web.components.navigation import NavigationItem

ITEMS = (NavigationItem(_("My insurance"), "insured:cover-view", "id-card"),)
