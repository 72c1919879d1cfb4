"""The one settings file: every value that differs between places comes from the environment (env.py)."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from ols.config import env
from ols.db import embedded

ROOT = Path(__file__).resolve().parents[3]
VAR_DIR = Path(env.text("OLS_VAR", str(ROOT / "var")))

DEBUG = env.flag("OLS_DEBUG", default=False)
# Shows the built-in mailbox and the demo logins; a real installation sets it to 0 and gives OLS_EMAIL_URL.
DEVELOPMENT = env.flag("OLS_DEVELOPMENT", default=True)
SECRET_KEY = env.secret("OLS_SECRET_KEY", VAR_DIR)
DATA_KEY = env.secret("OLS_DATA_KEY", VAR_DIR)
PUBLIC_URL = env.text("OLS_PUBLIC_URL", f"http://127.0.0.1:{env.number('OLS_PORT', 8000)}")
ALLOWED_HOSTS = env.words("OLS_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "pgtrigger",
    "django_linear_migrations",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "ols.audit",
    "ols.ledger",
    "ols.documents",
    "ols.notifications",
    "ols.workflow",
    "ols.accounts",
    "ols.catalog",
    "ols.registry",
    "ols.plans",
    "ols.coverage",
    "ols.network",
    "ols.claims",
    "ols.onboarding",
    "ols.settlement",
    "ols.jobs",
    "ols.api",
    "ols.cli",
    "ols.web.components",
    "ols.web.public",
    "ols.web.provider",
    "ols.web.insurer",
    "ols.web.operator",
    "ols.web.insured",
]

MIDDLEWARE = [
    # Programs need neither sessions nor languages: their requests go no further down.
    "ols.api.gate.ApiGate",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Long tables weigh a tenth; random padding keeps lengths from giving secrets away (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before the check of forms, whose refusal is a page, too.
    "ols.web.components.help_line.HelpLineMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ols.accounts.middleware.ActorMiddleware",
]

ROOT_URLCONF = "ols.config.urls"
WSGI_APPLICATION = "ols.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "ols.web.components.context.page",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "ols.web.components.templatetags.ols",
            ],
        },
    },
]
COTTON_DIR = "cotton"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


def _database(url: str) -> dict[str, object]:
    """Turn postgresql://user:password@host:port/name?option=value into Django's dictionary."""
    parts = urlsplit(url)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", "")) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", "") or parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Both are needed for statements prepared on the server (docs/adr/0004).
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 1, **options},
        "TEST": {"TEMPLATE": "template0"},
    }


DATABASES = {"default": _database(env.text("DATABASE_URL", "") or embedded.database_url())}
# Limits and used codes must count in every process: a table all of them share. Where it cannot be written the
# limit counts as reached and the code as used. What is due to go is deleted by a job, never by this many.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
# An address is unique whatever its case (accounts_user_email_once); the check only knows plain columns.
SILENCED_SYSTEM_CHECKS = ["auth.E003"]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "ols.accounts.backends.BlockedPeople",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "ols.accounts.passwords.NotCommon"},
    {"NAME": "ols.accounts.passwords.NotMonotonous"},
    {"NAME": "ols.accounts.passwords.NotAboutThePerson"},
]
LOGIN_URL = "public:session-new"
LOGIN_REDIRECT_URL = "public:session-home"
# The engine of second factors and of the list of sessions (docs/adr/0007); its own pages are not served.
ACCOUNT_ADAPTER = "ols.accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
MFA_ADAPTER = "ols.accounts.adapters.FactorAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "System OLS"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "required"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ols.web.components.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "polski"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Warsaw"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "documents")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_BACKEND = (
    "ols.notifications.mailbox.MailboxBackend"
    if DEVELOPMENT
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env.text("OLS_EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("OLS_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("OLS_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("OLS_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("OLS_EMAIL_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("OLS_EMAIL_FROM", "System OLS <ols@example.org>")

# A ClamAV daemon that looks at every upload before it is kept; empty: uploads are not scanned for viruses.
CLAMD = env.address("OLS_CLAMD")

CONSULTANT_PHONE = env.text("OLS_CONSULTANT_PHONE", "+48 600 000 001")
CONSULTANT_HOURS = env.text("OLS_CONSULTANT_HOURS", "08:00-16:00")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("OLS_LOG_LEVEL", "WARNING")},
}
