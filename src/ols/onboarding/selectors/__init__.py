"""Reading access applications and the settings of the platform."""

from ols.onboarding.selectors.applications import (
    COMPARED,
    ApplicationDetail,
    Duplicate,
    PublicApplication,
    application,
    application_by_token,
    status_path,
)
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
    "Duplicate",
    "PlatformSettings",
    "PublicApplication",
    "Queue",
    "QueueFigures",
    "QueueFilter",
    "application",
    "application_by_token",
    "normal",
    "overdue_count",
    "platform",
    "platform_history",
    "platform_settings",
    "queue",
    "queue_figures",
    "status_path",
]
