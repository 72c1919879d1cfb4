"""Who has a new version to accept is told: at publication, a week and a day ahead, and when suspended.

Nothing here suspends anything: how long an acceptance holds is computed where it is read (adr/0013). This
writes what follows from it into the history of co-operation and into letters, each once.
"""

from datetime import datetime
from typing import Final

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db import locks
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors import acceptance, notices
from ols.network.selectors.notices import Stage
from ols.network.selectors.standing import Scope
from ols.network.states import ContractStatus
from ols.notifications import services as notifications

_LIVE: Final = (ContractStatus.ACTIVE, ContractStatus.SUSPENDED)


def tell_about_terms(*, actor: Actor, at: datetime) -> int:
    """Write every letter that is due and was not written; return how many organizations were told something.

    Each is a transaction of its own, looked at again under a lock: run twice at once, or after days in which
    nothing ran, it tells everybody once, and only what still counts.
    """
    waiting = notices.letters_due(at=at)
    return sum(tell_of_terms(actor=actor, letter=letter, at=at) for letter in waiting)


@use_case
def tell_of_terms(*, actor: Actor, letter: notices.Letter, at: datetime) -> bool:
    """Tell one organization one thing, unless it was told or has accepted meanwhile."""
    lock_organization(letter.organization_id)
    if letter not in notices.letters_due(at=at, organization_id=letter.organization_id):
        return False
    models.TermsNotice.objects.create(
        terms_id=letter.standing.later[-1].id,
        organization_id=letter.organization_id,
        stage=letter.stage,
        at=at,
    )
    if letter.stage == Stage.LAPSED:
        newest = letter.standing.later[-1]
        for row in _contracts(letter.organization_id, letter.standing.scope.insurer_id):
            _record("contract.terms_lapsed", row, newest.version, letter.standing.scope, actor, at)
    _write(letter, at)
    return True


@within_transaction
def lock_organization(organization_id: int) -> None:
    """Let nobody else accept for the organization, or tell it anything about terms, until the end."""
    locks.hold("network.acceptance", organization_id)


@within_transaction
def record_restored(*, actor: Actor, organization_id: int, terms: acceptance.TermsRow, at: datetime) -> None:
    """Write into the history that what was noted as suspended goes on: this version is being accepted."""
    scope = Scope(terms.kind, terms.insurer_id, terms.area_id)
    if not notices.was_told_of_lapse(organization_id, scope, before=terms.valid_from):
        return
    for row in _contracts(organization_id, terms.insurer_id):
        _record("contract.terms_restored", row, terms.version, scope, actor, at)


def _contracts(organization_id: int, insurer_id: int | None) -> list[models.Contract]:
    """Return the co-operations that depend on a text; the operator's texts concern every one."""
    rows = models.Contract.objects.filter(provider_id=organization_id, status__in=_LIVE)
    return list((rows.filter(insurer_id=insurer_id) if insurer_id else rows).order_by("pk"))


def _record(event: str, row: models.Contract, version: str, scope: Scope, actor: Actor, at: datetime) -> None:
    audit.record(
        event=event,
        subject_kind="contract",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"kind": str(scope.kind), "area": scope.area_id, "version": version},
    )


def _write(letter: notices.Letter, at: datetime) -> None:
    """Promise the letter to everybody who may accept terms in the organization."""
    standing, newest = letter.standing, letter.standing.later[-1]
    scope, deadline = standing.scope, standing.holds_to
    insurer = accounts.organization(organization_id=scope.insurer_id).name if scope.insurer_id else ""
    context = {
        "organization": accounts.organization(organization_id=letter.organization_id).name,
        "insurer": insurer,
        "kind": str(scope.kind),
        "is_first": letter.is_first,
        "title": newest.title,
        "version": newest.version,
        "accepted_version": standing.accepted.version,
        "valid_from": days.format_date(newest.valid_from),
        "accept_by": days.format_date(deadline) if deadline else "",
        "is_suspended": not standing.holds(days.local_date(at)),
        "days_left": (deadline - days.local_date(at)).days if deadline else 0,
        "path": f"/panel/terms/{newest.uuid}/",
    }
    template = "terms_lapsed" if letter.stage == Stage.LAPSED else "terms_due"
    for address in accounts.member_emails(
        organization_id=letter.organization_id, permission=Permission.TERMS_ACCEPT
    ):
        notifications.enqueue_email(to=address, template=template, context=context, at=at)
