"""The world while it is being built: its people, firms and what the later steps need of the earlier ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from faker import Faker

from ols.accounts.permissions import permissions_of
from ols.cli.demo_world.chance import Chance
from ols.cli.demo_world.tables import Tables
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.ledger.services import Transfer
from ols.network import selectors as network

_YEAR_OF_CLAIMS = timedelta(days=365)
_TO_JOIN = timedelta(days=60)


@dataclass(frozen=True)
class Size:
    """How big the world is."""

    facilities: int = 400
    joined: int = 40
    insured: int = 5000
    claims: int = 20_000


@dataclass(frozen=True)
class Person:
    """Somebody who logs in."""

    id: int
    email: str
    name: str


@dataclass
class Firm:
    """An organization and its staff, one person for each role."""

    id: int
    uuid: UUID
    kind: str
    name: str
    nip: str
    iban: str
    people: dict[str, Person] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        """Return the person of the role, acting for the firm."""
        if role not in self._actors:
            person, may = self.people[role], permissions_of([role])
            self._actors[role] = Actor(person.id, self.id, self.kind, may, "command", name=person.name)
        return self._actors[role]


@dataclass
class Clinic:
    """A provider that joined; `contracts` and `prices` are by insurer id, prices in grosze by service id.

    `ibans` are the accounts the insurers pay to.
    """

    firm: Firm
    doctors: tuple[str, ...]
    contracts: dict[int, int] = field(default_factory=dict)
    ibans: dict[int, str] = field(default_factory=dict)
    prices: dict[int, dict[int, int]] = field(default_factory=dict)


@dataclass
class World:
    """Everything the steps share. Claims are made in the year before `at`; all had joined by then.

    `texts` are the terms in force by kind, insurer and area.
    """

    size: Size
    at: datetime
    seed: int
    operator: Firm = field(init=False)
    insurers: list[Firm] = field(default_factory=list)
    clinics: list[Clinic] = field(default_factory=list)
    accounts: dict[str, int] = field(default_factory=dict)
    texts: dict[tuple[str, int | None, int | None], network.TermsRow] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start the sources of chance."""
        self.chance = Chance(self.seed)
        self.tables = Tables(self.chance)
        self.names = Faker("pl_PL")
        self.names.seed_instance(self.seed)

    @cached_property
    def today(self) -> date:
        """Return the day the world is made for."""
        return days.local_date(self.at)

    @cached_property
    def first_claims(self) -> date:
        """Return the first day of the year of claims."""
        return self.today - _YEAR_OF_CLAIMS

    @cached_property
    def founded(self) -> date:
        """Return the first of a month: the day terms, plans and prices count from."""
        return (self.first_claims - _TO_JOIN).replace(day=1)

    def account(self, code: str) -> int:
        """Return the ledger account, opened when it is named first."""
        if code not in self.accounts:
            self.accounts[code] = self.tables.add("ledger.Account", code=code)
        return self.accounts[code]

    def post(
        self, kind: str, reference: UUID, key: str, transfers: Sequence[Transfer], *, at: datetime
    ) -> None:
        """Book one entry, as the ledger does."""
        entry_id = self.tables.add("ledger.Entry", at=at, kind=kind, reference=reference, idempotency_key=key)
        for transfer in transfers:
            self.tables.add(
                "ledger.Posting",
                entry_id=entry_id,
                source_id=self.account(transfer.source),
                destination_id=self.account(transfer.destination),
                amount_gr=transfer.amount_gr,
            )

    def record(
        self,
        event: str,
        kind: str,
        uuid: UUID,
        *,
        by: Actor,
        at: datetime,
        data: Mapping[str, object] | None = None,
        remark: str = "",
    ) -> None:
        """Keep an event of a subject, as the audit record does."""
        self.tables.add(
            "audit.Event",
            at=at,
            event=event,
            subject_kind=kind,
            subject_uuid=uuid,
            actor_user_id=by.user_id,
            actor_name=by.name,
            organization_id=by.organization_id,
            channel=by.channel,
            remark=remark,
            data=dict(data or {}),
        )
