"""A claim of the year: what was asked, what was decided, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ols.claims.facts import ClaimFacts
from ols.claims.services.decide import Decided
from ols.claims.services.together import claim_number
from ols.claims.states import ClaimStatus
from ols.claims.types import ClaimDraft
from ols.cli.demo_world.drafts import Pair
from ols.cli.demo_world.promises import CoverRow

COUNTED = frozenset({ClaimStatus.AUTHORIZED, ClaimStatus.PENDED, ClaimStatus.CONFIRMED})


@dataclass(eq=False)
class MadeClaim:
    """One claim; `status` and the moments change while the year goes on."""

    id: int
    uuid: UUID
    pair: Pair
    cover: CoverRow
    draft: ClaimDraft
    facts: ClaimFacts
    decided: Decided
    status: str
    decided_at: datetime
    valid_until: datetime
    confirmed_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def insurer_gr(self) -> int:
        """Return what the insurer pays."""
        return self.decided.decision.benefit

    @property
    def number(self) -> str:
        """Return the number people use."""
        return claim_number(self.id, self.decided_at)
