"""The questions every settlement page answers, asked once."""

from collections.abc import Callable
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from tests.settlement.world import World

from ols.settlement import models


def state() -> tuple[list[tuple[object, ...]], ...]:
    """Return everything a refused request must not have changed."""
    return (
        list(models.SettlementStatement.objects.order_by("id").values_list("id", "status", "paid_on")),
        list(models.PaymentBatch.objects.order_by("id").values_list("id", "status", "approved_by_id")),
        list(models.Payment.objects.order_by("id").values_list("id", "booked_on", "cancelled_at")),
        list(models.BankEntry.objects.order_by("id").values_list("id", "matched_by")),
    )


def ask_refusals(
    world: World, *, name: str, args: tuple[object, ...], verb: str, unkeyed: str, foreign: str = ""
) -> None:
    """Ask as nobody, as a colleague without the key, as another organization, and with a wrong verb."""
    url = reverse(name, args=args)
    before = state()
    assert ask(world, "", url, verb).headers["Location"].startswith("/login/")
    assert ask(world, unkeyed, url, verb).status_code == 403
    if foreign:
        assert ask(world, foreign, url, verb).status_code == 404
        missing = reverse(name, args=(uuid4(), *args[1:]))
        assert ask(world, foreign, missing, verb).status_code == 404
    assert ask(world, unkeyed, url, "put").status_code == 405
    assert state() == before


def ask(world: World, who: str, url: str, verb: str):
    client = world.client(who) if who else Client()
    call: Callable = getattr(client, verb)
    return call(url)
