"""Claims that are asked for at the same time, decided in one transaction of two round trips.

Each has its own facts, decision and rows; they share only the way to the database. What depends on another
claim of the same transaction is decided after it, alone.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ols.claims.facts import ClaimFacts, FactsWanted, load_claim_facts
from ols.claims.services import write
from ols.claims.services.decide import Decided, UnknownService, decide, decided_lines
from ols.claims.types import Answer, ClaimDraft
from ols.db.errors import NotFound
from ols.db.fields import new_uuid
from ols.db.joiner import Joiner
from ols.db.pipeline import Pipeline, pipelined_transaction
from ols.db.sequences import take_id
from ols.kernel import days
from ols.kernel.actor import Actor

VALID = timedelta(hours=24)


class CoverageNotFound(NotFound):
    """There is no such cover, or the provider never had a contract with its insurer."""


class CountersMissing(Exception):
    """The counters have to be made first."""

    def __init__(self, coverage_id: int) -> None:
        """Keep whose they are."""
        super().__init__(coverage_id)
        self.coverage_id = coverage_id


class AnsweredBefore(Exception):
    """A claim was decided under this key before."""

    def __init__(self, claim_id: int) -> None:
        """Keep which."""
        super().__init__(claim_id)
        self.claim_id = claim_id


class Asked(NamedTuple):
    """One request: who asks for what under which key, and the fingerprint that tells it from another."""

    actor: Actor
    wanted: FactsWanted
    request_sha256: bytes
    at: datetime


_Outcome = Answer | Exception | None
_joiner: Joiner[Asked, Answer | Exception] = Joiner(most=16)
# What refuses one claim and leaves the others of its transaction alone: nothing was written for it.
_REFUSALS = (CoverageNotFound, AnsweredBefore, CountersMissing, UnknownService)


def authorize(asked: Asked) -> Answer:
    """Decide and write the claim, with those that are asked for at the same time.

    :raises CoverageNotFound: no such cover for this provider
    :raises UnknownService: a service code is in no catalogue
    :raises CountersMissing: the counters of the policy year have to be made first
    :raises AnsweredBefore: the key made a claim before
    :raises psycopg.Error: the database refused; nothing was written
    """
    outcome = _joiner.do(asked, _together)
    if outcome is None:
        (outcome,) = _decided([asked])
    if isinstance(outcome, Exception):
        raise outcome
    assert outcome is not None
    return outcome


def _together(requests: Sequence[Asked], hand_on: Callable[[], None]) -> Sequence[_Outcome]:
    """Return an answer or a refusal to each; if anything breaks, none: each is then asked again alone."""
    try:
        return _decided(requests, hand_on)
    except Exception:
        if len(requests) == 1:
            raise
        return [None] * len(requests)


def _decided(
    requests: Sequence[Asked], when_committing: Callable[[], None] | None = None
) -> Sequence[_Outcome]:
    """Decide and write what can be done in one transaction; None for what has to wait for its end."""
    # The same order everywhere, so that transactions wait for each other's counters in turn.
    places = sorted(range(len(requests)), key=lambda place: requests[place].wanted.draft.coverage_uuid)
    outcomes: list[_Outcome] = [None] * len(requests)
    with pipelined_transaction(when_committing) as pipeline:
        found = load_claim_facts(pipeline, [requests[place].wanted for place in places])
        taken: set[int] = set()
        for place, facts in zip(places, found, strict=True):
            if facts is not None and not taken.isdisjoint(facts.touched):
                continue
            try:
                outcomes[place] = _queue(pipeline, requests[place], facts)
            except _REFUSALS as refusal:
                outcomes[place] = refusal
            else:
                taken |= facts.touched if facts is not None else set()
    return outcomes


def _queue(pipeline: Pipeline, asked: Asked, facts: ClaimFacts | None) -> Answer:
    """Decide one claim and queue its rows; a refusal comes before anything is queued."""
    draft, at = asked.wanted.draft, asked.at
    if facts is None:
        raise CoverageNotFound
    if facts.cover.earlier_id is not None:
        raise AnsweredBefore(facts.cover.earlier_id)
    if facts.lack_counters_on(days.to_day(draft.service_date)):
        raise CountersMissing(facts.cover.coverage_id)
    decided = decide(draft=draft, facts=facts, at=at)
    claim_id = take_id(pipeline, "claims_claim_id_seq")
    new = write.NewClaim(
        id=claim_id,
        uuid=new_uuid(),
        number=claim_number(claim_id, at),
        provider_id=asked.wanted.provider_id,
        draft=draft,
        idempotency_key=asked.wanted.idempotency_key,
        request_sha256=asked.request_sha256,
        valid_until=at + VALID,
    )
    write.queue_claim(pipeline, actor=asked.actor, new=new, facts=facts, decided=decided, at=at)
    return answer(draft, facts, decided, new)


def claim_number(claim_id: int, at: datetime) -> str:
    """Return the number people use; the id in it makes it unique."""
    return f"W/{days.local_date(at).year}/{claim_id:07d}"


def fingerprint(draft: ClaimDraft) -> bytes:
    """Return what tells one request from another under the same key."""
    return hashlib.sha256(repr(draft).encode()).digest()


def answer(draft: ClaimDraft, facts: ClaimFacts, decided: Decided, new: write.NewClaim | None) -> Answer:
    """Return the decision as the provider gets it; without a claim, as an estimate."""
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
