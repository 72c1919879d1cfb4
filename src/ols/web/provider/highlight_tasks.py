"""What a clinic can do for its badges, as tasks of its home page: losses that come, prices just above."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.network import selectors
from ols.web.components.highlight_words import distance
from ols.web.components.shapes import Tag, Task
from ols.web.provider.tasks import OFFERED, URGENT, Reader


def highlight_tasks(reader: Reader, *, on: date) -> Sequence[Task]:
    """Return a task for each badge that will be lost or is missed; badges that last need nothing."""
    found = []
    for row in selectors.badge_rows(reader.actor, on=on):
        if row.lost_on is not None:
            label = _("Keep the highlight: %(area)s") % {"area": row.area.name}
            hint = _("%(insurer)s: without new prices it ends on %(day)s.") % {
                "insurer": row.insurer_name,
                "day": days.format_date(row.lost_on),
            }
            found.append(_task(reader, row, URGENT, label, hint))
        elif not row.is_highlighted:
            label = _("Earn the highlight: %(area)s") % {"area": row.area.name}
            hint = f"{row.insurer_name}: {distance(row.over, row.worst_gr)}."
            found.append(_task(reader, row, OFFERED, label, hint))
    return found


def _task(reader: Reader, row: selectors.BadgeRow, tag: Tag, label: str, hint: str) -> Task:
    url = reverse("provider:highlight-show", args=[row.contract_uuid, row.area.code])
    return reader.task(tag, label, url, needs=Permission.PRICELIST_EDIT, hint=hint)
