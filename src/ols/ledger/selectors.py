"""Balances, always summed from postings."""

from django.db.models import Sum

from ols.ledger import models


def balance(*, code: str) -> int:
    """Return grosze received minus grosze given by the account; 0 for an unknown code."""
    received = models.Posting.objects.filter(destination__code=code).aggregate(total=Sum("amount_gr"))
    given = models.Posting.objects.filter(source__code=code).aggregate(total=Sum("amount_gr"))
    return (received["total"] or 0) - (given["total"] or 0)


def balances(*, prefix: str) -> dict[str, int]:
    """Return the balance in grosze of every account whose code starts with the prefix."""
    accounts = dict(models.Account.objects.filter(code__startswith=prefix).values_list("id", "code"))
    totals = dict.fromkeys(accounts.values(), 0)
    for field, sign in (("destination_id", 1), ("source_id", -1)):
        rows = (
            models.Posting.objects.filter(**{f"{field}__in": list(accounts)})
            .values(field)
            .annotate(total=Sum("amount_gr"))
        )
        for row in rows:
            totals[accounts[row[field]]] += sign * row["total"]
    return totals
