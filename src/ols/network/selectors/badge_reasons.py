"""Which prices are over their limit on the day a badge is gone, for many clinics at once."""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.db import connection

from ols.catalog import selectors as catalog
from ols.network.selectors.badges import ChangedPrice, HighlightPrice

# A contract's area and the day from which the badge is gone.
Loss = tuple[int, int, date]

# The limit of the day before is told where the service was offered then, too.
_OVER: Final = """
SELECT w.contract_id, w.area_id, w.day, p.service_id, p.price_gr, l.limit_gr, b.limit_gr
FROM unnest(%(contracts)s::bigint[], %(areas)s::bigint[], %(days)s::date[]) AS w (contract_id, area_id, day)
JOIN network_pub_price p ON p.contract_id = w.contract_id AND p.area_id = w.area_id
    AND p.valid_from <= w.day AND (p.valid_to IS NULL OR p.valid_to > w.day)
JOIN plans_pub_price_limit l ON l.insurer_id = p.insurer_id AND l.service_id = p.service_id
    AND l.valid_from <= w.day AND (l.valid_to IS NULL OR l.valid_to > w.day)
LEFT JOIN network_pub_price q ON q.contract_id = p.contract_id AND q.service_id = p.service_id
    AND q.valid_from < w.day AND (q.valid_to IS NULL OR q.valid_to >= w.day)
LEFT JOIN plans_pub_price_limit b ON b.insurer_id = q.insurer_id AND b.service_id = q.service_id
    AND b.valid_from < w.day AND (b.valid_to IS NULL OR b.valid_to >= w.day)
WHERE p.price_gr > l.limit_gr
"""


def badge_reasons(losses: Collection[Loss]) -> dict[Loss, tuple[ChangedPrice, ...]]:
    """Return what `badges.badge_change` gives as reasons, the worst first, for each of the losses."""
    rows = _rows(list(losses))
    services = catalog.services_by_id(ids={row[3] for row in rows})
    found: dict[Loss, list[ChangedPrice]] = {}
    for contract, area, day, service_id, price_gr, limit_gr, before_gr in rows:
        service = services[service_id]
        price = HighlightPrice(service_id, service.code, service.name, price_gr, limit_gr)
        found.setdefault((contract, area, day), []).append(ChangedPrice(price, before_gr))
    return {
        loss: tuple(sorted(reasons, key=lambda row: (-(row.price.over_gr or 0), row.price.code)))
        for loss, reasons in found.items()
    }


def _rows(losses: list[Loss]) -> list[tuple[int, int, date, int, int, int, int | None]]:
    if not losses:
        return []
    contracts, areas, days = (list(column) for column in zip(*losses, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_OVER, {"contracts": contracts, "areas": areas, "days": days})
        return list(cursor.fetchall())
