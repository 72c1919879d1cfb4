"""The badge: how the clinic's prices of an area stand against the limits, and what to do about it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.network import selectors
from ols.web import page
from ols.web.components import highlight_words
from ols.web.page import PageRequest
from ols.web.provider import contract_pages


@page.page(Permission.FACILITY_VIEW, methods=("GET",))
def highlight_show(request: PageRequest, uuid: UUID, area: str) -> HttpResponse:
    """Show which prices keep the clinic from the badge and by how much, and what will change when."""
    detail = selectors.contract(request.actor, uuid=str(uuid))
    today = days.local_date(timezone.now())
    found = selectors.highlight(request.actor, contract_uuid=str(uuid), area_code=area, on=today)
    context = {
        **contract_pages.frame(detail, "pricelist-list"),
        "found": found,
        "badge": contract_pages.badge(found),
        "distance": highlight_words.distance(found.standing.over, found.standing.worst_gr),
        "compared": [row for row in found.prices if row.limit_gr is not None],
        "can_edit": request.actor.has(Permission.PRICELIST_EDIT),
    }
    return page.render(request, "provider/highlight/show.html", context)
