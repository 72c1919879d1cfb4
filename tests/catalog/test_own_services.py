"""Own services of an insurer: shape, words as of a day, retirement, and nobody else ever sees them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests import cast, scenes
from tests.cast import AT, TODAY
from tests.network.test_highlights import World

from ols.accounts.permissions import Role
from ols.catalog import models, own_service, services
from ols.catalog import selectors as catalog
from ols.catalog.own_service import OwnService
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.network import selectors as network
from ols.network import services as network_services
from ols.plans import selectors as plans
from ols.plans import services as plan_services

pytestmark = pytest.mark.django_db
TELE = OwnService("TELE-01", "Teleporada internisty (demo)", "szt.", "89.02")


@pytest.fixture
def world() -> World:
    made = World()
    made.area = catalog.area(code="CONS").id
    services.add_own_service(actor=made.planner, area_id=made.area, service=TELE, at=AT)
    made.tele = catalog.own_service(made.planner, code="TELE-01").id
    return made


def seen_anywhere(world: World, other: cast.Firm, clinic: cast.Firm, contract: str) -> list[str]:
    """Return where another insurer or a clinic of its network meets the service."""
    planner, owner = other.actor(Role.PLAN_MANAGER), clinic.actor(Role.OWNER)
    grid = network.price_grid(owner, contract_uuid=contract, area_code="CONS", on=TODAY)
    places = {
        "catalog": [row.code for row in catalog.services(area_id=world.area, insurer_id=other.id)],
        "own": [row.code for row in catalog.own_services(planner, area_id=world.area)],
        "limits": [row.service.code for row in plans.limit_rows(planner, area_id=world.area, on=TODAY)],
        "grid": [row.code for row in grid.rows],
    }
    return [place for place, codes in places.items() if TELE.code in codes]


def test_only_the_own_network_sees_it(world, monkeypatch):
    other, clinic = cast.insurer(2), cast.provider(2)
    scenes.prepare_insurer(other, "CONS")
    scenes.finish_stage_two(world.operator, clinic)
    contract = scenes.active(clinic, other)
    assert seen_anywhere(world, world.insurer, world.clinic, world.contract) == [
        "catalog", "own", "limits", "grid",
    ]  # fmt: skip
    assert seen_anywhere(world, other, clinic, contract) == []
    planner = other.actor(Role.PLAN_MANAGER)
    for refused in (
        lambda: services.edit_own_service(actor=planner, service=TELE, at=AT),
        lambda: network_services.retire_own_service(actor=planner, code=TELE.code, retired_on=TODAY, at=AT),
        lambda: network_services.set_price_limits(
            actor=planner, limits={world.tele: 1}, valid_from=TODAY, at=AT
        ),
        lambda: plan_services.keep_limit_change(
            actor=planner, change=plan_services.LimitChange(world.area, TODAY, {world.tele: 1}, 0), at=AT
        ),
    ):
        with pytest.raises(NotFound):
            refused()
    # Negative control: were the service everybody's, the same look would find it.
    models.Service.objects.filter(pk=world.tele).update(insurer_id=None)
    assert seen_anywhere(world, other, clinic, contract) == ["catalog", "limits", "grid"]


def test_a_foreign_own_service_is_in_no_benefit(world):
    planner = cast.insurer(2).actor(Role.PLAN_MANAGER)
    plan = plan_services.create_plan(actor=planner, code="P", name="Plan (demo)", at=AT)
    terms = plan_services.draft_terms(
        actor=planner, plan_uuid=plan, valid_from=TODAY, deductible_gr=0, sum_insured_gr=-1,
        filing_limit_days=30, at=AT,
    )  # fmt: skip
    draft = plan_services.BenefitDraft("B", "Benefit (demo)", (world.tele,))
    with pytest.raises(NotFound):
        plan_services.save_benefit(actor=planner, terms_uuid=terms, draft=draft, at=AT)


def test_shapes_and_codes_are_checked(world):
    def add(service: OwnService) -> None:
        services.add_own_service(actor=world.planner, area_id=world.area, service=service, at=AT)

    for wrong, reason in (
        (OwnService("tele", "Nazwa"), "CODE"),
        (OwnService("A--B", "Nazwa"), "CODE"),
        (OwnService("A-1", "x"), "NAME"),
        (OwnService("A-1", "Nazwa", ""), "UNIT"),
        (OwnService("A-1", "Nazwa", icd9="89"), "ICD9"),
        (OwnService("A-1", "Nazwa", icd9="c53"), "ICD9"),
    ):
        with pytest.raises(services.ServiceRefused) as refused:
            add(wrong)
        assert refused.value.reason == reason
    for right in ("89.0010", "C53", "A123", "100.62", "23.13141", ""):
        assert OwnService("A-1", "Nazwa", icd9=right).mistake() == ""
    for taken in ("CONS-001", "TELE-01"):
        with pytest.raises(services.ServiceCodeTaken):
            add(OwnService(taken, "Nazwa"))
    with pytest.raises(NotPermitted):
        services.add_own_service(
            actor=world.insurer.actor(Role.NETWORK_MANAGER), area_id=world.area,
            service=OwnService("A-1", "Nazwa"), at=AT,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Service.objects.filter(code="CONS-001").update(retired_on=TODAY)


def test_a_list_of_the_past_keeps_the_words_of_its_day(world):
    uuid = scenes.sent_prices(world.clinic, world.contract, "CONS", {world.tele: 100_00})
    network_services.accept_price_list(
        actor=world.insurer.actor(Role.NETWORK_MANAGER), price_list_uuid=uuid, at=AT
    )
    later = AT + timedelta(days=3)
    renamed = OwnService(TELE.code, "Porada na odległość (demo)", "wizyta", "89.08")
    services.edit_own_service(actor=world.planner, service=renamed, at=later)
    services.edit_own_service(actor=world.planner, service=renamed, at=later)
    (row,) = network.price_list(world.owner, uuid=uuid).rows
    assert (row.name, row.unit) == (TELE.name, "szt.")
    grid = network.price_grid(world.owner, contract_uuid=world.contract, area_code="CONS", on=TODAY)
    assert {item.name for item in grid.rows if item.service_id == world.tele} == {renamed.name}
    assert models.ServiceBefore.objects.count() == 1
    now = catalog.services_as_of(ids=[world.tele], at=later)[world.tele]
    assert (now.name, now.icd9) == (renamed.name, "89.08")


def test_a_retired_service_is_offered_and_paid_no_more_and_may_come_back_before(world):
    day = TODAY + timedelta(days=10)

    def retire(on) -> None:
        network_services.retire_own_service(actor=world.planner, code=TELE.code, retired_on=on, at=AT)

    with pytest.raises(services.RetirementInPast):
        retire(TODAY - timedelta(days=1))
    retire(day)
    assert TELE.code in _grid(world, day - timedelta(days=1))
    assert TELE.code not in _grid(world, day)
    retire(None)
    assert TELE.code in _grid(world, day)
    retire(TODAY)
    with pytest.raises(services.RetirementInPast):
        retire(None)
    assert TELE.code not in _grid(world, TODAY)


def test_a_retired_service_no_longer_keeps_the_badge_away(world):
    chosen = {world.services[0]: 100_00, world.tele: 200_00}
    network_services.set_price_limits(
        actor=world.planner, limits=dict.fromkeys(chosen, 100_00), valid_from=TODAY, at=AT
    )
    uuid = scenes.sent_prices(world.clinic, world.contract, "CONS", chosen)
    network_services.accept_price_list(
        actor=world.insurer.actor(Role.NETWORK_MANAGER), price_list_uuid=uuid, at=AT
    )
    day = TODAY + timedelta(days=10)
    network_services.retire_own_service(actor=world.planner, code=TELE.code, retired_on=day, at=AT)
    assert (world.badge(day - timedelta(days=1)), world.badge(day)) == (False, True)
    assert (world.seen().is_highlighted, world.seen(day).is_highlighted) == (False, True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT valid_to FROM network_pub_price WHERE service_id = %s", [world.tele])
        assert cursor.fetchall() == [(day,)]


def test_a_file_is_read_row_by_row():
    rows = [
        (1, ["Kod", "Nazwa", "Jednostka", "ICD-9-PL"]),
        (2, ["tele-01", "Teleporada (demo)", "", "89.02"]),
        (3, ["TELE-01", "Druga (demo)"]),
        (5, ["CONS-001", "Trzecia (demo)"]),
        (6, ["A-1", "x"]),
        (7, ["A-2", "Czwarta (demo)", "szt.", "8"]),
    ]
    found = own_service.read_services(rows, taken={"CONS-001"})
    assert found.services == (OwnService("TELE-01", "Teleporada (demo)", "szt.", "89.02"),)
    assert [(line, reason) for line, _code, reason in found.refused] == [
        (3, "DUPLICATE"), (5, "TAKEN"), (6, "NAME"), (7, "ICD9"),
    ]  # fmt: skip
    with pytest.raises(own_service.ColumnsMissing):
        own_service.read_services([(1, ["a", "b"])], taken=())


def _grid(world: World, day) -> list[str]:
    grid = network.price_grid(world.owner, contract_uuid=world.contract, area_code="CONS", on=day)
    return [row.code for row in grid.rows]
