"""An insurer's rules for accepting at once: set, switched off in an emergency, asked when an offer comes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case, within_transaction
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import models, review_rules, selectors
from ols.network.models.review import MOST_ALARM_HOURS
from ols.network.review_rules import OfferFacts
from ols.network.selectors import register_check, review
from ols.network.services.offer_answers import accept
from ols.network.states import ContractStatus


class RulesChanged(Exception):
    """A colleague saved the rules since they were read."""


class RulesWrong(ValueError):
    """The rules cannot be followed: none chosen, an unknown one, or one without what it asks for."""


@dataclass(frozen=True)
class RulesDraft:
    """The rules as an insurer sets them."""

    is_automatic: bool
    rules: tuple[str, ...]
    start_within_days: int
    entity_kinds: tuple[str, ...]
    voivodeships: tuple[str, ...]
    alarm_hours: int

    def require_sound(self) -> None:
        """Let pass what can be followed.

        :raises RulesWrong: see there
        """
        empty = ("kind" in self.rules and not self.entity_kinds) or (
            "voivodeship" in self.rules and not self.voivodeships
        )
        unknown = set(self.rules) - set(review_rules.RULES)
        outside = not (0 <= self.start_within_days <= 366 and 0 <= self.alarm_hours <= MOST_ALARM_HOURS)
        if empty or unknown or outside or (self.is_automatic and not self.rules):
            raise RulesWrong


@use_case
def set_rules(*, actor: Actor, draft: RulesDraft, revision: int, at: datetime) -> None:
    """Keep the insurer's rules; what was and what is now goes to the record.

    :raises RulesWrong: they cannot be followed
    :raises RulesChanged: a colleague was faster (`revision` is what was read, 0 before the first save)
    """
    actor.require(Permission.NETWORK_SETUP)
    draft.require_sound()
    row = _locked(actor)
    if row.revision != revision:
        raise RulesChanged
    _save(row, asdict(draft), actor, at)


@use_case
def switch_rules_off(*, actor: Actor, at: datetime) -> bool:
    """Stop accepting without a person, now; whoever answers offers may. Returns whether it was on."""
    actor.require(Permission.CONTRACT_REVIEW)
    row = _locked(actor)
    if not row.is_automatic:
        return False
    _save(row, {"is_automatic": False}, actor, at)
    return True


@within_transaction
def answer_at_once(row: models.Contract, *, at: datetime) -> bool:
    """Ask the insurer's rules about the offer just sent; accept it when all pass. Returns whether it was.

    The rules stay locked until the end: once they are switched off, nothing is accepted any more.
    """
    kept = models.ReviewRules.objects.select_for_update().filter(insurer_id=row.insurer_id).first()
    if kept is None or not kept.is_automatic:
        return False
    results = review_rules.assess(facts(row, on=days.local_date(at)), review.rules_row(kept).chosen)
    is_accepted = review_rules.all_passed(results)
    assessment = models.OfferAssessment.objects.create(
        contract=row,
        at=at,
        is_accepted=is_accepted,
        rules_revision=kept.revision,
        results=[result.data() for result in results],
    )
    if is_accepted:
        system = Actor.system("job", permissions=frozenset({Permission.CONTRACT_REVIEW}))
        accept(row, actor=system, at=at, data={"automatic": True, "assessment": str(assessment.uuid)})
    return is_accepted


def facts(row: models.Contract, *, on: date) -> OfferFacts:
    """Gather what the rules look at."""
    checked = register_check.register_check(organization_id=row.provider_id, on=on)
    pair = models.Contract.objects.filter(insurer_id=row.insurer_id, provider_id=row.provider_id)
    documents = selectors.documents_of(row)
    same_account = models.Contract.objects.filter(insurer_id=row.insurer_id, iban=row.iban)
    return OfferFacts(
        missing=tuple(item.name for item in documents if item.is_required and not item.files),
        outdated=tuple(item.name for item in documents if item.problem),
        standing=checked.standing,
        differing=checked.differing,
        alerts=len(checked.alerts),
        terms_version=_accepted_version(row, on),
        bank_name=row.bank_name,
        is_account_shared=same_account.exclude(provider_id=row.provider_id).exists(),
        starts_in_days=(row.starts_on - on).days if row.starts_on else -1,
        rejected=pair.filter(status=ContractStatus.REJECTED).count(),
        ended=pair.filter(status=ContractStatus.ENDED).count(),
        entity_kind=checked.entry.entity_kind if checked.entry else "",
        voivodeship=checked.entry.teryt[:2] if checked.entry else "",
    )


def _accepted_version(row: models.Contract, on: date) -> str:
    """Return the version of the general terms in force when the clinic accepted it, else nothing."""
    current = selectors.current_terms(kind=models.TermsKind.GENERAL, insurer_id=row.insurer_id, on=on)
    accepted = selectors.is_accepted(organization_id=row.provider_id, terms=current)
    return current.version if current and accepted else ""


def _locked(actor: Actor) -> models.ReviewRules:
    """Lock the insurer's rules; the first time they are made, switched off."""
    if actor.organization_kind != "insurer":
        raise NotFound
    models.ReviewRules.objects.get_or_create(insurer_id=actor.organization(), defaults={"revision": 0})
    return models.ReviewRules.objects.select_for_update().get(insurer_id=actor.organization())


def _save(row: models.ReviewRules, values: Mapping[str, object], actor: Actor, at: datetime) -> None:
    changed = {}
    for name, value in values.items():
        new = list(value) if isinstance(value, tuple) else value
        if getattr(row, name) != new:
            changed[name] = [getattr(row, name), new]
            setattr(row, name, new)
    row.revision += 1
    row.changed_at, row.changed_by = at, actor.name
    row.save()
    audit.record(
        event="review_rules.set",
        subject_kind="review_rules",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={"changed": changed},
    )
