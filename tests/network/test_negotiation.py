"""Line by line: what is agreed counts at once, what is open goes on, every answer is kept for ever."""

from datetime import date, timedelta

import pytest
from tests import cast, scenes
from tests.cast import AT, TODAY

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.network import models, selectors, services
from ols.network.services import LineDraft
from ols.notifications.models import OutboxMessage
from ols.workflow.machine import TransitionRefused

pytestmark = pytest.mark.django_db
ACCEPT, REFUSE = LineDraft("accepted"), LineDraft("refused", remark="Nie teraz")
TAKE, KEEP, DROP = LineDraft("taken"), LineDraft("kept", remark="Koszty wzrosły"), LineDraft("dropped")


def counter(price_gr: int, remark: str = "") -> LineDraft:
    return LineDraft("countered", price_gr, remark)


def propose(price_gr: int) -> LineDraft:
    return LineDraft("proposed", price_gr)


class World:
    """A clinic that has sent a list of four services; the insurer answers."""

    sent = ""

    def __init__(self) -> None:
        self.insurer, self.clinic, self.contract = scenes.partners("CONS")
        self.owner = self.clinic.actor(Role.OWNER)
        self.manager = self.insurer.actor(Role.NETWORK_MANAGER)
        self.services = [row.id for row in catalog.services(area_id=catalog.area(code="CONS").id)][:4]

    def send(self, *prices: int, valid_from: date = TODAY) -> str:
        """Save and send a price for each of the first services; zero: not offered."""
        wanted = {service: price for service, price in zip(self.services, prices, strict=False) if price}
        uuid = services.save_prices(
            actor=self.owner, contract_uuid=self.contract, area_code="CONS", valid_from=valid_from,
            prices=wanted, at=AT,
        )  # fmt: skip
        services.send_price_list(actor=self.owner, price_list_uuid=str(uuid), at=AT)
        return str(uuid)

    def prepare(self, uuid: str, *answers: LineDraft) -> int:
        """Keep answers to the lines in their order."""
        row = models.PriceList.objects.get(uuid=uuid)
        lines = row.items.order_by("service_id").values_list("service_id", flat=True)
        actor = self.manager if row.status == "sent" else self.owner
        return services.keep_line_answers(
            actor=actor,
            price_list_uuid=uuid,
            answers=dict(zip(lines, answers, strict=False)),
            seen=row.answer_version,
            at=AT,
        )

    def answer(self, uuid: str, *answers: LineDraft) -> str:
        seen = self.prepare(uuid, *answers)
        return services.answer_price_list(actor=self.manager, price_list_uuid=uuid, seen=seen, at=AT)

    def reply(self, uuid: str, *answers: LineDraft) -> str:
        seen = self.prepare(uuid, *answers)
        return services.reply_price_list(actor=self.owner, price_list_uuid=uuid, seen=seen, at=AT)

    def prices_on(self, day: date) -> list[int]:
        """Return the prices in force of the services, zero where there is none."""
        found = {
            row.service_id: row.price_gr
            for row in models.ContractedPrice.objects.filter(valid_from__lte=day)
            if row.valid_to is None or day < row.valid_to
        }
        return [found.get(service, 0) for service in self.services]


@pytest.fixture
def world() -> World:
    return World()


def lists() -> list[tuple[int, str, int]]:
    """Return version, status and number of lines of every list."""
    rows = models.PriceList.objects.order_by("version")
    return [(row.version, row.status, row.items.count()) for row in rows]


def letters(template: str) -> list[str]:
    found = OutboxMessage.objects.filter(payload__template=template).order_by("id")
    return [message.payload["to"] for message in found]


def test_accepted_lines_count_at_once_and_open_ones_go_on(world: World) -> None:
    uuid = world.send(100, 200, 300, 400)
    rest = world.answer(uuid, ACCEPT, counter(180, "Limit"), REFUSE, ACCEPT)
    assert world.prices_on(TODAY) == [100, 0, 0, 400]
    assert lists() == [(1, "accepted", 2), (2, "countered", 2)]
    found = selectors.negotiation(world.owner, uuid=rest, on=TODAY)
    assert [
        (line.asked_gr, line.offer.kind, line.offer.price_gr, line.offer.remark) for line in found.lines
    ] == [
        (200, "countered", 180, "Limit"),
        (300, "refused", None, "Nie teraz"),
    ]
    assert found.is_my_turn
    assert letters("price_list_answer") == [
        "owner.provider1@example.org", "network-manager.insurer1@example.org",
    ]  # fmt: skip
    context = OutboxMessage.objects.filter(payload__template="price_list_answer").first().payload["context"]
    assert (context["accepted"], context["countered"], context["refused"]) == (2, 1, 1)


def test_two_rounds_end_with_every_line_agreed(world: World) -> None:
    first = world.send(100, 200, 300)
    second = world.answer(first, counter(90), counter(180), counter(250))
    assert (second, lists()) == (first, [(1, "countered", 3)])
    third = world.reply(second, TAKE, KEEP, propose(280))
    assert world.prices_on(TODAY) == [90, 0, 0, 0]
    assert lists() == [(1, "accepted", 1), (2, "sent", 2)]
    asked = selectors.negotiation(world.manager, uuid=third, on=TODAY).lines
    assert [(line.asked_gr, line.reply.kind, line.reply.remark) for line in asked] == [
        (200, "kept", "Koszty wzrosły"),
        (280, "proposed", ""),
    ]
    last = world.answer(third, ACCEPT, ACCEPT)
    assert last == third
    assert world.prices_on(TODAY) == [90, 200, 280, 0]
    assert lists() == [(1, "accepted", 1), (2, "accepted", 2)]
    history = selectors.steps_of(models.PriceList.objects.get(uuid=last))[world.services[2]]
    assert [(step.round, step.side, step.kind, step.asked_gr, step.price_gr) for step in history] == [
        (1, "insurer", "countered", 300, 250),
        (2, "provider", "proposed", 300, 280),
        (3, "insurer", "accepted", 280, 280),
    ]


def test_a_new_version_leaves_prices_of_open_lines_in_force(world: World) -> None:
    world_start = TODAY + timedelta(days=10)
    services.accept_price_list(actor=world.manager, price_list_uuid=world.send(100, 200, 300), at=AT)
    rest = world.answer(world.send(110, 220, 0, 400, valid_from=world_start), ACCEPT, counter(210), ACCEPT)
    assert world.prices_on(world_start - timedelta(days=1)) == [100, 200, 300, 0]
    assert world.prices_on(world_start) == [110, 200, 0, 400]  # 200 stays while it is talked about
    world.reply(rest, TAKE)
    assert world.prices_on(world_start) == [110, 210, 0, 400]
    assert world.prices_on(world_start - timedelta(days=1)) == [100, 200, 300, 0]


def test_services_given_up_end_with_what_is_agreed(world: World) -> None:
    start = TODAY + timedelta(days=10)
    services.accept_price_list(actor=world.manager, price_list_uuid=world.send(100, 200), at=AT)
    rest = world.answer(world.send(110, 220, valid_from=start), REFUSE, counter(210))
    world.reply(rest, DROP, TAKE)
    assert world.prices_on(start) == [0, 210, 0, 0]
    assert lists()[-1] == (2, "accepted", 1)


def test_giving_everything_up_leads_back_to_the_grid(world: World) -> None:
    services.accept_price_list(actor=world.manager, price_list_uuid=world.send(100, 200), at=AT)
    rest = world.answer(world.send(110, 220, valid_from=TODAY + timedelta(days=10)), REFUSE, ACCEPT)
    world.reply(rest, DROP)
    assert lists() == [(1, "accepted", 2), (2, "accepted", 1), (3, "draft", 1)]
    grid = selectors.price_grid(world.owner, contract_uuid=world.contract, area_code="CONS", on=TODAY)
    assert [row.price_gr for row in grid.rows if row.price_gr] == [220]


def test_the_clinic_may_take_an_answered_list_back_to_the_grid(world: World) -> None:
    rest = world.answer(world.send(100, 200, 300), ACCEPT, counter(180), REFUSE)
    services.rework_price_list(actor=world.owner, price_list_uuid=rest, at=AT)
    grid = selectors.price_grid(world.owner, contract_uuid=world.contract, area_code="CONS", on=TODAY)
    assert (grid.status, [row.price_gr for row in grid.rows if row.price_gr]) == ("draft", [100, 200, 300])
    again = world.send(100, 190, 290, valid_from=TODAY + timedelta(days=1))
    assert again == rest
    services.accept_price_list(actor=world.manager, price_list_uuid=again, at=AT)
    assert world.prices_on(TODAY + timedelta(days=1)) == [100, 190, 290, 0]


@pytest.mark.parametrize("action", ["withdraw", "return"])
def test_a_partial_list_that_goes_back_is_whole(world: World, action: str) -> None:
    rest = world.reply(world.answer(world.send(100, 200), ACCEPT, counter(180)), KEEP)
    if action == "withdraw":
        services.withdraw_price_list(actor=world.owner, price_list_uuid=rest, at=AT)
    else:
        services.return_price_list(actor=world.manager, price_list_uuid=rest, remark="Razem", at=AT)
    row = models.PriceList.objects.get(uuid=rest)
    assert dict(row.items.values_list("service_id", "price_gr")) == dict(
        zip(world.services, (100, 200), strict=False)
    )
    assert not row.is_partial


def test_the_same_price_is_an_agreement_whatever_it_is_called(world: World) -> None:
    rest = world.answer(world.send(100, 200), counter(100), counter(180))
    assert world.prices_on(TODAY)[:2] == [100, 0]
    world.reply(rest, propose(180))
    assert world.prices_on(TODAY)[:2] == [100, 180]


def test_an_incomplete_answer_is_kept_but_not_given(world: World) -> None:
    uuid = world.send(100, 200, 300, 400)
    wrong = (LineDraft("countered"), LineDraft("refused", remark=" "), ACCEPT)
    seen = world.prepare(uuid, *wrong)
    with pytest.raises(services.AnswersMissing) as refused:
        services.answer_price_list(actor=world.manager, price_list_uuid=uuid, seen=seen, at=AT)
    assert refused.value.service_ids == [world.services[place] for place in (0, 1, 3)]
    assert lists() == [(1, "sent", 4)]
    found = selectors.negotiation(world.manager, uuid=uuid, on=TODAY)
    assert [line.kind for line in found.lines] == ["countered", "refused", "accepted", ""]
    assert (
        selectors.negotiation(world.owner, uuid=uuid, on=TODAY).lines[0].kind == ""
    )  # not the clinic's business


def test_a_refused_line_cannot_be_taken(world: World) -> None:
    rest = world.answer(world.send(100), REFUSE)
    with pytest.raises(services.AnswersMissing):
        world.reply(rest, TAKE)


def test_impossible_answers_are_not_kept(world: World) -> None:
    uuid = world.send(100)
    foreign = {world.services[3]: ACCEPT}
    for answers in (foreign, {world.services[0]: TAKE}, {world.services[0]: LineDraft("accepted", 5)}):
        with pytest.raises(services.AnswersWrong):
            services.keep_line_answers(
                actor=world.manager, price_list_uuid=uuid, answers=answers, seen=0, at=AT
            )
    assert models.PriceLineAnswer.objects.count() == 0


def test_an_old_page_overwrites_nothing(world: World) -> None:
    uuid = world.send(100)
    world.prepare(uuid, ACCEPT)
    with pytest.raises(services.AnswersChanged) as refused:
        services.keep_line_answers(actor=world.manager, price_list_uuid=uuid, answers={}, seen=0, at=AT)
    assert refused.value.by == world.manager.name
    with pytest.raises(services.AnswersChanged):
        services.answer_price_list(actor=world.manager, price_list_uuid=uuid, seen=0, at=AT)


def test_what_was_being_prepared_goes_when_the_list_goes(world: World) -> None:
    uuid = world.send(100)
    world.prepare(uuid, counter(90))
    services.withdraw_price_list(actor=world.owner, price_list_uuid=uuid, at=AT)
    assert models.PriceLineAnswer.objects.count() == 0
    with pytest.raises(TransitionRefused):
        services.keep_line_answers(actor=world.owner, price_list_uuid=uuid, answers={}, seen=1, at=AT)


def test_each_side_answers_in_its_turn_and_strangers_never(world: World) -> None:
    uuid = world.send(100)
    rival, stranger = cast.insurer(2).actor(Role.NETWORK_MANAGER), cast.provider(2).actor(Role.OWNER)
    keep = {"price_list_uuid": uuid, "answers": {}, "seen": 0, "at": AT}
    for actor, error in (
        (rival, NotFound), (stranger, NotFound), (world.owner, TransitionRefused),
        (world.insurer.actor(Role.PLAN_MANAGER), NotPermitted),
    ):  # fmt: skip
        with pytest.raises(error):
            services.keep_line_answers(actor=actor, **keep)
    for actor in (rival, stranger):
        with pytest.raises(NotFound):
            selectors.negotiation(actor, uuid=uuid, on=TODAY)
    rest = world.answer(uuid, counter(90))
    with pytest.raises(TransitionRefused):
        services.accept_price_list(actor=world.manager, price_list_uuid=rest, at=AT)
    with pytest.raises(NotPermitted):
        services.rework_price_list(actor=world.clinic.actor(Role.RECEPTIONIST), price_list_uuid=rest, at=AT)
    models.Contract.objects.update(status="suspended")
    with pytest.raises(services.ContractNotActive):
        world.reply(rest, TAKE)


def test_the_instruction_comes_once_with_the_first_prices(world: World) -> None:
    rest = world.answer(world.send(100, 200), ACCEPT, counter(180))
    people = ["owner.provider1@example.org", "receptionist.provider1@example.org"]
    assert letters("benefit_instruction") == people
    world.reply(rest, TAKE)
    assert letters("benefit_instruction") == people
    assert letters("price_list_agreed") == ["network-manager.insurer1@example.org"]
