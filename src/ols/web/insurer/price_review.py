"""The page on which an insurer looks at a price list: what is shown of it, and how."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ols.network.selectors import Line, Negotiation
from ols.network.states import LineAnswer
from ols.web import page
from ols.web.components import line_answers, network_words
from ols.web.components.shapes import Tab
from ols.web.insurer import presence
from ols.web.insurer.forms import contract as forms
from ols.web.page import PageRequest

FILTERS: Mapping[str, tuple[str | Promise, Callable[[Line], bool]]] = {
    "": (_("All lines"), lambda _line: True),
    "over": (_("Above the limit"), lambda line: line.is_over_limit),
    "network": (_("Above three quarters of the network"), lambda line: line.is_over_network),
    "changed": (_("Changed"), lambda line: line.is_changed),
    "open": (_("Without a decision"), lambda line: not line.is_complete),
}


def chosen(request: PageRequest) -> str:
    """Return the filter that was asked for."""
    only = request.GET.get("only", "")
    return only if only in FILTERS else ""


def narrowed(talks: Negotiation, only: str) -> list[Line]:
    """Return the lines the filter lets through."""
    return [line for line in talks.lines if FILTERS[only][1](line)]


def show(
    request: PageRequest,
    talks: Negotiation,
    form: line_answers.LineAnswers | None = None,
    refusal: forms.PriceListReturn | None = None,
) -> HttpResponse:
    """Render the list: with fields while it waits for the insurer, else as it stands."""
    only = chosen(request)
    shown = form or line_answers.LineAnswers(narrowed(talks, only), LineAnswer.INSURER)
    refusal = refusal or forms.PriceListReturn()
    context: dict[str, Any] = {
        "talks": talks,
        "grid": talks.grid,
        "tag": network_words.PRICE_LIST_TAGS[talks.grid.status],
        "over": sum(1 for line in talks.lines if line.is_over_limit),
        "undecided": len(talks.missing),
        "filters": _tabs(talks, only),
        "only": only,
        "form": shown,
        "lines": shown.rows(),
        "refusal": refusal,
        "looking": presence.noted(request, talks.grid.uuid, waits=talks.is_my_turn),
        "has_network": any(line.network for line in talks.lines),
    }
    status = max(page.form_status(shown), page.form_status(refusal))
    return page.render(request, "insurer/pricelist/show.html", context, status=status)


def _tabs(talks: Negotiation, only: str) -> list[Tab]:
    """Return the filters with how many lines each lets through."""
    address = reverse("insurer:pricelist-show", args=[talks.grid.uuid])
    return [
        Tab(
            f"{words} ({len(narrowed(talks, name))})",
            f"{address}?only={name}" if name else address,
            name == only,
        )
        for name, (words, _passes) in FILTERS.items()
    ]
