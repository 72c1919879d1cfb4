"""Numbers in series that restart each month: R/2026/11/0001."""

from datetime import date

from ols.db.transactions import within_transaction
from ols.settlement import models

STATEMENT_PREFIX = "R"
BATCH_PREFIX = "P"
# The clinic's accounting documents made here; its other series are in its own books.
DOCUMENT_PREFIX = "OLS"


@within_transaction
def next_number(*, organization_id: int | None, prefix: str, day: date) -> str:
    """Take the next number of the organization's series (None: the platform's) in the month of the day.

    The series stays locked until the transaction ends, and a rolled-back number is given again: no gaps.
    """
    period = f"{day:%Y/%m}"
    key = {"organization_id": organization_id, "prefix": prefix, "period": period}
    models.NumberSeries.objects.bulk_create([models.NumberSeries(**key)], ignore_conflicts=True)
    series = models.NumberSeries.objects.select_for_update().get(**key)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}/{period}/{series.last:04d}"
