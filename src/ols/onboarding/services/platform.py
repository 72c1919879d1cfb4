"""Changing the settings of the platform."""

from dataclasses import asdict, replace
from datetime import datetime, time

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.transactions import use_case
from ols.kernel import identifiers
from ols.kernel.actor import Actor
from ols.onboarding import models, selectors
from ols.onboarding.selectors import PlatformSettings

MAX_ANSWER_DAYS = 30
MAX_FRESH_DAYS = 365
MAX_ALARM_HOURS = 24


class PlatformSettingsWrong(Exception):
    """A setting cannot be; `field` names it."""

    def __init__(self, field: str) -> None:
        """Keep which one."""
        super().__init__(field)
        self.field = field


@use_case
def change_platform_settings(*, actor: Actor, wanted: PlatformSettings, at: datetime) -> None:
    """Set all settings at once; they count from now on. Nothing changed writes nothing.

    Deadlines of applications that wait already stay as they were promised.

    :raises PlatformSettingsWrong: closing is not after opening, or a number of days is out of range
    :raises ols.kernel.identifiers.IdentifierError: the phone is no number
    """
    actor.require(Permission.PLATFORM_EDIT)
    new = replace(wanted, consultant_phone=identifiers.parse_phone(wanted.consultant_phone))
    _check(new)
    row = models.Platform.objects.select_for_update().first()
    before, after = asdict(selectors.platform()), asdict(new)
    if row is not None and before == after:
        return
    if row is None:
        row = models.Platform.objects.create(**after)
    else:
        models.Platform.objects.filter(pk=row.pk).update(**after)
    changes = {
        name: [_plain(before[name]), _plain(after[name])] for name in after if before[name] != after[name]
    }
    audit.record(
        event="platform.change",
        subject_kind="platform",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data=changes,
    )


def _check(new: PlatformSettings) -> None:
    if new.consultant_closes <= new.consultant_opens:
        raise PlatformSettingsWrong("consultant_closes")
    if not 1 <= new.answer_days <= MAX_ANSWER_DAYS:
        raise PlatformSettingsWrong("answer_days")
    if not 1 <= new.extract_fresh_days <= MAX_FRESH_DAYS:
        raise PlatformSettingsWrong("extract_fresh_days")
    if not 1 <= new.alarm_hours <= MAX_ALARM_HOURS:
        raise PlatformSettingsWrong("alarm_hours")


def _plain(value: object) -> object:
    """Return what JSON can hold."""
    return f"{value:%H:%M}" if isinstance(value, time) else value
