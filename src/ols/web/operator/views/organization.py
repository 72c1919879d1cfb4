"""The organizations on the platform."""

from django.http import HttpResponse

from ols.accounts import selectors
from ols.accounts.permissions import Permission
from ols.web import page
from ols.web.components import pages
from ols.web.operator.forms.organization import KINDS, OrganizationFilter
from ols.web.page import PageRequest


@page.page(Permission.ORGANIZATION_VIEW, methods=("GET",))
def organization_list(request: PageRequest) -> HttpResponse:
    """List organizations in pages, all of them or those found."""
    form = OrganizationFilter(request.GET)
    wanted = {"kind": "", "text": ""} | (form.cleaned_data if form.is_valid() else {})
    total = selectors.organization_list(request.actor, offset=0, size=0, **wanted).total
    shown = pages.paginate(total=total, wanted=request.GET.get("page"))
    found = selectors.organization_list(request.actor, offset=shown.offset, size=shown.size, **wanted)
    names = dict(KINDS)
    context = {"form": form, "rows": [(row, names[row.kind]) for row in found.rows], "pages": shown}
    return page.render(request, "operator/organization/list.html", context)
