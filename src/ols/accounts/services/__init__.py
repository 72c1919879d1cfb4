"""Writing organizations, people, their roles and passwords: one module a subject."""

from ols.accounts.services.access import (
    AnsweredAlready,
    AskedAlready,
    TooManyRequests,
    decline_access,
    grant_access,
    request_access,
)
from ols.accounts.services.create_operator import OperatorExists, create_operator
from ols.accounts.services.insurers import (
    InsurerData,
    InsurerExists,
    OfficeHoursWrong,
    add_insurer,
    change_own_account,
)
from ols.accounts.services.login import LoginAnswer, log_in
from ols.accounts.services.organizations import add_member, create_organization
from ols.accounts.services.passwords import (
    LINK_VALID,
    PasswordLinkInvalid,
    WeakPassword,
    issue_password_link,
    request_organization_link,
    request_password_link,
    set_password,
)
from ols.accounts.services.sessions import end_session, end_sessions, sign_out_everywhere
from ols.accounts.services.staff import (
    InvitationUsed,
    LastManager,
    RoleOfOtherKind,
    SentJustNow,
    WorksHereAlready,
    change_roles,
    invite_member,
    remove_member,
    resend_invitation,
    withdraw_invitation,
)

__all__ = [
    "LINK_VALID",
    "AnsweredAlready",
    "AskedAlready",
    "InsurerData",
    "InsurerExists",
    "InvitationUsed",
    "LastManager",
    "LoginAnswer",
    "OfficeHoursWrong",
    "OperatorExists",
    "PasswordLinkInvalid",
    "RoleOfOtherKind",
    "SentJustNow",
    "TooManyRequests",
    "WeakPassword",
    "WorksHereAlready",
    "add_insurer",
    "add_member",
    "change_own_account",
    "change_roles",
    "create_operator",
    "create_organization",
    "decline_access",
    "end_session",
    "end_sessions",
    "grant_access",
    "invite_member",
    "issue_password_link",
    "log_in",
    "remove_member",
    "request_access",
    "request_organization_link",
    "request_password_link",
    "resend_invitation",
    "set_password",
    "sign_out_everywhere",
    "withdraw_invitation",
]
