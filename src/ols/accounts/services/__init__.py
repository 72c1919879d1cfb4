"""Writing organizations, people, their roles and passwords: one module a subject."""

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
    LastManager,
    RoleOfOtherKind,
    change_roles,
    invite_member,
    remove_member,
)

__all__ = [
    "LINK_VALID",
    "InsurerData",
    "InsurerExists",
    "LastManager",
    "LoginAnswer",
    "OfficeHoursWrong",
    "OperatorExists",
    "PasswordLinkInvalid",
    "RoleOfOtherKind",
    "WeakPassword",
    "add_insurer",
    "add_member",
    "change_own_account",
    "change_roles",
    "create_operator",
    "create_organization",
    "end_session",
    "end_sessions",
    "invite_member",
    "issue_password_link",
    "log_in",
    "remove_member",
    "request_organization_link",
    "request_password_link",
    "set_password",
    "sign_out_everywhere",
]
