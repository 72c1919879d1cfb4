"""The services an insurer adds for its own network: others never see them, nothing is ever deleted."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.catalog import models
from ols.catalog.icd9 import Icd9Dictionary, Icd9Problem
from ols.catalog.own_service import OwnService
from ols.catalog.selectors import icd9_dictionary
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.kernel.sortkey import search_key


class ServiceCodeTaken(Exception):
    """A common service or another one of the insurer has the code."""


class ServiceRefused(Exception):
    """A value has the wrong shape; `reason` is CODE, NAME, UNIT or ICD9.

    ICD9_UNKNOWN and ICD9_ENDED: the dictionary does not have the code; `problem` names near ones.
    """

    def __init__(self, reason: str, problem: Icd9Problem | None = None) -> None:
        """Keep what is wrong."""
        super().__init__(reason)
        self.reason = reason
        self.problem = problem


class RetirementInPast(Exception):
    """What was offered was offered: a service is retired from today or later, and back only before that."""


@use_case
def add_own_service(*, actor: Actor, area_id: int, service: OwnService, at: datetime) -> None:
    """Add a service to an area for the actor's insurer alone.

    :raises ServiceRefused: a value has the wrong shape
    :raises ServiceCodeTaken: the code is in use
    """
    actor.require(Permission.PLAN_EDIT)
    _require_known(icd9_dictionary(), service, "", at)
    _write(actor, area_id, service)
    _record(actor, "service.add", at, code=service.code, name=service.name)


@use_case
def edit_own_service(*, actor: Actor, service: OwnService, at: datetime) -> None:
    """Change name, unit and ICD-9-PL code of an own service; what it was called stays with what was agreed.

    :raises ols.db.errors.NotFound: the insurer has no own service with this code
    :raises ServiceRefused: a value has the wrong shape
    """
    actor.require(Permission.PLAN_EDIT)
    row = _locked(actor, service.code)
    _require_known(icd9_dictionary(), service, row.icd9, at)
    if _change(row, service, at):
        _record(actor, "service.edit", at, code=service.code, name=service.name)


@use_case
def import_own_services(
    *, actor: Actor, area_id: int, services: Sequence[OwnService], at: datetime
) -> tuple[int, int]:
    """Add the services that are new and change those that are known; return how many of each.

    :raises ServiceRefused: a value has the wrong shape; nothing was changed
    :raises ServiceCodeTaken: a code is in use elsewhere; nothing was changed
    """
    actor.require(Permission.PLAN_EDIT)
    known = models.Service.objects.select_for_update().filter(
        insurer_id=actor.organization(), area_id=area_id
    )
    rows = {row.code: row for row in known}
    dictionary = icd9_dictionary()
    for one in services:
        _require_known(dictionary, one, rows[one.code].icd9 if one.code in rows else "", at)
    changed = sum(_change(rows[one.code], one, at) for one in services if one.code in rows)
    new = [one for one in services if one.code not in rows]
    for one in new:
        _write(actor, area_id, one)
    _record(actor, "service.import", at, added=len(new), changed=changed)
    return len(new), changed


@within_transaction
def retire_own_service(*, actor: Actor, code: str, retired_on: date | None, at: datetime) -> int:
    """Offer an own service no longer from a day on (None: offer it on); return the id of its area.

    :raises ols.db.errors.NotFound: the insurer has no own service with this code
    :raises RetirementInPast: the day is before today, or the retirement has begun
    """
    actor.require(Permission.PLAN_EDIT)
    row = _locked(actor, code)
    today = days.local_date(at)
    has_begun = row.retired_on is not None and row.retired_on <= today
    if has_begun or (retired_on is not None and retired_on < today):
        raise RetirementInPast
    row.retired_on = retired_on
    row.save(update_fields=["retired_on"])
    _record(actor, "service.retire", at, code=code, day=retired_on.isoformat() if retired_on else "")
    return row.area_id


def _write(actor: Actor, area_id: int, service: OwnService) -> None:
    """Add one service; its code is free among the common ones, too."""
    _require_right(service)
    if models.Service.objects.filter(code=service.code, insurer_id=None).exists():
        raise ServiceCodeTaken
    if not models.ServiceArea.objects.filter(pk=area_id).exists():
        raise NotFound
    try:
        with transaction.atomic():
            models.Service.objects.create(
                code=service.code,
                insurer_id=actor.organization(),
                area_id=area_id,
                icd9=service.icd9,
                name=service.name,
                unit=service.unit,
                search_key=_key(service),
            )
    except IntegrityError as error:
        raise ServiceCodeTaken from error


def _change(row: models.Service, service: OwnService, at: datetime) -> bool:
    """Write what differs and keep what it was; say whether anything did."""
    _require_right(service)
    if (row.name, row.unit, row.icd9) == (service.name, service.unit, service.icd9):
        return False
    models.ServiceBefore.objects.create(service=row, icd9=row.icd9, name=row.name, unit=row.unit, until=at)
    row.name, row.unit, row.icd9, row.search_key = service.name, service.unit, service.icd9, _key(service)
    row.save(update_fields=["name", "unit", "icd9", "search_key"])
    return True


def _require_right(service: OwnService) -> None:
    if reason := service.mistake():
        raise ServiceRefused(reason)


def _require_known(dictionary: Icd9Dictionary, service: OwnService, before: str, at: datetime) -> None:
    """Refuse a new code that the dictionary does not have; one that a service has already may stay."""
    _require_right(service)
    problem = dictionary.problem(service.icd9, on=days.local_date(at)) if service.icd9 != before else None
    if problem is not None:
        raise ServiceRefused(f"ICD9_{problem.reason}", problem)


def _key(service: OwnService) -> str:
    return search_key(f"{service.code} {service.name} {service.icd9}")[:300]


def _locked(actor: Actor, code: str) -> models.Service:
    rows = models.Service.objects.select_for_update(of=["self"])
    row = rows.filter(insurer_id=actor.organization(), code=code).first()
    if row is None:
        raise NotFound
    return row


def _record(actor: Actor, event: str, at: datetime, **data: object) -> None:
    audit.record(
        event=event,
        subject_kind="insurer",
        subject_uuid=UUID(accounts.organization(organization_id=actor.organization()).uuid),
        actor=actor,
        at=at,
        data=data,
    )
