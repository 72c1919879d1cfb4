"""Second factors: added and removed by their person, taken away by whoever answers for the person."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from ols.accounts import codes, factors, models, passkeys
from ols.accounts.permissions import Permission
from ols.accounts.services.letters import write_to
from ols.accounts.services.sessions import end_sessions
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel.actor import Actor


class CodeWrong(Exception):
    """The application does not show this code: the secret was not taken over, or a clock is wrong."""


class AlreadyThere(Exception):
    """The person has an application for codes already; another needs the first removed."""


class LastFactor(Exception):
    """The organization requires a factor: the last one can be replaced, not removed."""


@use_case
def add_codes(*, actor: Actor, secret: str, code: str, at: datetime) -> None:
    """Add an application whose code proves that it has the secret.

    :raises CodeWrong: the code is not the one of the moment
    :raises AlreadyThere: the person has one already
    """
    user = _locked(actor.person())
    if Authenticator.objects.filter(user_id=user.pk, type=factors.CODES).exists():
        raise AlreadyThere
    period = codes.period_of(secret, code, at=at)
    if period is None:
        raise CodeWrong
    _add(user, factors.CODES, codes.stored(secret, last_period=period), at)
    _tell_of_new(actor, user, factors.CODES, "", at)


@use_case
def add_passkey(*, actor: Actor, name: str, answer: str, at: datetime) -> None:
    """Add the passkey the browser has just made.

    :raises ols.accounts.passkeys.PasskeyWrong: it does not answer the challenge of this session
    """
    user = _locked(actor.person())
    _add(user, factors.PASSKEY, {"name": name[:60], "credential": passkeys.added(answer)}, at)
    _tell_of_new(actor, user, factors.PASSKEY, name[:60], at)


@use_case
def remove_factor(*, actor: Actor, factor_id: int, at: datetime) -> None:
    """Remove one of the actor's own factors; with the last one the recovery codes go, too.

    :raises ols.db.errors.NotFound: the actor has no such factor
    :raises LastFactor: it is the last one and one of the person's organizations requires one
    """
    user = _locked(actor.person())
    own = Authenticator.objects.filter(user_id=user.pk).exclude(type=factors.RECOVERY)
    row = own.filter(pk=factor_id).first()
    if row is None:
        raise NotFound
    if own.count() == 1:
        if _works_where_required(user):
            raise LastFactor
        Authenticator.objects.filter(user_id=user.pk, type=factors.RECOVERY).delete()
    name, kind = str(row.data.get("name", "")), str(row.type)
    row.delete()
    _record(actor, user, "user.remove_factor", {"kind": kind, "name": name}, at)
    write_to(user, "factor_removed", actor=actor, at=at, detail=_words(kind, name))


@use_case
def make_recovery_codes(*, actor: Actor, at: datetime) -> None:
    """Make new recovery codes; the older ones stop working.

    :raises ols.db.errors.NotFound: the actor has no factor to recover
    """
    user = _locked(actor.person())
    if not factors.has_factor(user_id=user.pk):
        raise NotFound
    Authenticator.objects.filter(user_id=user.pk, type=factors.RECOVERY).delete()
    RecoveryCodes.activate(user)
    _record(actor, user, "user.make_recovery_codes", {}, at)
    write_to(user, "recovery_made", actor=actor, at=at)


@use_case
def reset_factors(*, actor: Actor, user_uuid: UUID, at: datetime) -> None:
    """Take all factors from a person who lost them and end their sessions; the next login sets up new ones.

    Who manages staff may do it for colleagues, the operator for everybody; nobody for themselves.

    :raises ols.kernel.actor.NotPermitted: the actor does not manage staff
    :raises ols.db.errors.NotFound: nobody the actor answers for
    """
    actor.require(Permission.STAFF_MANAGE)
    found = models.User.objects.select_for_update().filter(uuid=user_uuid).exclude(pk=actor.person())
    if actor.organization_kind != models.OrganizationKind.OPERATOR:
        members = models.Membership.objects.filter(organization_id=actor.organization(), is_active=True)
        found = found.filter(pk__in=members.values("user_id"))
    user = found.first()
    if user is None or not factors.has_factor(user_id=user.pk):
        raise NotFound
    Authenticator.objects.filter(user_id=user.pk).delete()
    end_sessions(user)
    _record(actor, user, "user.reset_factors", {}, at)
    organization = models.Organization.objects.get(pk=actor.organization())
    write_to(user, "factors_reset", actor=actor, at=at, detail=organization.name)


@within_transaction
def give_codes(*, user: models.User, secret: str, at: datetime) -> None:
    """Give a person of the demo (or of a test) an application whose secret is known to whoever evaluates."""
    _add(user, factors.CODES, codes.stored(secret, last_period=-1), at)


def _locked(user_id: int) -> models.User:
    """Return the person, locked: two windows change factors one after the other."""
    return models.User.objects.select_for_update().get(pk=user_id)


def _add(user: models.User, kind: str, data: dict[str, object], at: datetime) -> None:
    """Add the factor, and recovery codes with the first one."""
    Authenticator.objects.create(user=user, type=kind, data=data, created_at=at)
    RecoveryCodes.activate(user)


def _tell_of_new(actor: Actor, user: models.User, kind: str, name: str, at: datetime) -> None:
    _record(actor, user, "user.add_factor", {"kind": kind, "name": name}, at)
    write_to(user, "factor_added", actor=actor, at=at, detail=_words(kind, name))


def _words(kind: str, name: str) -> str:
    """Return how a letter names the factor; the letter's template knows the words of each kind."""
    return name if kind == factors.PASSKEY else ""


def _works_where_required(user: models.User) -> bool:
    rows = models.Membership.objects.filter(
        user=user, is_active=True, organization__is_active=True, organization__kind__in=factors.REQUIRED_FOR
    )
    return rows.exists()


def _record(actor: Actor, user: models.User, event: str, data: dict[str, object], at: datetime) -> None:
    audit.record(event=event, subject_kind="user", subject_uuid=user.uuid, actor=actor, at=at, data=data)
