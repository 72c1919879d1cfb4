"""Organizations (the tenants), people, and who works for whom in which roles."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from ols.accounts import states
from ols.db.fields import new_uuid

if TYPE_CHECKING:  # the class takes a type argument only for the type checker
    _Manager = BaseUserManager["User"]
else:
    _Manager = BaseUserManager


def _is_active() -> models.GeneratedField:
    """Return the column most readers ask; the database derives it, so that it cannot disagree."""
    return models.GeneratedField(
        expression=models.ExpressionWrapper(
            Q(status=states.AccessStatus.ACTIVE), output_field=models.BooleanField()
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )


class OrganizationKind(models.TextChoices):
    """What an organization is to the platform."""

    OPERATOR = "operator"
    INSURER = "insurer"
    PROVIDER = "provider"


class Organization(models.Model):
    """A tenant: nobody ever sees another organization's data."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=OrganizationKind.choices)
    name = models.CharField(max_length=250)
    sort_key = models.CharField(max_length=250, blank=True)
    nip = models.CharField(max_length=10)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=6, blank=True)
    city = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True)
    iban = models.CharField(max_length=28, blank=True)
    office_opens = models.TimeField(default="08:00")
    office_closes = models.TimeField(default="16:00")
    status = models.CharField(max_length=10, default=states.ORGANIZATION.initial)
    is_active = _is_active()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_organization"
        constraints = [
            models.UniqueConstraint(
                fields=["nip"], condition=Q(kind="provider"), name="accounts_provider_once"
            ),
            models.UniqueConstraint(
                fields=["nip"], condition=Q(kind="insurer"), name="accounts_insurer_once"
            ),
            models.CheckConstraint(
                condition=states.ORGANIZATION.check(), name="accounts_organization_status"
            ),
        ]


class UserManager(_Manager):
    """Finds people by e-mail address whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with the address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who logs in with an e-mail address."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=2, default="pl")
    status = models.CharField(max_length=10, default=states.PERSON.initial)
    is_active = _is_active()
    created_at = models.DateTimeField()
    # Part of what a session must match: counting on ends every session of the person at once.
    session_epoch = models.PositiveIntegerField(default=0)

    objects = UserManager()
    USERNAME_FIELD = "email"

    class Meta:
        db_table = "accounts_user"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_once"),
            models.CheckConstraint(condition=states.PERSON.check(), name="accounts_user_status"),
        ]

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """Return what the person's sessions must hold: another password or epoch, and they are over."""
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("ols.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()


class Membership(models.Model):
    """A person's roles in one organization."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=20))
    is_active = models.BooleanField(default=True)
    # When the person last began to act for this very organization; other employers are nobody's business.
    entered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_membership"
        constraints = [
            models.UniqueConstraint(fields=["user", "organization"], name="accounts_membership_once")
        ]


class AccessRequest(models.Model):
    """A member's wish for a permission, until somebody who manages staff answers it."""

    GRANTED, DECLINED, LAPSED = "granted", "declined", "lapsed"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="access_requests")
    permission = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, blank=True)

    class Meta:
        db_table = "accounts_access_request"
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "permission"],
                condition=Q(answered_at=None),
                name="accounts_access_request_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | Q(answered_at__isnull=False, answer__in=["granted", "declined", "lapsed"]),
                name="accounts_access_request_answer",
            ),
        ]


class PasswordLink(models.Model):
    """A single-use link to set a password; only the hash of its secret is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="password_links")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_password_link"


class Browser(models.Model):
    """A browser somebody has logged in with; its cookie holds the secret, only the hash is kept here."""

    user = models.ForeignKey(User, models.CASCADE, related_name="browsers")
    secret_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_browser"
        constraints = [
            models.UniqueConstraint(fields=["user", "secret_sha256"], name="accounts_browser_once")
        ]


class LoginFailure(models.Model):
    """A wrong password: counted per address, per network place and per both; guessing is slowed down."""

    email_index = models.BinaryField(max_length=32)
    ip = models.GenericIPAddressField(null=True)
    # The hash of a browser its person has logged in with before; empty: a stranger, as far as we know.
    browser = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_login_failure"
        indexes = [
            models.Index(fields=["email_index", "at"], name="accounts_login_failure_recent"),
            models.Index(fields=["ip", "at"], name="accounts_login_failure_place"),
        ]
