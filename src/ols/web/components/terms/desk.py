"""Whose pages they are: the operator's or an insurer's, each in its own frame."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.http import HttpResponse
from django.urls import URLPattern, path

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network.selectors.standing import Scope
from ols.web import page
from ols.web.components.shapes import Tab
from ols.web.page import PageRequest

_NAMES: Final = {
    "list": "terms-list",
    "detail": "terms-detail",
    "compare": "terms-compare",
    "download": "terms-download",
    "signers": "terms-signers",
    "export": "terms-export",
    "evidence": "terms-evidence",
    "begin": "draft-begin",
    "edit": "draft-edit",
    "check": "draft-check",
    "publish": "draft-publish",
    "discard": "draft-discard",
}


def _no_tabs(_actor: Actor) -> list[Tab]:
    """Return the tabs of a desk whose terms are a page of the menu."""
    return []


@dataclass(frozen=True)
class Desk:
    """A workspace that publishes terms; `namespace` is its kind of organization and its urls' name."""

    namespace: str
    prefix: str
    tabs: Callable[[Actor], list[Tab]] = _no_tabs

    def path(self, route: str, view: Callable[..., HttpResponse], name: str, *methods: str) -> URLPattern:
        """Make the view a page of this desk; another kind of organization finds nothing there."""

        @wraps(view)
        def own(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.actor.organization_kind != self.namespace:
                raise NotFound
            return view(self, request, *args, **kwargs)

        opened = page.page(Permission.TERMS_PUBLISH, methods=methods or ("GET",))(own)
        return path(f"{self.prefix}{route}", opened, name=_NAMES[name])

    def url(self, name: str) -> str:
        """Return the full name of one of the desk's addresses."""
        return f"{self.namespace}:{_NAMES[name]}"

    def owner(self, scope: Scope) -> str:
        """Return whose text it is, as printed on it."""
        if scope.insurer_id is None:
            return "System OLS"
        return accounts.organization(organization_id=scope.insurer_id).name

    def render(
        self, request: PageRequest, name: str, context: Mapping[str, Any], status: int = 200
    ) -> HttpResponse:
        """Render one of the shared templates inside the desk's own frame."""
        urls = {f"{key}_url": self.url(key) for key in _NAMES}
        frame = {"base": f"{self.namespace}/base.html", **urls}
        return page.render(request, f"components/terms/{name}.html", {**frame, **context}, status=status)
