"""Texts that are accepted: their pages for those who publish them, the same on every desk."""

from ols.web.components.terms.desk import Desk
from ols.web.components.terms.pages import terms_urls

__all__ = ["Desk", "terms_urls"]
