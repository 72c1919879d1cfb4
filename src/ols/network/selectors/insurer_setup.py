"""What an insurer offers to the network, for its own settings: documents asked for, and areas."""

from dataclasses import dataclass
from datetime import date

from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.area_days import AreaDays
from ols.network.document_rules import Rules
from ols.network.models import TermsKind
from ols.network.selectors import acceptance
from ols.network.selectors.documents import rules_of


@dataclass(frozen=True)
class DocumentRow:
    """A document the insurer asks for with an offer; a switched off one is asked for no more.

    What the columns mean stands at `DocumentRequirement`.
    """

    uuid: str
    code: str
    name: str
    name_en: str
    explanation: str
    explanation_en: str
    is_required: bool
    is_active: bool
    rules: Rules
    suspend_after_days: int | None


@dataclass(frozen=True)
class AreaRow:
    """An area as the insurer offers it: `days` are None when not offered, `terms` those in force."""

    id: int
    code: str
    position: int
    name: str
    days: AreaDays | None
    has_begun: bool
    is_closed: bool
    closes_later: bool
    description: str
    description_en: str
    terms: acceptance.TermsRow | None


def own_documents(actor: Actor) -> list[DocumentRow]:
    """Return the documents the insurer asks for or once asked for, in the order clinics see them."""
    rows = models.DocumentRequirement.objects.filter(insurer_id=_insurer(actor))
    return [
        DocumentRow(
            uuid=str(row.uuid),
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            explanation=row.explanation,
            explanation_en=row.explanation_en,
            is_required=row.is_required,
            is_active=row.is_active,
            rules=rules_of(row),
            suspend_after_days=row.suspend_after_days,
        )
        for row in rows.order_by("position", "id")
    ]


def own_areas(actor: Actor, *, on: date) -> list[AreaRow]:
    """Return every area there is, in the product's order, as the insurer offers it on the day."""
    insurer_id = _insurer(actor)
    opened = {one.area_id: one for one in models.AreaOpening.objects.filter(insurer_id=insurer_id)}
    return [_area(area, insurer_id, opened.get(area.id), on) for area in catalog.areas()]


def own_area(actor: Actor, *, code: str, on: date) -> AreaRow:
    """Return one area as the insurer offers it on the day.

    :raises ols.db.errors.NotFound: there is no such area
    """
    found = next((area for area in own_areas(actor, on=on) if area.code == code), None)
    if found is None:
        raise NotFound
    return found


def _area(area: catalog.AreaRow, insurer_id: int, opening: models.AreaOpening | None, on: date) -> AreaRow:
    """Join an area with its opening and the terms in force on the day."""
    days = opening.days if opening else None
    return AreaRow(
        id=area.id,
        code=area.code,
        position=area.position,
        name=area.name,
        days=days,
        has_begun=days is not None and days.has_begun(on),
        is_closed=days is not None and days.is_closed(on),
        closes_later=days is not None and days.closes_later(on),
        description=opening.description if opening else "",
        description_en=opening.description_en if opening else "",
        terms=acceptance.current_terms(
            kind=TermsKind.THEMATIC, insurer_id=insurer_id, area_id=area.id, on=on
        ),
    )


def _insurer(actor: Actor) -> int:
    """Return the insurer the actor sets things up for.

    :raises ols.kernel.actor.NotPermitted: the actor does not
    :raises ols.db.errors.NotFound: the actor works for no insurer
    """
    actor.require(Permission.TERMS_PUBLISH)
    if actor.organization_kind != "insurer":
        raise NotFound
    return actor.organization()
