"""Second factors of people, read: who has one, whose they are, who must have one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator

from ols.accounts import codes
from ols.accounts.models import OrganizationKind
from ols.kernel.actor import Actor

# Whoever works for these sees everybody's data: a password alone does not open their pages.
REQUIRED_FOR = frozenset({OrganizationKind.INSURER, OrganizationKind.OPERATOR})
CODES = str(Authenticator.Type.TOTP)
PASSKEY = str(Authenticator.Type.WEBAUTHN)
RECOVERY = str(Authenticator.Type.RECOVERY_CODES)


@dataclass(frozen=True)
class FactorRow:
    """One factor: an application that shows codes (`kind` is `CODES`), or a passkey with its name."""

    id: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class RecoveryRow:
    """The recovery codes of a person: how many are left, of those made at a moment."""

    left: int
    made_at: datetime


def required_for(actor: Actor) -> bool:
    """Say whether the actor's pages open only after a second factor."""
    return actor.organization_kind in REQUIRED_FOR


def kinds(*, user_id: int) -> frozenset[str]:
    """Return the kinds of factors the person has (`CODES`, `PASSKEY`), recovery codes left out."""
    return frozenset(_rows().filter(user_id=user_id).values_list("type", flat=True))


def has_factor(*, user_id: int) -> bool:
    """Say whether the person logs in with a second factor."""
    return bool(kinds(user_id=user_id))


def people_with_factor(*, user_uuids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of the people who log in with a second factor (for lists the caller may see)."""
    found = _rows().filter(user__uuid__in=user_uuids)
    return frozenset(found.values_list("user__uuid", flat=True))


def own_factors(actor: Actor) -> list[FactorRow]:
    """Return the actor's own factors, oldest first."""
    return [
        FactorRow(row.pk, row.type, str(row.data.get("name", "")), row.created_at, row.last_used_at)
        for row in _rows().filter(user_id=actor.person()).order_by("created_at", "id")
    ]


def own_recovery(actor: Actor) -> RecoveryRow | None:
    """Return how many recovery codes the actor has left; None without any ever made."""
    row = Authenticator.objects.filter(user_id=actor.person(), type=RECOVERY).first()
    return RecoveryRow(len(row.wrap().get_unused_codes()), row.created_at) if row else None


def own_recovery_codes(actor: Actor) -> list[str]:
    """Return the actor's unused recovery codes; a page shows them once, right after they were made."""
    row = Authenticator.objects.filter(user_id=actor.person(), type=RECOVERY).first()
    return list(row.wrap().get_unused_codes()) if row else []


def current_code(*, user_id: int, at: datetime) -> str:
    """Return what the person's application shows now, for pages that stand in for it in a demo."""
    row = _rows().filter(user_id=user_id, type=CODES).first()
    return codes.current(codes.secret_of(row), at=at) if row else ""


def _rows() -> Any:  # the library has no types
    return Authenticator.objects.exclude(type=RECOVERY)
