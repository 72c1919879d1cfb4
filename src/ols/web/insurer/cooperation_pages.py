"""What every page about a co-operation shows to the insurer: its head and where it stands."""

from django.utils import timezone

from ols.kernel import days
from ols.network.selectors import ContractDetail
from ols.web.components import cooperation_status


def frame(detail: ContractDetail) -> dict[str, object]:
    """Return the context of `insurer/cooperation/_head.html`, and of `_standing.html` alone."""
    return {
        "row": detail.row,
        "detail": detail,
        "standing": detail.standing,
        "panel": cooperation_status.panel(detail.standing, today=days.local_date(timezone.now())),
    }
