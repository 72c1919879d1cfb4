"""Reading access applications and the settings of the platform."""

from ols.onboarding.selectors.applications import (
    COMPARED,
    ApplicationDetail,
    ApplicationFigures,
    ApplicationRow,
    Duplicate,
    PublicApplication,
    application,
    application_by_token,
    application_figures,
    applications,
    status_path,
)
from ols.onboarding.selectors.platform import (
    PlatformSettings,
    platform,
    platform_history,
    platform_settings,
)

__all__ = [
    "COMPARED",
    "ApplicationDetail",
    "ApplicationFigures",
    "ApplicationRow",
    "Duplicate",
    "PlatformSettings",
    "PublicApplication",
    "application",
    "application_by_token",
    "application_figures",
    "applications",
    "platform",
    "platform_history",
    "platform_settings",
    "status_path",
]
