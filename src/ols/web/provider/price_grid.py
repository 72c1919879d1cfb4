"""The grid of prices between page and services: what was sent, what is shown, what the script is told."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from ols.kernel.sortkey import search_key
from ols.network import selectors, services
from ols.network.price_entries import START
from ols.network.selectors import PriceSheet, SheetRow
from ols.network.services import Theirs
from ols.web.components.templatetags.ols import clock
from ols.web.page import PageRequest
from ols.web.provider import price_words
from ols.web.provider.forms.pricelist import FirstDay, tab_of, typed_rows

# Which rows the page shows.
ALL, WRONG, OVER, EMPTY = "", "wrong", "over", "empty"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the rows that were sent; `refusal` says in words why nothing was saved."""

    typed: Mapping[str, str]
    conflicts: Mapping[str, Theirs]
    others: Mapping[str, Theirs]
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the summary; `target` is the id of the field it leads to."""

    text: str
    target: str


def keep(request: PageRequest, uuid: UUID, area: str, *, version: int) -> Kept:
    """Save the rows that were sent; say in words why not."""
    typed = typed_rows(request.POST)
    try:
        kept = services.keep_entries(
            actor=request.actor,
            contract_uuid=str(uuid),
            area_code=area,
            typed=typed,
            tab=tab_of(request.POST, version=version),
            at=timezone.now(),
        )
    except services.PriceListNotEditable:
        return Kept(typed, {}, {}, _("The price list was sent already and waits for an answer."))
    except services.AreaClosed:
        return Kept(typed, {}, {}, _("The insurer has closed this area for new price lists meanwhile."))
    except services.AreaNotOpen:
        return Kept(typed, {}, {}, _("The area is not open yet, or its terms are not accepted."))
    except services.ContractNotActive:
        return Kept(typed, {}, {}, _("Prices are agreed only while the co-operation is active."))
    return Kept(typed, kept.conflicts, kept.others)


def new_tab() -> str:
    """Return the name of a page that was opened now; two tabs have two."""
    return secrets.token_hex(8)


def shown_rows(sheet: PriceSheet, kept: Kept | None, *, query: str, which: str) -> list[price_words.ShownRow]:
    """Return every row, hidden when not looked for; what is typed and not saved stays in its field."""
    rows = []
    for row in sheet.rows:
        is_hidden = not is_shown(row, query=query, which=which) and not _is_unsaved(row, kept)
        rows.append(replace(_shown(row, kept), is_hidden=is_hidden))
    return rows


def is_shown(row: SheetRow, *, query: str, which: str) -> bool:
    """Say whether a row is among those looked for; search ignores accents."""
    wanted = {
        WRONG: bool(row.checked.error),
        OVER: row.checked.is_over,
        EMPTY: not row.checked.text,
    }.get(which, True)
    if not wanted or not query:
        return wanted
    return search_key(query) in search_key(f"{row.row.code} {row.row.name}")


def first_day(sheet: PriceSheet, kept: Kept | None) -> FirstDay:
    """Return the field of the first day; what was typed and is not saved stays in it."""
    is_unsaved = kept is not None and bool(kept.refusal or START in kept.conflicts)
    start = kept.typed.get(START, "") if kept and is_unsaved else sheet.start
    return FirstDay(start, sheet.grid.earliest)


def problems(sheet: PriceSheet, kept: Kept | None, first_day: FirstDay) -> list[Problem]:
    """Return what has to be mended, in the order of the page."""
    found = [Problem(kept.refusal, "")] if kept and kept.refusal else []
    if kept and START in kept.conflicts:
        found.append(Problem(price_words.conflict_of_day(kept.conflicts[START]), "id_valid_from"))
    found += [Problem(text, "id_valid_from") for text in first_day.refusals()]
    for row in sheet.rows:
        target = f"price-{row.row.service_id}"
        theirs = kept.conflicts.get(str(row.row.service_id)) if kept else None
        if theirs is not None:
            found.append(Problem(f"{row.row.code}: {price_words.conflict(theirs)}", target))
        if row.checked.error:
            found.append(Problem(price_words.error(row.checked.error, row.row.code), target))
    return found


def answer(sheet: PriceSheet, kept: Kept, sent: QueryDict) -> dict[str, object]:
    """Return what the script is told after a save: the rows it sent and those others changed, and figures."""
    concerned = kept.typed.keys() | kept.others.keys()
    rows = [row for row in sheet.rows if str(row.row.service_id) in concerned]
    start = kept.conflicts.get(START)
    first_day = FirstDay(sheet.start, sheet.grid.earliest)
    count = sent.get("pasted", "")[:6]
    wrong = sum(1 for row in rows if row.checked.error and str(row.row.service_id) in kept.typed)
    return {
        "version": sheet.version,
        "saved": _("Saved at %(time)s") % {"time": clock(timezone.now())},
        "rows": {row.row.service_id: _told(row, kept) for row in rows},
        "start": {
            "value": sheet.start,
            "error": price_words.conflict_of_day(start) if start else " ".join(first_day.refusals()),
        },
        "counters": price_words.counters(sheet),
        "said": price_words.pasted(int(count), wrong) if count.isascii() and count.isdigit() else "",
        "others": price_words.others_words(kept.others),
    }


def _told(row: SheetRow, kept: Kept) -> dict[str, object]:
    """Return a row for the script: its text as saved, the remarks, what somebody else saved there."""
    name = str(row.row.service_id)
    shown = price_words.shown_row(row, theirs=kept.conflicts.get(name))
    told: dict[str, object] = {
        "value": shown.value,
        "kind": shown.classes,
        "remarks": [[said.kind, said.text] for said in shown.remarks],
    }
    return told | ({"theirs": shown.theirs} if name in kept.conflicts else {})


def _shown(row: SheetRow, kept: Kept | None) -> price_words.ShownRow:
    name = str(row.row.service_id)
    typed = kept.typed.get(name) if kept and _is_unsaved(row, kept) else None
    return price_words.shown_row(row, typed=typed, theirs=kept.conflicts.get(name) if kept else None)


def _is_unsaved(row: SheetRow, kept: Kept | None) -> bool:
    name = str(row.row.service_id)
    return kept is not None and (name in kept.conflicts or (bool(kept.refusal) and name in kept.typed))


def sheet_of(request: PageRequest, uuid: UUID, area: str, *, on: date) -> PriceSheet:
    """Return the grid of an area for the person who asks."""
    return selectors.price_sheet(request.actor, contract_uuid=str(uuid), area_code=area, on=on)
