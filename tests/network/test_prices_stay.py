"""The database itself keeps accepted prices as they are, whoever asks and however."""

from collections.abc import Callable
from datetime import timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests import scenes
from tests.cast import AT, TODAY

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.network import models, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted() -> models.PriceList:
    """Return a list that is accepted: two prices, in force from today."""
    insurer, clinic, contract = scenes.partners("CONS")
    first, second, *_ = catalog.services(area_id=catalog.area(code="CONS").id)
    uuid = scenes.sent_prices(clinic, contract, "CONS", {first.id: 100, second.id: 200})
    services.accept_price_list(actor=insurer.actor(Role.NETWORK_MANAGER), price_list_uuid=uuid, at=AT)
    return models.PriceList.objects.get()


def run(sql: str) -> Callable[[], None]:
    """Return the statement as something to try."""

    def execute() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    return execute


_WORDS = r"never change|Cannot"
REFUSED = {
    "a list back to draft": "UPDATE network_price_list SET status = 'draft'",
    "a list from another day": "UPDATE network_price_list SET valid_from = valid_from + 1",
    "a list gone": "DELETE FROM network_price_list",
    "another price in a list": "UPDATE network_price_list_item SET price_gr = price_gr + 1",
    "a price of a list gone": "DELETE FROM network_price_list_item WHERE price_gr = 100",
    "one more price in a list": (
        "INSERT INTO network_price_list_item (price_list_id, service_id, price_gr)"
        " SELECT l.id, s.id, 1 FROM network_price_list l, catalog_service s"
        " WHERE s.id NOT IN (SELECT service_id FROM network_price_list_item) LIMIT 1"
    ),
    "another price in force": "UPDATE network_contracted_price SET price_gr = price_gr - 1",
    "a price in force from earlier": "UPDATE network_contracted_price SET valid_from = valid_from - 30",
    "a price in force gone": "DELETE FROM network_contracted_price",
    "an end before the beginning": "UPDATE network_contracted_price SET valid_to = valid_from - 1",
    "an end and another price": "UPDATE network_contracted_price SET valid_to = valid_from + 9, price_gr = 1",
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(accepted: models.PriceList, what: str) -> None:
    before = everything()
    with pytest.raises(DatabaseError, match=_WORDS):
        run(REFUSED[what])()
    assert everything() == before


def test_an_end_only_comes_nearer(accepted: models.PriceList) -> None:
    run("UPDATE network_contracted_price SET valid_to = valid_from + 9")()
    for sql in ("valid_to = valid_from + 10", "valid_to = NULL"):
        with pytest.raises(DatabaseError, match="only comes nearer"):
            run(f"UPDATE network_contracted_price SET {sql}")()
    run("UPDATE network_contracted_price SET valid_to = valid_from + 1")()  # the co-operation ends


def test_no_list_is_accepted_for_days_gone_by(accepted: models.PriceList) -> None:
    row = models.PriceList.objects.create(
        contract_id=accepted.contract_id,
        area_id=accepted.area_id,
        version=2,
        status="sent",
        valid_from=TODAY - timedelta(days=1),
        created_at=AT,
    )
    with pytest.raises(IntegrityError, match="network_price_list_not_back"), transaction.atomic():
        models.PriceList.objects.filter(pk=row.pk).update(status="accepted", decided_at=AT)
    models.PriceList.objects.filter(pk=row.pk).update(status="accepted", decided_at=AT, valid_from=TODAY)


def test_answers_given_stay(accepted: models.PriceList) -> None:
    service = accepted.items.first().service_id
    models.PriceLineStep.objects.create(
        price_list=accepted, round=1, service_id=service, side="insurer", kind="accepted",
        asked_gr=100, price_gr=100, at=AT, user_name="x",
    )  # fmt: skip
    for sql in ("UPDATE network_price_line_step SET remark = 'y'", "DELETE FROM network_price_line_step"):
        with pytest.raises(DatabaseError, match="Cannot"):
            run(sql)()


def test_the_same_statements_change_lists_that_are_not_accepted(accepted: models.PriceList) -> None:
    """The negative control: without the guards each of them changes something, and `everything` sees it."""
    before = everything()
    for what, sql in REFUSED.items():
        if what == "an end before the beginning":
            continue  # no range can be made of it: the exclusion constraint refuses it, too
        point = transaction.savepoint()
        without_guards()
        run(sql)()
        assert everything() != before, what
        transaction.savepoint_rollback(point)
    assert everything() == before


def without_guards() -> None:
    """Let no trigger look, until the savepoint is rolled back.

    `pgtrigger.ignore` sends two commands at once, which our connections refuse: they bind on the server.
    """
    names = [trigger.get_pgid(model) for model, trigger in pgtrigger.registered()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{','.join(names)}}}"])


def everything() -> list[object]:
    """Return all that is stored of lists and prices."""
    tables = (models.PriceList, models.PriceListItem, models.ContractedPrice)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]
