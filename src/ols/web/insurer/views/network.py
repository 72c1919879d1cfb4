"""The insurer's network: every clinic that ever made an offer, found, narrowed, exported."""

from dataclasses import asdict
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel import days
from ols.network.selectors import network_list
from ols.network.selectors.network_list import ClinicRow
from ols.web import page
from ols.web.components import exports, network_words, pages, remembered, rule_words
from ols.web.insurer.forms.network import NetworkSearch
from ols.web.page import PageRequest

_COLUMNS = (
    exports.Column(gettext_lazy("Number")),
    exports.Column(gettext_lazy("Clinic")),
    exports.Column("NIP"),
    exports.Column(gettext_lazy("Town")),
    exports.Column(gettext_lazy("Voivodeship")),
    exports.Column(gettext_lazy("Status")),
    exports.Column(gettext_lazy("From"), exports.DAY),
    exports.Column(gettext_lazy("Areas")),
    exports.Column(gettext_lazy("Highlighted in")),
    exports.Column(gettext_lazy("Offer sent"), exports.MOMENT),
    exports.Column(gettext_lazy("Decided"), exports.MOMENT),
)


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def contract_list(request: PageRequest) -> HttpResponse:
    """Show a page of the network, with how many there are in each status."""
    names = ("text", "status", "area", "voivodeship", "highlighted", "sort")
    came_back = remembered.restored(request, names)
    if came_back is not None:
        return came_back
    form, today = NetworkSearch(request.GET), days.local_date(timezone.now())
    wanted = form.wanted()
    totals = network_list.totals(request.actor, wanted=wanted, on=today)
    shown = pages.paginate(total=totals.total, wanted=request.GET.get("page"))
    rows = network_list.clinics(request.actor, wanted=wanted, on=today, offset=shown.offset, size=shown.size)
    context = {
        "rows": [_shown(row) for row in rows],
        "totals": [(network_words.CONTRACT_TAGS[name].label, n) for name, n in totals.by_status.items()],
        "form": form,
        "wanted": wanted,
        "is_narrowed": any(value for name, value in asdict(wanted).items() if name != "sort"),
        "pages": shown,
        "query": urlencode(asdict(wanted)),
    }
    return page.render(request, "insurer/contract/list.html", context)


@page.page(Permission.NETWORK_VIEW, methods=("GET",))
def contract_export(request: PageRequest, kind: str) -> HttpResponse:
    """Send the filtered network as a spreadsheet."""
    if kind not in exports.KINDS:
        raise NotFound
    rows = network_list.clinics(
        request.actor,
        wanted=NetworkSearch(request.GET).wanted(),
        on=days.local_date(timezone.now()),
        size=network_list.MAX_ROWS,
    )
    return exports.response(exports.Sheet("network", _COLUMNS, [_cells(row) for row in rows]), kind)


def _shown(row: ClinicRow) -> dict[str, object]:
    marked = {area.id for area in row.highlighted}
    return {
        "row": row,
        "tag": network_words.CONTRACT_TAGS[row.status],
        "voivodeship": rule_words.voivodeship(row.voivodeship),
        "highlighted": [area.name for area in row.areas if area.id in marked],
        "others": ", ".join(area.name for area in row.areas if area.id not in marked),
    }


def _cells(row: ClinicRow) -> tuple[exports.Cell, ...]:
    return (
        row.number,
        row.name,
        row.nip,
        row.city,
        rule_words.voivodeship(row.voivodeship),
        str(network_words.CONTRACT_TAGS[row.status].label),
        row.starts_on,
        ", ".join(area.name for area in row.areas),
        ", ".join(area.name for area in row.highlighted),
        row.offered_at,
        row.decided_at,
    )
