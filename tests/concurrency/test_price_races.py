"""One price a day and one contract a pair, whoever is faster.

The checker looks at the rows, and is shown to see a planted fault in the same run.
"""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection
from tests import cast, scenes
from tests.cast import AT, TODAY
from tests.together import at_once, many_at_once

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.network import models, services
from ols.network.services.price_lists import locking, sending
from ols.notifications.models import OutboxMessage
from ols.workflow import machine

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

OVERLAPS = """
SELECT count(*) FROM {table} a JOIN {table} b ON a.id < b.id AND a.insurer_id = b.insurer_id
AND a.provider_id = b.provider_id AND a.service_id = b.service_id
AND daterange(a.valid_from, a.valid_to) && daterange(b.valid_from, b.valid_to)
"""
INSERT = """
INSERT INTO {table} (contract_id, insurer_id, provider_id, area_id,
 service_id, price_list_id, price_gr, valid_from)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


def overlaps(table: str) -> int:
    """Count pairs of prices for the same service on the same day."""
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS.format(table=table))
        return int(cursor.fetchone()[0])


@pytest.fixture
def pair() -> tuple[cast.Firm, cast.Firm, str]:
    return scenes.partners("CONS")


def test_the_database_refuses_two_prices_on_a_day(pair: tuple[cast.Firm, cast.Firm, str]) -> None:
    insurer, clinic, uuid = pair
    contract = models.Contract.objects.get(uuid=uuid)
    service = catalog.services(area_id=catalog.area(code="CONS").id)[0]
    price_list = models.PriceList.objects.create(
        contract=contract, area_id=service.area_id, version=1, created_at=AT
    )
    with connection.cursor() as cursor:  # the planted fault: the same table without its constraint
        cursor.execute(
            "CREATE TABLE unguarded (LIKE network_contracted_price INCLUDING IDENTITY INCLUDING DEFAULTS)"
        )

    def insert(table: str, number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                INSERT.format(table=table),
                [
                    contract.pk,
                    insurer.id,
                    clinic.id,
                    service.area_id,
                    service.id,
                    price_list.pk,
                    100 + number,
                    TODAY + timedelta(days=number),
                ],
            )

    try:
        guarded = many_at_once(8, lambda number: insert("network_contracted_price", number))
        unguarded = many_at_once(8, lambda number: insert("unguarded", number))
        # Of those who wait for each other in a circle the database breaks one off; that is a refusal, too.
        refused = [result for result in guarded if result is not None]
        assert len(refused) == 7
        assert all(isinstance(result, (IntegrityError, OperationalError)) for result in refused)
        assert unguarded == [None] * 8
        assert overlaps("network_contracted_price") == 0
        assert overlaps("unguarded") == 28
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE unguarded")


def test_a_list_is_accepted_once(pair: tuple[cast.Firm, cast.Firm, str]) -> None:
    insurer, clinic, uuid = pair
    service = catalog.services(area_id=catalog.area(code="CONS").id)[0]
    price_list = scenes.sent_prices(clinic, uuid, "CONS", {service.id: 100})
    manager = insurer.actor(Role.NETWORK_MANAGER)
    results = many_at_once(
        6, lambda _: services.accept_price_list(actor=manager, price_list_uuid=price_list, at=AT)
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType"] + ["TransitionRefused"] * 5
    assert models.ContractedPrice.objects.count() == 1


def accepted_and_withdrawn(pair: tuple[cast.Firm, cast.Firm, str]) -> tuple[object, ...]:
    """Let the insurer accept a list while the clinic takes it back; return what came of it.

    Whose refusal it was, where the list stands, how many prices count, who was written to.
    """
    insurer, clinic, uuid = pair
    service = catalog.services(area_id=catalog.area(code="CONS").id)[0]
    price_list = scenes.sent_prices(clinic, uuid, "CONS", {service.id: 100})
    manager, owner = insurer.actor(Role.NETWORK_MANAGER), clinic.actor(Role.OWNER)
    results = at_once(
        lambda: services.accept_price_list(actor=manager, price_list_uuid=price_list, at=AT),
        lambda: services.withdraw_price_list(actor=owner, price_list_uuid=price_list, at=AT),
    )
    told = OutboxMessage.objects.filter(payload__template__in=["price_list_agreed", "price_list_withdrawn"])
    return (
        [type(result).__name__ for result in results],
        models.PriceList.objects.get().status,
        models.ContractedPrice.objects.count(),
        [row.payload["template"] for row in told.order_by("id")],
    )


ONE_TRUTH = (
    (["NoneType", "TransitionRefused"], "accepted", 1, ["price_list_agreed"]),
    (["TransitionRefused", "NoneType"], "draft", 0, ["price_list_withdrawn"]),
)


def test_accepting_and_withdrawing_at_once_leaves_one_truth(pair: tuple[cast.Firm, cast.Firm, str]) -> None:
    assert accepted_and_withdrawn(pair) in ONE_TRUTH


def test_without_locks_and_swap_accepting_and_withdrawing_leave_none(
    pair: tuple[cast.Firm, cast.Firm, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: both read "sent" before either has written."""
    thought, swap = threading.Barrier(2), machine.apply

    def unlocked(*, uuid: str, **_whose: int | None) -> models.PriceList:
        return models.PriceList.objects.select_related("contract", "area").get(uuid=uuid)

    def careless(kind, row, action, **more) -> None:
        if action not in {"accept", "withdraw"}:
            swap(kind, row, action, **more)
            return
        thought.wait(timeout=30)
        for name, value in (more.get("set_fields") or {}).items():
            setattr(row, name, value)
        row.status = kind.transitions[action].target
        row.save()

    for module in (locking, sending):
        monkeypatch.setattr(module, "locked_list", unlocked)
    sent = scenes.sent_prices

    def sent_and_then_careless(*given):
        found = sent(*given)
        monkeypatch.setattr(machine, "apply", careless)
        return found

    monkeypatch.setattr(scenes, "sent_prices", sent_and_then_careless)
    assert accepted_and_withdrawn(pair) not in ONE_TRUTH


def test_clicking_many_times_starts_one_cooperation() -> None:
    operator, insurer, clinic = cast.operator(), cast.insurer(), cast.provider()
    scenes.prepare_insurer(insurer)
    scenes.finish_stage_two(operator, clinic)
    owner = clinic.actor(Role.OWNER)
    terms = models.TermsVersion.objects.get(kind="general")
    services.open_terms(actor=owner, terms_uuid=str(terms.uuid), at=AT)
    results = many_at_once(6, lambda _: services.start_cooperation(actor=owner, insurer_id=insurer.id, at=AT))
    contract = models.Contract.objects.get()
    assert results == [contract.uuid] * 6
