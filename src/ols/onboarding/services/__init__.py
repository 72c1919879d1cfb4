"""Writing access applications: one module a side."""

from ols.onboarding.services.alarm import alarm_operators
from ols.onboarding.services.applicant import (
    ApplicationDraft,
    ApplicationOpen,
    NotAsked,
    NotReady,
    ProviderJoined,
    Submitted,
    TermsOutdated,
    keep_extract,
    resubmit_application,
    submit_application,
)
from ols.onboarding.services.extract_reading import overdue_readings, read_extract
from ols.onboarding.services.extract_request import read_extract_again
from ols.onboarding.services.platform import (
    MAX_ALARM_HOURS,
    MAX_ANSWER_DAYS,
    MAX_FRESH_DAYS,
    PlatformSettingsWrong,
    change_platform_settings,
)
from ols.onboarding.services.review import (
    RemarkMissing,
    UnknownField,
    approve_application,
    reject_application,
    return_application,
)

__all__ = [
    "MAX_ALARM_HOURS",
    "MAX_ANSWER_DAYS",
    "MAX_FRESH_DAYS",
    "ApplicationDraft",
    "ApplicationOpen",
    "NotAsked",
    "NotReady",
    "PlatformSettingsWrong",
    "ProviderJoined",
    "RemarkMissing",
    "Submitted",
    "TermsOutdated",
    "UnknownField",
    "alarm_operators",
    "approve_application",
    "change_platform_settings",
    "keep_extract",
    "overdue_readings",
    "read_extract",
    "read_extract_again",
    "reject_application",
    "resubmit_application",
    "return_application",
    "submit_application",
]
