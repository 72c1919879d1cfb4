"""Where the lines of a price list stand between the two sides, and every answer given so far."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.area_days import AreaDays
from ols.network.selectors import pricing, quartiles
from ols.network.selectors.pricing import PriceGrid, PriceRow
from ols.network.states import LineAnswer, PriceListStatus


@dataclass(frozen=True)
class Step:
    """One answer to one line that was given: `asked_gr` is the clinic's price at that moment."""

    round: int
    side: str
    kind: str
    asked_gr: int
    price_gr: int | None
    remark: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Line:
    """One line of a list between the sides; `steps` in their order, `kind` and on what is being prepared."""

    row: PriceRow
    steps: tuple[Step, ...]
    network: quartiles.Quartiles | None
    kind: str
    answer_gr: int | None
    remark: str
    is_complete: bool

    @property
    def asked_gr(self) -> int:
        """Return the clinic's price."""
        return self.row.price_gr or 0

    @property
    def change_bp(self) -> int | None:
        """Return by how much the price differs from the one in force, in hundredths of a percent."""
        before = self.row.contracted_gr
        return (self.asked_gr - before) * 10_000 // before if before else None

    @property
    def is_over_limit(self) -> bool:
        """Say whether the price is above the insurer's limit."""
        return (self.row.over_gr or 0) > 0

    @property
    def is_over_network(self) -> bool:
        """Say whether the price is above three quarters of the network's."""
        return self.network is not None and self.asked_gr > self.network.upper_gr

    @property
    def is_changed(self) -> bool:
        """Say whether the price is not the one in force."""
        return self.asked_gr != self.row.contracted_gr

    @property
    def offer(self) -> Step | None:
        """Return what the insurer said last."""
        said = [step for step in self.steps if step.side == "insurer"]
        return said[-1] if said else None

    @property
    def reply(self) -> Step | None:
        """Return what the clinic said last."""
        said = [step for step in self.steps if step.side == "provider"]
        return said[-1] if said else None


@dataclass(frozen=True)
class Negotiation:
    """A list with its lines; `version` is that of the answer being prepared, `by` who saved it last.

    `closed` are the area's days while no new list can be sent in it: this one is the last for now.
    """

    grid: PriceGrid
    lines: tuple[Line, ...]
    version: int
    by: str
    is_my_turn: bool
    continues: str
    closed: AreaDays | None = None

    def count(self, kind: str) -> int:
        """Count the lines with this answer being prepared."""
        return sum(1 for line in self.lines if line.kind == kind)

    @property
    def missing(self) -> list[Line]:
        """Return the lines without a complete answer."""
        return [line for line in self.lines if not line.is_complete]


_TURNS = {PriceListStatus.SENT: "insurer", PriceListStatus.COUNTERED: "provider"}


def negotiation(actor: Actor, *, uuid: str, on: date) -> Negotiation:
    """Return a sent, answered or accepted list line by line; the network's prices for its insurer only.

    :raises ols.db.errors.NotFound: no such list for this organization
    """
    grid = pricing.price_list(actor, uuid=uuid)
    found = models.PriceList.objects.filter(uuid=uuid).select_related("continues").first()
    if found is None:
        raise NotFound
    is_my_turn = _TURNS.get(found.status) == actor.organization_kind
    answers = {row.service_id: row for row in found.answers.all()} if is_my_turn else {}
    steps = steps_of(found)
    network: dict[int, quartiles.Quartiles] = {}
    if actor.organization_kind == "insurer":
        network = quartiles.network_quartiles(
            insurer_id=grid.contract.insurer_id,
            without_provider_id=grid.contract.provider_id,
            area_id=found.area_id,
            on=on,
        )
    return Negotiation(
        grid=grid,
        lines=tuple(
            _line(
                row, steps.get(row.service_id, ()), network.get(row.service_id), answers.get(row.service_id)
            )
            for row in grid.rows
        ),
        version=found.answer_version,
        by=found.answer_by if is_my_turn else "",
        is_my_turn=is_my_turn,
        continues=str(found.continues.uuid) if found.continues else "",
        closed=pricing.closed_area(grid.contract, found.area_id, on=on),
    )


def is_complete(answer: models.PriceLineAnswer | None, offer: models.PriceLineStep | Step | None) -> bool:
    """Say whether an answer can be given: a price where it names one, words where it refuses or insists."""
    if answer is None:
        return False
    if answer.kind in LineAnswer.PRICED:
        return answer.price_gr is not None
    if answer.kind in {LineAnswer.REFUSED, LineAnswer.KEPT}:
        return bool(answer.remark.strip())
    return answer.kind != LineAnswer.TAKEN or (offer is not None and offer.price_gr is not None)


def answers_given(row: models.PriceList) -> dict[int, models.PriceLineStep]:
    """Return what the insurer said last to each line, by service id."""
    steps = models.PriceLineStep.objects.filter(price_list__in=_chain(row), side="insurer")
    return {step.service_id: step for step in steps.order_by("round", "id")}


def rounds(row: models.PriceList) -> int:
    """Return how many answers were given so far, by both sides."""
    steps = models.PriceLineStep.objects.filter(price_list__in=_chain(row))
    return int(steps.aggregate(last=Max("round"))["last"] or 0)


def steps_of(row: models.PriceList) -> dict[int, tuple[Step, ...]]:
    """Return every answer given to each line, in the lists this one continues, too; by service id."""
    found: dict[int, list[Step]] = defaultdict(list)
    steps = models.PriceLineStep.objects.filter(price_list__in=_chain(row))
    for step in steps.order_by("round", "id"):
        found[step.service_id].append(
            Step(
                step.round,
                step.side,
                step.kind,
                step.asked_gr,
                step.price_gr,
                step.remark,
                step.at,
                step.user_name,
            )
        )
    return {service: tuple(said) for service, said in found.items()}


def _chain(row: models.PriceList) -> list[int]:
    """Return the list and those it continues; a negotiation is a few versions long."""
    chain = [row.pk]
    before = row.continues_id
    while before is not None:
        chain.append(before)
        before = models.PriceList.objects.values_list("continues_id", flat=True).get(pk=before)
    return chain


def _line(
    row: PriceRow,
    steps: tuple[Step, ...],
    network: quartiles.Quartiles | None,
    answer: models.PriceLineAnswer | None,
) -> Line:
    """Join a price with what was said to it and what is being prepared."""
    said = [step for step in steps if step.side == "insurer"]
    return Line(
        row=row,
        steps=steps,
        network=network,
        kind=answer.kind if answer else "",
        answer_gr=answer.price_gr if answer else None,
        remark=answer.remark if answer else "",
        is_complete=is_complete(answer, said[-1] if said else None),
    )
