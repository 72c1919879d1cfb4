"""The main job: decide a claim on-line and reserve its benefit, once for each idempotency key."""

import hashlib
from datetime import datetime, timedelta

import psycopg
from psycopg import errors

from ols.accounts.permissions import Permission
from ols.claims import selectors
from ols.claims.facts import ClaimFacts, load_claim_facts, load_estimate_facts
from ols.claims.services import counters, write
from ols.claims.services.decide import Decided, decide, decided_lines
from ols.claims.services.draft import require_valid
from ols.claims.types import Answer, ClaimDraft
from ols.db.errors import NotFound
from ols.db.fields import new_uuid
from ols.db.pipeline import pipelined_transaction
from ols.db.sequences import forget_ids, take_id
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor, NotPermitted
from ols.ledger import services as ledger

VALID = timedelta(hours=24)
MAX_KEY_LENGTH = 80
_ATTEMPTS = 4


class CoverageNotFound(NotFound):
    """There is no such cover, or the provider never had a contract with its insurer."""


class IdempotencyConflict(Exception):
    """The key was used before for another claim; nothing was decided."""


class KeyInvalid(ValueError):
    """The idempotency key is empty, longer than MAX_KEY_LENGTH or not printable."""


class _CountersMissing(Exception):
    """The counters have to be made first."""

    def __init__(self, coverage_id: int) -> None:
        super().__init__(coverage_id)
        self.coverage_id = coverage_id


class _AnsweredBefore(Exception):
    """A claim was decided under this key before."""

    def __init__(self, claim_id: int) -> None:
        super().__init__(claim_id)
        self.claim_id = claim_id


def check_claim(*, actor: Actor, draft: ClaimDraft, at: datetime) -> Answer:
    """Estimate a decision: nothing is reserved, booked or kept.

    :raises DraftInvalid: the draft cannot be asked
    :raises CoverageNotFound: no such cover for this provider
    :raises UnknownService: a service code is in no catalogue
    """
    provider_id = _provider(actor)
    require_valid(draft)
    with pipelined_transaction() as pipeline:
        facts = load_estimate_facts(pipeline, draft=draft, provider_id=provider_id)
    if facts is None:
        raise CoverageNotFound
    decided = decide(draft=draft, facts=facts, at=at)
    return _answer(draft, facts, decided, new=None)


def authorize_claim(*, actor: Actor, draft: ClaimDraft, idempotency_key: str, at: datetime) -> Answer:
    """Decide the claim, reserve its limits for 24 h and book what the insurer owes.

    The same key again gives the first answer. A claim held for a person (PENDED_MANUAL) keeps its
    place in the limits, but nothing is owed until it is released.

    :raises DraftInvalid: the draft cannot be asked
    :raises KeyInvalid: the key cannot be used
    :raises IdempotencyConflict: the key belongs to another claim
    :raises CoverageNotFound: no such cover for this provider
    :raises UnknownService: a service code is in no catalogue
    """
    provider_id = _provider(actor)
    require_valid(draft)
    if not 0 < len(idempotency_key) <= MAX_KEY_LENGTH or not idempotency_key.isprintable():
        raise KeyInvalid
    for remaining in reversed(range(_ATTEMPTS)):
        try:
            return _authorize(actor, provider_id, draft, idempotency_key, at)
        except _AnsweredBefore as earlier:
            return _first_answer(actor, earlier.claim_id, draft)
        except _CountersMissing as missing:
            counters.open_counters(coverage_ids=[missing.coverage_id], day=draft.service_date)
        except psycopg.Error as error:
            if not remaining:
                raise
            _mend(error, provider_id, draft)
    raise RuntimeError("the claim could not be decided")


def _provider(actor: Actor) -> int:
    """Return whom the actor claims for."""
    actor.require(Permission.CLAIM_SUBMIT)
    if actor.organization_id is None:
        raise NotPermitted(Permission.CLAIM_SUBMIT)
    return actor.organization_id


def _authorize(actor: Actor, provider_id: int, draft: ClaimDraft, key: str, at: datetime) -> Answer:
    """Decide in one transaction of two round trips."""
    with pipelined_transaction() as pipeline:
        claim_id = take_id(pipeline, "claims_claim_id_seq")
        facts = load_claim_facts(pipeline, draft=draft, provider_id=provider_id, idempotency_key=key)
        if facts is None:
            raise CoverageNotFound
        if facts.cover.earlier_id is not None:
            raise _AnsweredBefore(facts.cover.earlier_id)
        if facts.lack_counters_on(days.to_day(draft.service_date)):
            raise _CountersMissing(facts.cover.coverage_id)
        decided = decide(draft=draft, facts=facts, at=at)
        new = write.NewClaim(
            id=claim_id,
            uuid=new_uuid(),
            number=claim_number(claim_id, at),
            provider_id=provider_id,
            draft=draft,
            idempotency_key=key,
            request_sha256=_fingerprint(draft),
            valid_until=at + VALID,
        )
        write.queue_claim(pipeline, actor=actor, new=new, facts=facts, decided=decided, at=at)
    return _answer(draft, facts, decided, new)


def _mend(error: psycopg.Error, provider_id: int, draft: ClaimDraft) -> None:
    """Remove what stood in the way of one attempt, or raise the error again.

    A deadlock or a lost connection needs nothing: what may have been committed answers to the same key.
    """
    if isinstance(error, errors.NotNullViolation) and error.diag.table_name == "ledger_posting":
        _open_accounts(provider_id, draft)
    elif isinstance(error, errors.UniqueViolation) and error.diag.constraint_name == "claims_claim_pkey":
        forget_ids()
    elif not isinstance(error, errors.UniqueViolation | psycopg.OperationalError):
        raise error


@use_case
def _open_accounts(provider_id: int, draft: ClaimDraft) -> None:
    """Make the ledger accounts that a pair normally gets with its contract."""
    insurer_id = selectors.insurer_of_coverage(coverage_uuid=draft.coverage_uuid)
    transfer = write.claim_transfer(insurer_id, provider_id, 0)
    ledger.open_accounts([transfer.source, transfer.destination])


def claim_number(claim_id: int, at: datetime) -> str:
    """Return the number people use; the id in it makes it unique."""
    return f"W/{days.local_date(at).year}/{claim_id:07d}"


def _fingerprint(draft: ClaimDraft) -> bytes:
    """Return what tells one request from another under the same key."""
    return hashlib.sha256(repr(draft).encode()).digest()


def _answer(draft: ClaimDraft, facts: ClaimFacts, decided: Decided, new: write.NewClaim | None) -> Answer:
    total = decided.decision
    return Answer(
        claim_uuid=new.uuid if new else None,
        number=new.number if new else "",
        status=write.status_of(decided) if new else "",
        outcome=decided.outcome,
        submitted_gr=total.submitted,
        insurer_gr=total.benefit,
        patient_gr=total.patient_pays,
        write_off_gr=total.write_off,
        valid_until=new.valid_until if new else None,
        lines=decided_lines(draft, facts, decided),
        left=decided.left,
    )


def _first_answer(actor: Actor, claim_id: int, draft: ClaimDraft) -> Answer:
    """Return what was answered to the key the first time."""
    answer, request_sha256 = selectors.stored_answer(actor=actor, claim_id=claim_id)
    if request_sha256 != _fingerprint(draft):
        raise IdempotencyConflict
    return answer
