"""Writing access applications: one module a side."""

from ols.onboarding.services.alarm import alarm_operators
from ols.onboarding.services.applicant import (
    ApplicationDraft,
    ApplicationOpen,
    NotReady,
    ProviderJoined,
    Submitted,
    TermsOutdated,
    keep_extract,
    submit_application,
)
from ols.onboarding.services.correction import NotAsked, resubmit_application
from ols.onboarding.services.drafts import (
    KEPT_FOR,
    DraftChanged,
    DraftGone,
    DraftSent,
    SavedDraft,
    forget_draft,
    keep_draft_extract,
    save_draft,
    start_draft,
    submit_draft,
)
from ols.onboarding.services.extract_reading import overdue_readings, read_extract
from ols.onboarding.services.extract_request import read_extract_again
from ols.onboarding.services.limits import TooOften
from ols.onboarding.services.platform import (
    MAX_ALARM_HOURS,
    MAX_ANSWER_DAYS,
    MAX_FRESH_DAYS,
    PlatformSettingsWrong,
    change_platform_settings,
)
from ols.onboarding.services.resuming import (
    LinkInvalid,
    delete_expired_drafts,
    resume_draft,
    send_resume_link,
)
from ols.onboarding.services.review import (
    RemarkMissing,
    UnknownField,
    approve_application,
    note_reader,
    reject_application,
    return_application,
)

__all__ = [
    "KEPT_FOR",
    "MAX_ALARM_HOURS",
    "MAX_ANSWER_DAYS",
    "MAX_FRESH_DAYS",
    "ApplicationDraft",
    "ApplicationOpen",
    "DraftChanged",
    "DraftGone",
    "DraftSent",
    "LinkInvalid",
    "NotAsked",
    "NotReady",
    "PlatformSettingsWrong",
    "ProviderJoined",
    "RemarkMissing",
    "SavedDraft",
    "Submitted",
    "TermsOutdated",
    "TooOften",
    "UnknownField",
    "alarm_operators",
    "approve_application",
    "change_platform_settings",
    "delete_expired_drafts",
    "forget_draft",
    "keep_draft_extract",
    "keep_extract",
    "note_reader",
    "overdue_readings",
    "read_extract",
    "read_extract_again",
    "reject_application",
    "resubmit_application",
    "resume_draft",
    "return_application",
    "save_draft",
    "send_resume_link",
    "start_draft",
    "submit_application",
    "submit_draft",
]
