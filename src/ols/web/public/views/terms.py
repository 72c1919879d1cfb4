"""The platform's terms for everybody: read in place, taken away as PDF."""

from django.http import HttpResponse
from django.utils import timezone

from ols.db.errors import NotFound
from ols.network import selectors as network
from ols.network.selectors import TermsRow
from ols.web import page
from ols.web.components import markdown
from ols.web.components.terms import prints
from ols.web.page import PublicRequest


@page.page(page.PUBLIC, methods=("GET",))
def terms_show(request: PublicRequest) -> HttpResponse:
    """Show the terms of the platform in force today."""
    terms = _current()
    context = {"terms": terms, "body": markdown.to_html(terms.body)}
    return page.render(request, "public/terms/show.html", context)


@page.page(page.PUBLIC, methods=("GET",))
def terms_download(request: PublicRequest) -> HttpResponse:
    """Download the same text as PDF."""
    del request
    return prints.download(_current(), owner="System OLS")


def _current() -> TermsRow:
    terms = network.current_terms(kind="platform", on=timezone.localdate())
    if terms is None:
        raise NotFound
    return terms
