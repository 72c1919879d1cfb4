"""The list being worked on and what is typed into it: read together, written together (adr/0017)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from ols.catalog import selectors as catalog
from ols.kernel import days, merging
from ols.kernel.actor import Actor
from ols.network import models, price_entries, selectors
from ols.network.states import PriceListStatus

# So many pages are remembered by their people's names.
_PAGES: Final = 20


@dataclass(frozen=True)
class By:
    """Who types, at which page, when."""

    name: str
    tab: str
    at: datetime


@dataclass(frozen=True)
class Sheet:
    """The version being worked on (`row` is None before the first save, `version` 0)."""

    row: models.PriceList | None
    version: int
    entries: merging.Entries
    tabs: dict[str, str] = field(default_factory=dict)

    def who(self, name: str) -> str:
        """Name the person who typed a row last; empty when unknown."""
        return self.tabs.get(self.entries[name][-1][1], "")


def read(actor: Actor, contract: models.Contract, area_id: int, *, on: date) -> Sheet:
    """Return what is worked on; before the first save it is the prices in force. The contract is locked."""
    rows = models.PriceList.objects.filter(contract=contract, area_id=area_id)
    row = rows.exclude(status=PriceListStatus.ACCEPTED).first()
    if row is None:
        own = selectors.contract(actor, uuid=str(contract.uuid)).row
        start = selectors.earliest_start(own, area_id, on=on)
        prices = selectors.contracted_prices(contract.pk, area_id)
        return Sheet(None, 0, price_entries.begin(prices, start))
    items = dict(row.items.values_list("service_id", "price_gr"))
    draft = models.PriceDraft.objects.filter(price_list=row).first()
    if draft is None:
        return Sheet(row, 0, price_entries.begin(items, row.valid_from))
    entries = price_entries.reconciled(draft.entries, items, row.valid_from, version=draft.version)
    return Sheet(row, draft.version, entries, dict(draft.tabs))


def write(contract: models.Contract, area_id: int, sheet: Sheet, entries: merging.Entries, by: By) -> Sheet:
    """Save the entries as the next version, and the items and the first day that follow from them."""
    row = sheet.row or models.PriceList.objects.create(
        contract=contract,
        area_id=area_id,
        version=selectors.next_version(contract.pk, area_id),
        created_at=by.at,
    )
    others = {tab: name for tab, name in sheet.tabs.items() if tab != by.tab}
    tabs = dict([*others.items(), (by.tab, by.name)][-_PAGES:])
    version = sheet.version + 1
    models.PriceDraft.objects.update_or_create(
        price_list=row,
        defaults={
            "version": version,
            "entries": entries,
            "tabs": list(tabs.items()),
            "changed_at": by.at,
        },
    )
    texts = merging.current(entries)
    row.valid_from = price_entries.read_day(texts.get(price_entries.START, ""))
    row.save(update_fields=["valid_from"])
    first_day = row.valid_from or days.local_date(by.at)
    services = catalog.services(area_id=area_id, insurer_id=contract.insurer_id, on=first_day)
    _write_items(row, texts, offered={service.id for service in services})
    return Sheet(row, version, entries, tabs)


def _write_items(row: models.PriceList, texts: dict[str, str], *, offered: set[int]) -> None:
    """Let the items be the prices that can be read, touching only those that differ.

    A service retired by the first day is not in the grid: its price must not be sent unseen.
    """
    items = dict(row.items.values_list("service_id", "price_gr"))
    typed = {int(name): text for name, text in texts.items() if name != price_entries.START}
    found = {service: price_entries.price_in(text, items.get(service)) for service, text in typed.items()}
    wanted = {service: price for service, price in found.items() if price is not None and service in offered}
    gone = items.keys() - wanted.keys()
    if gone:
        row.items.filter(service_id__in=gone).delete()
    changed = [
        models.PriceListItem(price_list=row, service_id=service, price_gr=price)
        for service, price in sorted(wanted.items())
        if items.get(service) != price
    ]
    models.PriceListItem.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["price_list", "service"],
        update_fields=["price_gr"],
    )
