"""The evidence of acceptances: for the clinic all its own, for a publisher those of its own texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors import versions
from ols.network.selectors.acceptance import TermsRow, terms_row
from ols.network.selectors.standing import Scope, Standing, version_ref


class SignerState:
    """How an organization that accepted a version of a text stands to the newest one."""

    CURRENT = "current"
    WAITING = "waiting"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class SignerRow:
    """An organization that accepted a text, with the newest version it accepted."""

    uuid: UUID
    organization_name: str
    organization_nip: str
    version: str
    at: datetime
    by: str
    state: str
    accept_by: date | None


@dataclass(frozen=True)
class Evidence:
    """One acceptance, provable: who accepted which exact text, when, from where.

    `is_intact`: the text kept today still has the hash that was accepted.
    """

    uuid: UUID
    terms: TermsRow
    area_name: str
    insurer_name: str
    organization_name: str
    organization_nip: str
    at: datetime
    by: str
    ip: str
    sha256: str
    is_intact: bool


def signers(actor: Actor, *, scope: Scope, on: date) -> list[SignerRow]:
    """Return everybody who accepted one of the actor's texts, by name; who has not the newest yet is marked.

    :raises ols.db.errors.NotFound: not a text of the actor's
    """
    refs = [version_ref(row) for row in _published(actor, scope)]
    rows = models.TermsAcceptance.objects.filter(terms__in=[ref.id for ref in refs])
    newest: dict[int, models.TermsAcceptance] = {}
    for row in (
        rows.select_related("terms", "organization").defer("terms__body").order_by("terms__valid_from")
    ):
        newest[row.organization_id] = row
    found = []
    for row in newest.values():
        later = tuple(ref for ref in refs if ref.valid_from > row.terms.valid_from)
        found.append(_signer(row, Standing(scope, version_ref(row.terms), later), on))
    return sorted(found, key=lambda item: (item.organization_name.casefold(), item.organization_nip))


def own_acceptances(actor: Actor) -> list[Evidence]:
    """Return everything the actor's clinic ever accepted, the newest first.

    :raises ols.kernel.actor.NotPermitted: the actor does not see the clinic's data
    """
    actor.require(Permission.FACILITY_VIEW)
    rows = _evidence_rows().filter(organization_id=actor.organization()).order_by("-at", "-id")
    return _evidence(rows)


def evidence(actor: Actor, *, uuid: UUID) -> Evidence:
    """Return one acceptance: of the actor's clinic, or of a text the actor's organization publishes.

    :raises ols.db.errors.NotFound: there is none for this organization
    """
    rows = _evidence_rows().filter(uuid=uuid)
    if actor.organization_kind == "provider":
        rows = rows.filter(organization_id=actor.organization())
    else:
        row = rows.first()
        if row is None:
            raise NotFound
        versions.own_text(actor, scope=Scope(row.terms.kind, row.terms.insurer_id, row.terms.area_id))
    found = _evidence(rows)
    if not found:
        raise NotFound
    return found[0]


def _published(actor: Actor, scope: Scope) -> list[models.TermsVersion]:
    """Return the versions of one of the actor's texts, the first to begin first."""
    versions.own_text(actor, scope=scope)
    return list(models.TermsVersion.objects.filter(**scope._asdict()).defer("body").order_by("valid_from"))


def _signer(row: models.TermsAcceptance, standing: Standing, on: date) -> SignerRow:
    """Say how one organization stands to the text."""
    state = SignerState.WAITING if standing.later else SignerState.CURRENT
    return SignerRow(
        uuid=row.uuid,
        organization_name=row.organization.name,
        organization_nip=row.organization.nip,
        version=row.terms.version,
        at=row.at,
        by=row.user_name,
        state=state if standing.holds(on) else SignerState.SUSPENDED,
        accept_by=standing.holds_to,
    )


def _evidence_rows() -> "QuerySet[models.TermsAcceptance]":
    return models.TermsAcceptance.objects.select_related("terms", "terms__insurer", "organization")


def _evidence(rows: Iterable[models.TermsAcceptance]) -> list[Evidence]:
    """Translate the tables' rows."""
    areas = {row.id: row.name for row in catalog.areas()}
    return [
        Evidence(
            uuid=row.uuid,
            terms=terms_row(row.terms),
            area_name=areas.get(row.terms.area_id or 0, ""),
            insurer_name=row.terms.insurer.name if row.terms.insurer else "",
            organization_name=row.organization.name,
            organization_nip=row.organization.nip,
            at=row.at,
            by=row.user_name,
            ip=row.ip or "",
            sha256=row.sha256,
            is_intact=sha256(row.terms.body.encode()).hexdigest() == row.sha256,
        )
        for row in rows
    ]
