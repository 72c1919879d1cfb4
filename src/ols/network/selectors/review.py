"""Reading an insurer's rules, what they said of an offer, and what went on before with the same clinic."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ols.accounts.permissions import Permission
from ols.audit import selectors as audit
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models, review_rules
from ols.network.review_rules import RuleSet
from ols.network.selectors import cooperation
from ols.network.selectors.history import said
from ols.network.states import PriceListStatus

DEFAULT_ALARM_HOURS = 1


@dataclass(frozen=True)
class RulesRow:
    """An insurer's rules; `revision` is what an editor read, 0 before the first save."""

    is_automatic: bool
    chosen: RuleSet
    alarm_hours: int
    revision: int
    changed_at: datetime | None
    changed_by: str


@dataclass(frozen=True)
class AssessmentRow:
    """What the rules said of an offer when it was sent."""

    at: datetime
    is_accepted: bool
    results: tuple[review_rules.RuleResult, ...]


@dataclass(frozen=True)
class EarlierRow:
    """An earlier contract of the same two: how it ended, why, and how many price lists were accepted."""

    uuid: str
    number: str
    status: str
    starts_on: date | None
    ended_at: datetime | None
    by: str
    remark: str
    price_lists: int


def rules(actor: Actor) -> RulesRow:
    """Return the rules of the actor's insurer; switched off as long as nobody set any.

    :raises ols.db.errors.NotFound: the actor works for no insurer
    """
    if not (actor.has(Permission.NETWORK_SETUP) or actor.has(Permission.CONTRACT_REVIEW)):
        actor.require(Permission.NETWORK_SETUP)
    if actor.organization_kind != "insurer":
        raise NotFound
    row = models.ReviewRules.objects.filter(insurer_id=actor.organization()).first()
    return rules_row(row or models.ReviewRules(revision=0))


def rules_row(row: models.ReviewRules) -> RulesRow:
    """Translate the table's row."""
    return RulesRow(
        is_automatic=row.is_automatic,
        chosen=RuleSet(
            tuple(row.rules), row.start_within_days, tuple(row.entity_kinds), tuple(row.voivodeships)
        ),
        alarm_hours=row.alarm_hours,
        revision=row.revision,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )


def assessment(actor: Actor, *, contract_uuid: str) -> AssessmentRow | None:
    """Return what the rules said of the offer last; None when no rules looked at it.

    The clinic does not get the facts that would tell it of others.
    """
    contracts = cooperation.visible_contracts(actor).filter(uuid=contract_uuid)
    row = models.OfferAssessment.objects.filter(contract__in=contracts).order_by("-at").first()
    if row is None:
        return None
    is_insurer = actor.organization_kind == "insurer"
    return AssessmentRow(
        row.at, row.is_accepted, tuple(_result(item, is_insurer=is_insurer) for item in row.results)
    )


def earlier_contracts(actor: Actor, *, contract_uuid: str) -> list[EarlierRow]:
    """Return the other contracts of the same two, the newest first.

    :raises ols.db.errors.NotFound: no such contract for this organization
    """
    visible = cooperation.visible_contracts(actor)
    own = visible.filter(uuid=contract_uuid).first()
    if own is None:
        raise NotFound
    rows = visible.filter(insurer_id=own.insurer_id, provider_id=own.provider_id).exclude(pk=own.pk)
    return [_earlier(row) for row in rows.order_by("-id")]


def _result(item: dict[str, Any], *, is_insurer: bool) -> review_rules.RuleResult:
    hidden = item["rule"] in review_rules.INSURERS_ONLY and not is_insurer
    return review_rules.RuleResult(item["rule"], item["passed"], {} if hidden else item["facts"])


def _earlier(row: models.Contract) -> EarlierRow:
    steps = [step for step in audit.history(subject_uuid=row.uuid) if step.event in _ENDINGS]
    last = steps[-1] if steps else None
    return EarlierRow(
        uuid=str(row.uuid),
        number=row.number,
        status=row.status,
        starts_on=row.starts_on,
        ended_at=last.at if last else row.decided_at,
        by=last.actor_name if last else "",
        remark=said(row, last).remark if last else row.remark,
        price_lists=row.price_lists.filter(status=PriceListStatus.ACCEPTED).count(),
    )


_ENDINGS = frozenset({"contract.reject", "contract.end", "contract.return"})
