"""Reading terms: versions are public facts, openings and acceptances belong to organizations."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors.standing import Scope


@dataclass(frozen=True)
class TermsRow:
    """One published version; `body` is Markdown, `sha256` is the hash of its UTF-8 bytes."""

    id: int
    uuid: str
    kind: str
    insurer_id: int | None
    area_id: int | None
    version: str
    valid_from: date
    accept_by: date | None
    title: str
    body: str
    sha256: str
    published_at: datetime

    @property
    def scope(self) -> Scope:
        """Return which text it is a version of."""
        return Scope(self.kind, self.insurer_id, self.area_id)


@dataclass(frozen=True)
class TermsStanding:
    """How the actor stands to a version: opened by the person, accepted by the organization."""

    opened: bool
    accepted_at: datetime | None
    accepted_by: str


@dataclass(frozen=True)
class AcceptanceRow:
    """A provable acceptance."""

    uuid: UUID
    terms: TermsRow
    at: datetime
    by: str


def current_terms(
    *, kind: str, insurer_id: int | None = None, area_id: int | None = None, on: date
) -> TermsRow | None:
    """Return the version in force on the day: the last one that has begun; None before the first."""
    rows = models.TermsVersion.objects.filter(
        kind=kind, insurer_id=insurer_id, area_id=area_id, valid_from__lte=on
    )
    row = rows.order_by("-valid_from", "-id").first()
    return terms_row(row) if row else None


def terms(*, uuid: str) -> TermsRow:
    """Return one published version.

    :raises ols.db.errors.NotFound: there is none
    """
    row = models.TermsVersion.objects.filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return terms_row(row)


def terms_standing(actor: Actor, *, terms: TermsRow) -> TermsStanding:
    """Return whether the person opened the version and whether the organization accepted it."""
    if actor.organization_id is None or actor.user_id is None:
        return TermsStanding(opened=False, accepted_at=None, accepted_by="")
    opened = models.TermsOpening.objects.filter(
        terms_id=terms.id, organization_id=actor.organization_id, user_id=actor.user_id
    ).exists()
    accepted = models.TermsAcceptance.objects.filter(
        terms_id=terms.id, organization_id=actor.organization_id
    ).first()
    if accepted is None:
        return TermsStanding(opened, None, "")
    return TermsStanding(opened, accepted.at, accepted.user_name)


def is_accepted(*, organization_id: int, terms: TermsRow | None) -> bool:
    """Say whether the organization accepted the version; without a version there is nothing accepted."""
    if terms is None:
        return False
    return models.TermsAcceptance.objects.filter(terms_id=terms.id, organization_id=organization_id).exists()


def acceptances(*, organization_id: int, insurer_id: int) -> list[AcceptanceRow]:
    """Return what the organization accepted of the insurer's terms, oldest first (for the two of them)."""
    rows = models.TermsAcceptance.objects.select_related("terms").filter(
        organization_id=organization_id, terms__insurer_id=insurer_id
    )
    return [
        AcceptanceRow(row.uuid, terms_row(row.terms), row.at, row.user_name)
        for row in rows.order_by("at", "id")
    ]


def terms_row(row: models.TermsVersion) -> TermsRow:
    """Translate the table's row."""
    return TermsRow(
        id=row.pk,
        uuid=str(row.uuid),
        kind=row.kind,
        insurer_id=row.insurer_id,
        area_id=row.area_id,
        version=row.version,
        valid_from=row.valid_from,
        accept_by=row.accept_by,
        title=row.title,
        body=row.body,
        sha256=row.sha256,
        published_at=row.published_at,
    )
