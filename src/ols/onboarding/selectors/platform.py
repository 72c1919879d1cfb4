"""Reading the settings of the platform: what the operator decided, or what holds before that."""

from dataclasses import dataclass
from datetime import time

from django.conf import settings

from ols.accounts.permissions import Permission
from ols.audit import selectors as audit
from ols.kernel import identifiers
from ols.kernel.actor import Actor
from ols.onboarding import models


@dataclass(frozen=True, slots=True)
class PlatformSettings:
    """The consultant's phone (E.164) and hours (Warsaw), the time to answer, and how extracts are judged.

    `alarm_hours` before the deadline the operators are told that it comes near.
    """

    consultant_phone: str
    consultant_opens: time
    consultant_closes: time
    answer_days: int = 2
    answer_in_working_days: bool = False
    extract_fresh_days: int = 90
    approves_by_itself: bool = False
    alarm_hours: int = 4


def platform() -> PlatformSettings:
    """Return the settings in force; public facts, the environment's ones until the operator set his."""
    row = models.Platform.objects.first()
    if row is None:
        return _before()
    return PlatformSettings(**{name: getattr(row, name) for name in PlatformSettings.__dataclass_fields__})


def platform_settings(actor: Actor) -> PlatformSettings:
    """Return the settings to who may change them."""
    actor.require(Permission.PLATFORM_EDIT)
    return platform()


def platform_history(actor: Actor) -> list[audit.HistoryRow]:
    """Return every change of the settings, the newest first."""
    actor.require(Permission.PLATFORM_EDIT)
    row = models.Platform.objects.first()
    return list(reversed(audit.history(subject_uuid=row.uuid))) if row else []


def _before() -> PlatformSettings:
    opens, closes = settings.CONSULTANT_HOURS.split("-")
    return PlatformSettings(
        consultant_phone=identifiers.parse_phone(settings.CONSULTANT_PHONE),
        consultant_opens=time.fromisoformat(opens.strip()),
        consultant_closes=time.fromisoformat(closes.strip()),
    )
