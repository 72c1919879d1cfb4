"""A year of claims, played in the order of time and decided by the rules on running counters."""

import heapq
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import accumulate

from ols.claims.facts import ClaimFacts
from ols.claims.services import decide, together, write
from ols.claims.states import ClaimStatus
from ols.claims.types import ClaimDraft
from ols.cli.demo_world import claim_rows, drafts
from ols.cli.demo_world.counters import Counters
from ols.cli.demo_world.drafts import Pair
from ols.cli.demo_world.made import MadeClaim
from ols.cli.demo_world.promises import CoverRow, load_promises
from ols.cli.demo_world.situations import Situations
from ols.cli.demo_world.world import World
from ols.kernel import days

_YEAR = 365
# Of all authorized claims: given up the same day, forgotten, taken back days or weeks after the service.
_CANCELLED, _EXPIRED, _REVERSED = 0.015, 0.005, 0.008
_SATURDAY, _SATURDAY_WEIGHT = 5, 0.2
# Second claims for the same service wait for the insurer, so they may only be recent.
_REPEATED, _REPEATED_DAYS = 0.08, timedelta(days=4)
_Asked = tuple[Pair, CoverRow, ClaimDraft, ClaimFacts]
_Step = Callable[[datetime], None]


def play_year(world: World) -> list[MadeClaim]:
    """Make the year's claims with everything they move; return them in the order of their decisions."""
    return _Year(world).play()


class _Year:
    """The claims so far, what is to happen to them, and what the next one is decided on."""

    def __init__(self, world: World) -> None:
        self._world = world
        promises = load_promises()
        self._counters = Counters(world, promises)
        self._situations = Situations(promises, self._counters)
        self._pairs = drafts.pairs(world, promises)
        # Some clinics are three times as busy as others.
        self._weights = list(accumulate(world.chance.randrange(10, 31) for _ in self._pairs))
        self._later: list[tuple[datetime, int, _Step]] = []
        self._made: list[MadeClaim] = []

    def play(self) -> list[MadeClaim]:
        """Decide every claim, let time do the rest, keep claims and counters as they end."""
        for at in self._moments():
            self._pass_time(at)
            self._decide_one(at)
        self._pass_time(self._world.at)
        for claim in self._made:
            claim_rows.keep(self._world, claim)
        self._counters.keep()
        return self._made

    def _moments(self) -> list[datetime]:
        """Return when the claims are made: on working days, some on Saturdays, in office hours."""
        world = self._world
        every = [world.first_claims + timedelta(days=number) for number in range(_YEAR)]
        chosen = world.chance.choices(every, weights=[_weight(day) for day in every], k=world.size.claims)
        return sorted(world.chance.moment(day) for day in chosen)

    def _pass_time(self, until: datetime) -> None:
        """Do what was to happen by then."""
        while self._later and self._later[0][0] <= until:
            at, _, step = heapq.heappop(self._later)
            step(at)

    def _plan(self, at: datetime, step: _Step) -> None:
        heapq.heappush(self._later, (at, self._world.chance.getrandbits(60), step))

    def _decide_one(self, at: datetime) -> None:
        """Decide a claim and move, book and record what the decision says."""
        pair, cover, draft, facts = self._ask(at)
        decided = decide.decide(draft=draft, facts=facts, at=at)
        claim = MadeClaim(
            id=self._world.tables.next_id("claims.Claim"),
            uuid=self._world.chance.uuid(),
            pair=pair,
            cover=cover,
            draft=draft,
            facts=facts,
            decided=decided,
            status=write.status_of(decided),
            decided_at=at,
            valid_until=at + together.VALID,
        )
        self._made.append(claim)
        self._situations.remember(claim)
        for movement in decided.movements:
            self._counters.move(movement, claim_id=claim.id, at=at)
        claim_rows.record_decision(self._world, claim)
        if claim.status == ClaimStatus.AUTHORIZED:
            claim_rows.book(self._world, claim, "claim.decided", at)
            self._plan_end(claim)

    def _ask(self, at: datetime) -> _Asked:
        """Invent a claim; a second one for the same service only where its answer may still be awaited."""
        world, day = self._world, days.local_date(at)
        last = self._made[-1] if self._made else None
        is_recent = world.today - day <= _REPEATED_DAYS
        if is_recent and last and last.draft.service_date == day and world.chance.random() < _REPEATED:
            facts = self._situations.facts(last.pair, last.cover, last.draft)
            return last.pair, last.cover, last.draft, facts
        while True:
            pair = world.chance.choices(self._pairs, cum_weights=self._weights)[0]
            cover, draft = drafts.invent(world, self._situations.promises, pair, day)
            facts = self._situations.facts(pair, cover, draft)
            if not any(item.is_duplicate for item in facts.items):
                return pair, cover, draft, facts

    def _plan_end(self, claim: MadeClaim) -> None:
        """Choose what becomes of an authorized claim, and when."""
        chance, at = self._world.chance, claim.decided_at
        fate = chance.random()
        if fate < _CANCELLED:
            self._plan(at + timedelta(hours=1), partial(self._close, claim, "cancel"))
        elif fate < _CANCELLED + _EXPIRED:
            self._plan(claim.valid_until, partial(self._close, claim, "expire"))
        else:
            self._plan(at + timedelta(minutes=chance.randrange(10, 50)), partial(self._confirm, claim))
            if fate > 1 - _REVERSED:
                later = timedelta(days=chance.randrange(1, 41), minutes=50)
                self._plan(at + later, partial(self._close, claim, "reverse"))

    def _confirm(self, claim: MadeClaim, at: datetime) -> None:
        """Let the clinic say that the service was performed."""
        claim.status, claim.confirmed_at = ClaimStatus.CONFIRMED, at
        claim_rows.record_step(self._world, claim, "confirm", at)

    def _close(self, claim: MadeClaim, action: str, at: datetime) -> None:
        """End the claim, give its limits back and book the opposite."""
        claim.status, claim.closed_at = claim_rows.STATUS_AFTER[action], at
        for movement in claim.decided.movements:
            self._counters.move(movement, claim_id=claim.id, at=at, sign=-1)
        claim_rows.book(self._world, claim, f"claim.{action}", at, is_opposite=True)
        claim_rows.record_step(self._world, claim, action, at)


def _weight(day: date) -> float:
    """Return how busy a day is."""
    if days.is_working_day(day):
        return 1.0
    return _SATURDAY_WEIGHT if day.weekday() == _SATURDAY else 0.0
