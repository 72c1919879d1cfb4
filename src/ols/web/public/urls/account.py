"""Addresses of the second step and of account security."""

from django.urls import URLPattern, path

from ols.web.public.views import factor, factors, identity, recovery, security

urlpatterns: list[URLPattern] = [
    path("login/code/", factor.factor_verify, name="factor-verify"),
    path("login/passkey/", factor.passkey_enter, name="passkey-enter"),
    path("login/passkey/options/", factor.passkey_options, name="passkey-options"),
    path("account/confirm/", identity.identity_confirm, name="identity-confirm"),
    path("account/confirm/passkey/", identity.identity_passkey, name="identity-passkey"),
    path("account/factors/", factors.factor_start, name="factor-start"),
    path("account/factors/code/", factors.factor_code, name="factor-code"),
    path("account/factors/passkey/", factors.factor_passkey, name="factor-passkey"),
    path("account/factors/remove/", factors.factor_remove, name="factor-remove"),
    path("account/password/", security.password_change, name="password-change"),
    path("account/recovery-codes/", recovery.recovery_show, name="recovery-show"),
    path("account/recovery-codes/file/", recovery.recovery_download, name="recovery-download"),
    path("account/recovery-codes/new/", recovery.recovery_make, name="recovery-make"),
    path("account/security/", security.security_show, name="security-show"),
    path("account/sessions/end/", security.session_stop, name="session-stop"),
    path("account/sessions/end-all/", security.session_everywhere, name="session-everywhere"),
]
