"""The insurer's review of a price list as a file: what the page shows, and no clinic's price read from it."""

import pytest
from tests import cast, scenes

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.documents import sheets
from ols.network import services as network

pytestmark = pytest.mark.django_db
QUARTILES = slice(7, 11)


@pytest.fixture
def insurer():
    made = cast.insurer()
    scenes.prepare_insurer(made, "CONS")
    return made


@pytest.fixture
def services():
    return [row.id for row in catalog.services(area_id=catalog.area(code="CONS").id)][:2]


def join(operator, insurer, number, prices, *, accept):
    """Let a clinic send prices; return the list."""
    clinic = cast.provider(number)
    scenes.finish_stage_two(operator, clinic)
    contract = scenes.active(clinic, insurer)
    scenes.accept_area(clinic, insurer, "CONS")
    uuid = scenes.sent_prices(clinic, contract, "CONS", prices)
    if accept:
        network.accept_price_list(actor=insurer.actor(Role.NETWORK_MANAGER), price_list_uuid=uuid, at=cast.AT)
    return uuid


def table(client, uuid, query="", kind="csv"):
    answer = client.get(f"/insurer/price-lists/{uuid}/export/{kind}/{query}")
    assert answer.status_code == 200
    return [row.cells for row in sheets.read_table(answer.content)]


def test_the_lines_with_limits_differences_and_answers(insurer, services):
    network.set_price_limits(
        actor=insurer.actor(Role.PLAN_MANAGER),
        limits={services[0]: 100_00},
        valid_from=cast.TODAY,
        at=cast.AT,
    )
    uuid = join(cast.operator(), insurer, 1, {services[0]: 150_00, services[1]: 90_00}, accept=False)
    client = insurer.client("network-manager")
    assert (
        f"/insurer/price-lists/{uuid}/export/xlsx/"
        in client.get(f"/insurer/price-lists/{uuid}/").content.decode()
    )
    answers = {services[0]: network.LineDraft("countered", 95_50, "=1+1")}
    network.keep_line_answers(
        actor=insurer.actor(Role.NETWORK_MANAGER), price_list_uuid=uuid, answers=answers, seen=0, at=cast.AT
    )
    head, first, second = table(client, uuid)
    assert head[3:7] == ("Limit", "Cena w cenniku", "Cena teraz", "Różnica do limitu")
    assert first[3:7] == ("100,00", "150,00", "", "50,00")
    assert first[11:] == ("Kontroferta", "95,50", "'=1+1")
    assert second[3:7] == ("", "90,00", "", "")
    assert second[11:] == ("", "", "")
    raw = client.get(f"/insurer/price-lists/{uuid}/export/csv/").content.decode()
    assert ";'=1+1" in raw  # never a formula
    assert len(table(client, uuid, "?only=over")) == 2
    assert [row[:2] for row in table(client, uuid, kind="xlsx")] == [head[:2], first[:2], second[:2]]
    assert client.get(f"/insurer/price-lists/{uuid}/export/pdf/").status_code == 404


def test_quartiles_need_five_other_clinics(insurer, services):
    operator = cast.operator()
    mine = join(operator, insurer, 1, {services[0]: 99_00}, accept=False)
    for number in range(2, 6):
        join(operator, insurer, number, {services[0]: (100 + number) * 100 + 37}, accept=True)
    client = insurer.client("network-manager")
    assert table(client, mine)[1][QUARTILES] == ("", "", "", "")  # four others
    join(operator, insurer, 6, {services[0]: 106_37}, accept=True)
    assert table(client, mine)[1][QUARTILES] == ("103,00", "104,00", "105,00", "5")


def test_an_accepted_list_says_so(insurer, services):
    uuid = join(cast.operator(), insurer, 1, {services[0]: 99_00}, accept=True)
    assert table(insurer.client("network-manager"), uuid)[1][11] == "Przyjęty"


def test_only_with_the_permission_and_never_another_insurers(insurer, services, client):
    uuid = join(cast.operator(), insurer, 1, {services[0]: 99_00}, accept=False)
    address = f"/insurer/price-lists/{uuid}/export/csv/"
    assert insurer.client("claims-handler").get(address).status_code == 403
    assert cast.insurer(2).client("network-manager").get(address).status_code == 404
    assert client.get(address)["Location"].startswith("/login/")
