"""Reading access applications and the settings of the platform."""

from ols.onboarding.selectors.applications import (
    COMPARED,
    ApplicationDetail,
    PublicApplication,
    application,
    application_by_token,
    public_history,
    readers,
    status_path,
)
from ols.onboarding.selectors.drafts import DraftRow, draft, draft_by_link
from ols.onboarding.selectors.duplicates import Duplicate
from ols.onboarding.selectors.platform import (
    PlatformSettings,
    platform,
    platform_history,
    platform_settings,
)
from ols.onboarding.selectors.queue import (
    MAX_ROWS,
    NARROWED,
    SHOWN,
    ApplicationRow,
    Queue,
    QueueFigures,
    QueueFilter,
    normal,
    overdue_count,
    queue,
    queue_figures,
)

__all__ = [
    "COMPARED",
    "MAX_ROWS",
    "NARROWED",
    "SHOWN",
    "ApplicationDetail",
    "ApplicationRow",
    "DraftRow",
    "Duplicate",
    "PlatformSettings",
    "PublicApplication",
    "Queue",
    "QueueFigures",
    "QueueFilter",
    "application",
    "application_by_token",
    "draft",
    "draft_by_link",
    "normal",
    "overdue_count",
    "platform",
    "platform_history",
    "platform_settings",
    "public_history",
    "queue",
    "queue_figures",
    "readers",
    "status_path",
]
