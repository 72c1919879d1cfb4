"""Two people decide at once: one answer counts, whoever is faster; nothing is half done.

The same count sees both come through where nothing guards them.
"""

import threading

import pytest
from tests.cast import AT, TODAY
from tests.network.test_negotiation import ACCEPT, KEEP, TAKE, World, counter
from tests.together import many_at_once

from ols.network import models, selectors, services

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db) -> World:
    return World()


def through(results: list[object]) -> list[object]:
    return [result for result in results if not isinstance(result, Exception)]


def refusals(results: list[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results if isinstance(result, Exception))


def test_two_people_send_an_answer_at_once(world: World) -> None:
    uuid = world.send(100, 200, 300)
    seen = world.prepare(uuid, ACCEPT, counter(180), ACCEPT)
    give = {"actor": world.manager, "price_list_uuid": uuid, "seen": seen, "at": AT}
    results = many_at_once(4, lambda _: services.answer_price_list(**give))
    assert len(through(results)) == 1
    assert refusals(results) == ["TransitionRefused"] * 3
    assert models.PriceList.objects.count() == 2
    assert models.PriceLineStep.objects.count() == 3
    assert models.ContractedPrice.objects.count() == 2


def test_two_people_save_answers_at_once(world: World) -> None:
    uuid = world.send(100)
    answers = [{world.services[0]: ACCEPT}, {world.services[0]: counter(90)}]
    results = many_at_once(
        2,
        lambda number: services.keep_line_answers(
            actor=world.manager, price_list_uuid=uuid, answers=answers[number], seen=0, at=AT
        ),
    )
    assert through(results) == [1]
    assert refusals(results) == ["AnswersChanged"]
    assert models.PriceLineAnswer.objects.count() == 1


@pytest.mark.parametrize("other", ["withdraw", "accept"])
def test_an_answer_against_another_step(world: World, other: str) -> None:
    uuid = world.send(100, 200)
    seen = world.prepare(uuid, ACCEPT, counter(180))
    acts = [
        lambda: services.answer_price_list(actor=world.manager, price_list_uuid=uuid, seen=seen, at=AT),
        {
            "withdraw": lambda: services.withdraw_price_list(actor=world.owner, price_list_uuid=uuid, at=AT),
            "accept": lambda: services.accept_price_list(actor=world.manager, price_list_uuid=uuid, at=AT),
        }[other],
    ]
    results = many_at_once(2, lambda number: acts[number]())
    assert refusals(results) == ["TransitionRefused"]
    is_answered = models.PriceLineStep.objects.exists()
    prices = models.ContractedPrice.objects.count()
    assert prices == (1 if is_answered else {"withdraw": 0, "accept": 2}[other])


def test_the_clinic_replies_and_takes_the_list_back_at_once(world: World) -> None:
    rest = world.answer(world.send(100, 200), counter(90), counter(180))
    seen = world.prepare(rest, TAKE, KEEP)
    acts = [
        lambda: services.reply_price_list(actor=world.owner, price_list_uuid=rest, seen=seen, at=AT),
        lambda: services.rework_price_list(actor=world.owner, price_list_uuid=rest, at=AT),
    ]
    results = many_at_once(2, lambda number: acts[number]())
    assert refusals(results) == ["TransitionRefused"]
    is_replied = models.PriceLineStep.objects.filter(side="provider").exists()
    assert models.ContractedPrice.objects.count() == int(is_replied)
    status = selectors.negotiation(world.owner, uuid=rest, on=TODAY).grid.status
    assert status == ("accepted" if is_replied else "draft")


def test_without_a_guard_both_come_through(world: World) -> None:
    """The planted fault: read, think, write."""
    uuid, thought = world.send(100), threading.Barrier(2)

    def careless(_: int) -> str:
        assert models.PriceList.objects.get(uuid=uuid).status == "sent"
        thought.wait()
        models.PriceList.objects.filter(uuid=uuid).update(status="countered")
        return uuid

    assert len(through(many_at_once(2, careless))) == 2
