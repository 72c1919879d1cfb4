"""The second step of a login: a code of the application, a recovery code, or a passkey; each only once."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from ols.accounts import codes, factors, models, passkeys
from ols.accounts.services import attempts
from ols.accounts.services.letters import warn_of_lockout, write_to
from ols.audit import services as audit
from ols.db import crypto
from ols.db.transactions import use_case
from ols.kernel.actor import Actor

PASSKEY = factors.PASSKEY


@dataclass(frozen=True)
class StepAnswer:
    """By which kind of factor the step was passed; empty when not, with until when to wait, if at all."""

    factor: str
    wait_until: datetime | None = None


def pass_code(*, actor: Actor, user: models.User, code: str, at: datetime) -> StepAnswer:
    """Check a code of the application or a recovery code, and use it up.

    Failures count per person, wherever they come from: only somebody who has the password gets here.
    """
    source = attempts.Source(crypto.blind_index(str(user.pk), purpose="factor"), limits=("factor",))
    attempt = attempts.begin(actor=actor, source=source, at=at)
    if attempt.failure is None:
        return StepAnswer("", attempt.wait_until)
    found = _use(actor, user, "".join(letter for letter in code if letter not in " -\u00a0"), at)
    if found:
        attempts.succeed(actor=actor, source=source)
    elif attempt.is_last:
        warn_of_lockout(actor=actor, email=user.email, at=at)
    return StepAnswer(found)


@use_case
def pass_passkey(*, actor: Actor, answer: str, user: models.User | None, at: datetime) -> models.User:
    """Check a passkey: of the person, or with None of whoever it belongs to; return the person.

    :raises ols.accounts.passkeys.PasskeyWrong: it is nobody's here, or answers another challenge
    """
    del actor  # whose passkey it is, is what comes out
    row = passkeys.proven(answer, user=user)
    row.last_used_at = at
    row.save(update_fields=["last_used_at"])
    owner = models.User.objects.get(pk=row.user_id)
    if not owner.is_active:
        raise passkeys.PasskeyWrong
    return owner


@use_case
def _use(actor: Actor, user: models.User, code: str, at: datetime) -> str:
    """Use up the code; return the kind of factor it was, or nothing."""
    if not code.isascii() or not code.isdigit():
        return ""
    rows = Authenticator.objects.select_for_update().filter(user_id=user.pk)
    for row in rows.filter(type=factors.CODES):
        if codes.use(row, code, at=at):
            return factors.CODES
    for row in rows.filter(type=factors.RECOVERY):
        if row.wrap().validate_code(code):
            _tell_of_recovery(actor, user, at)
            return factors.RECOVERY
    return ""


def _tell_of_recovery(actor: Actor, user: models.User, at: datetime) -> None:
    """Write down and to the person that a recovery code was used, and how many are left."""
    row = Authenticator.objects.get(user_id=user.pk, type=factors.RECOVERY)
    left = len(row.wrap().get_unused_codes())
    audit.record(
        event="user.use_recovery_code",
        subject_kind="user",
        subject_uuid=user.uuid,
        actor=actor,
        at=at,
        data={"left": left},
    )
    write_to(user, "recovery_used", actor=actor, at=at, detail=str(left))
