"""The main job: decide a claim on-line and reserve its benefit, once for each idempotency key."""

from datetime import datetime

import psycopg
from psycopg import errors

from ols.accounts.permissions import Permission
from ols.claims import selectors
from ols.claims.facts import FactsWanted, load_estimate_facts
from ols.claims.services import counters, together, write
from ols.claims.services.decide import decide
from ols.claims.services.draft import require_valid
from ols.claims.services.together import AnsweredBefore, Asked, CountersMissing, CoverageNotFound
from ols.claims.types import Answer, ClaimDraft
from ols.db.pipeline import pipelined_transaction
from ols.db.sequences import forget_ids
from ols.db.transactions import use_case
from ols.kernel.actor import Actor, NotPermitted
from ols.ledger import services as ledger

MAX_KEY_LENGTH = 80
_ATTEMPTS = 4


class IdempotencyConflict(Exception):
    """The key was used before for another claim; nothing was decided."""


class KeyInvalid(ValueError):
    """The idempotency key is empty, longer than MAX_KEY_LENGTH or not printable."""


def check_claim(*, actor: Actor, draft: ClaimDraft, at: datetime) -> Answer:
    """Estimate a decision: nothing is reserved, booked or kept.

    :raises DraftInvalid: the draft cannot be asked
    :raises CoverageNotFound: no such cover for this provider
    :raises UnknownService: a service code is in no catalogue
    """
    provider_id = _provider(actor)
    require_valid(draft)
    with pipelined_transaction() as pipeline:
        facts = load_estimate_facts(pipeline, FactsWanted(draft, provider_id))
    if facts is None:
        raise CoverageNotFound
    decided = decide(draft=draft, facts=facts, at=at)
    return together.answer(draft, facts, decided, new=None)


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
    asked = Asked(actor, FactsWanted(draft, provider_id, idempotency_key), together.fingerprint(draft), at)
    for remaining in reversed(range(_ATTEMPTS)):
        try:
            return together.authorize(asked)
        except AnsweredBefore as earlier:
            return _first_answer(asked, earlier.claim_id)
        except CountersMissing as missing:
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


def _first_answer(asked: Asked, claim_id: int) -> Answer:
    """Return what was answered to the key the first time."""
    answer, request_sha256 = selectors.stored_answer(actor=asked.actor, claim_id=claim_id)
    if request_sha256 != asked.request_sha256:
        raise IdempotencyConflict
    return answer
