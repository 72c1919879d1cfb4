"""The public search: only what counts now, of one insurer, found by every filter, in the right order."""

from datetime import timedelta

import pytest
from tests.cast import AT, TODAY
from tests.network.public_world import World

from ols.accounts import models as accounts
from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel import hours
from ols.kernel.closures import Closure
from ols.network import models, services
from ols.network.selectors import public_network, public_places, public_statement
from ols.network.selectors.public_statement import Wanted
from ols.network.services import public_network as public
from ols.registry import geography

pytestmark = pytest.mark.django_db
NOON = hours.DAY // 2  # Monday


@pytest.fixture
def world():
    return World()


def test_each_insurer_shows_its_own_clinics_only(world) -> None:
    assert world.names(0) == ["1", "3"]
    assert world.names(1) == ["2", "3"]
    with pytest.raises(NotFound):
        world.clinic(0, insurer=1)
    # Negative control: without the insurer in the statement the walk above would see the others.
    with pytest.MonkeyPatch.context() as patch:
        everybody = public_statement.MEMBERS.replace("k.insurer_id = %(insurer)s", "%(insurer)s > 0")
        patch.setattr(public_statement, "MEMBERS", everybody)
        assert "2" in world.names(0)


@pytest.mark.parametrize("status", ["suspended", "ended"])
def test_who_no_longer_works_together_disappears_at_once(world, status) -> None:
    models.Contract.objects.filter(pk=world.contract().pk).update(status=status)
    assert world.names(0) == ["3"]
    with pytest.raises(NotFound):
        world.clinic(0)


def test_who_has_not_begun_is_not_there_yet(world) -> None:
    models.Contract.objects.filter(pk=world.contract().pk).update(starts_on=TODAY + timedelta(days=1))
    assert world.names(0) == ["3"]
    assert world.names(0, day=TODAY + timedelta(days=1)) == ["1", "3"]


def test_a_blocked_or_hidden_clinic_is_not_shown(world) -> None:
    accounts.Organization.objects.filter(pk=world.clinics[0].id).update(status="blocked")
    assert world.names(0) == ["3"]
    world.place(world.clinics[2], "Wieliczka", "12", is_shown=False)
    assert world.names(0) == []


def test_only_areas_and_services_with_a_price_in_force_are_found(world) -> None:
    areas = {area.code: area.id for area in catalog.areas()}
    service = catalog.find_services(text="cons-001", insurer_id=world.insurers[0].id, on=TODAY)[0]
    assert world.names(0, area_id=areas["CONS"]) == ["1", "3"]
    assert world.names(0, area_id=areas["LAB"]) == []
    assert world.names(0, service_ids=(service.id,)) == ["1", "3"]
    prices = models.ContractedPrice.objects.filter(contract=world.contract(), service_id=service.id)
    prices.update(valid_to=TODAY)
    assert world.names(0, service_ids=(service.id,)) == ["3"]
    assert world.names(0, service_ids=(service.id,), words=("przychodnia", "1")) == ["1", "3"]
    assert world.names(0, words=("krakow",)) == ["1"]
    assert world.names(0, words=("100%_",)) == []


def test_near_a_place_the_nearest_come_first_and_far_ones_are_left_out(world) -> None:
    krakow = geography.meant("Kraków").place
    point = (krakow.latitude, krakow.longitude)
    assert world.names(0, point=point) == ["1", "3"]
    assert world.names(0, point=point, km=5) == ["1"]
    wieliczka = geography.meant("Wieliczka").place
    assert world.names(0, point=(wieliczka.latitude, wieliczka.longitude)) == ["3", "1"]
    found = public_places.find_places(
        insurer_id=world.insurers[0].id, wanted=Wanted(day=TODAY, point=point, km=25)
    )
    assert [round(row.km) for row in found.rows] == [0, 12]


def test_counts_are_of_everything_found_also_outside_the_voivodeship_chosen(world) -> None:
    assert world.names(1, voivodeship="12") == ["3"]
    found = public_places.find_places(
        insurer_id=world.insurers[1].id, wanted=Wanted(day=TODAY, voivodeship="10")
    )
    assert found.by_voivodeship == {"10": 1, "12": 1}
    assert [(point.count, point.marked) for point in found.points] == [(1, 0)]


def test_open_now_and_on_a_day_know_hours_and_holidays(world) -> None:
    assert world.names(0, minute=NOON) == ["1"]
    assert world.names(0, minute=NOON + 6 * 60) == []
    assert world.names(0, weekday=0) == ["1"]
    assert world.names(0, weekday=6) == []
    assert world.names(0, minute=NOON, is_holiday=True) == []
    world.place(world.clinics[0], "Kraków", "12", closed_on_holidays=False)
    assert world.names(0, minute=NOON, is_holiday=True) == ["1"]


def test_open_now_and_on_a_day_know_closed_days(world) -> None:
    shut = Closure(TODAY + timedelta(days=7), TODAY + timedelta(days=9), "Remont (demo)")
    later = Closure(TODAY + timedelta(days=14), TODAY + timedelta(days=14))
    world.place(world.clinics[0], "Kraków", "12", closures=(later, shut))
    week = [TODAY + timedelta(days=days) for days in range(6, 16)]
    open_on = [bool(world.names(0, minute=NOON, open_on=day)) for day in week]
    assert open_on == [True, False, False, False, True, True, True, True, False, True]
    assert world.names(0, weekday=0, open_on=week[1]) == []
    assert world.names(0, weekday=0, open_on=TODAY) == ["1"]
    assert world.names(0) == ["1", "3"]
    assert world.clinic().closures == (shut, later)
    (found, _) = public_places.find_places(insurer_id=world.insurers[0].id, wanted=Wanted(day=TODAY)).rows
    assert found.closures == (shut, later)


def test_highlighted_ones_come_first(world) -> None:
    area = catalog.area(code="CONS")
    assert world.names(0) == ["1", "3"]
    limits = {row.id: row.demo_price_gr for row in catalog.services(area_id=area.id)}
    planner = world.insurers[0].actor(Role.PLAN_MANAGER)
    services.set_price_limits(actor=planner, limits=limits, valid_from=TODAY, at=AT)
    models.Highlight.objects.filter(provider_id=world.clinics[0].id).delete()
    assert world.names(0) == ["3", "1"]
    assert world.names(0, only_marked=True) == ["3"]
    found = world.clinic(2)
    assert found.marked_area_ids == {area.id}


def test_every_insurer_has_an_address_of_its_own_until_it_hides_it(world) -> None:
    slugs = [row.slug for row in public_network.public_networks()]
    assert slugs == ["towarzystwo-ubezpieczen-1-demo", "towarzystwo-ubezpieczen-2-demo"]
    manager = world.insurers[0].actor(Role.NETWORK_MANAGER)
    change = {"may_be_embedded": True, "origins": ("https://Example.org/", "http://localhost:8080"), "at": AT}
    public.change_public_network(actor=manager, slug="pierwsze", is_public=True, **change)
    row = public_network.public_network(slug="pierwsze")
    assert row.origins == ("https://example.org", "http://localhost:8080")
    with pytest.raises(public.AddressTaken):
        public.change_public_network(
            actor=world.insurers[1].actor(Role.NETWORK_MANAGER), slug="pierwsze", is_public=True, **change
        )
    public.change_public_network(actor=manager, slug="pierwsze", is_public=False, **change)
    with pytest.raises(NotFound):
        public_network.public_network(slug="pierwsze")


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org",
        "https://example.org/sciezka",
        "https://",
        "*",
        "https://*.example.org",
        "https://a b",
        "https://example.org; script-src *",
        "javascript:alert(1)",
        "https://user@example.org",
        "https://example.org:port",
        "https://example.org?x",
    ],
)
def test_what_is_no_origin_is_refused(text) -> None:
    with pytest.raises(public.NotAnOrigin):
        public.parse_origin(text)


def terms(kind: str, begins, *, insurer=None, area=None, accept_by=None) -> models.TermsVersion:
    return models.TermsVersion.objects.create(
        kind=kind, insurer_id=insurer, area_id=area, version=str(begins), valid_from=begins, title="R (demo)",
        body="x", sha256="0" * 64, published_at=AT, accept_by=accept_by,
    )  # fmt: skip


def accept(version: models.TermsVersion, clinic) -> None:
    models.TermsAcceptance.objects.create(
        terms=version, organization_id=clinic.id, user_id=1, user_name="Osoba (demo)", at=AT, sha256="0" * 64
    )


def test_who_let_the_deadline_of_new_terms_pass_is_not_shown_until_it_accepts(world) -> None:
    insurer, area = world.insurers[0].id, catalog.area(code="CONS").id
    past, before = TODAY - timedelta(days=1), TODAY - timedelta(days=100)
    for scope in ({"kind": "general"}, {"kind": "thematic", "area": area}):
        old = terms(scope["kind"], before, insurer=insurer, area=scope.get("area"))
        accept(old, world.clinics[0])
        accept(old, world.clinics[2])
        assert world.names(0) == ["1", "3"]
        new = terms(scope["kind"], past, insurer=insurer, area=scope.get("area"), accept_by=past)
        accept(new, world.clinics[2])
        assert world.names(0) == ["3"]
        assert world.names(0, day=past) == []  # the prices had not begun
        with pytest.raises(NotFound):
            world.clinic(0)
        accept(new, world.clinics[0])
    assert world.names(0) == ["1", "3"]


def offered() -> list[tuple[object, ...]]:
    kept = models.OfferedServices.objects.order_by("contract_id", "valid_from")
    return [
        (row.contract_id, row.valid_from, row.valid_to, sorted(row.area_ids), sorted(row.service_ids))
        for row in kept
    ]


def test_what_the_database_keeps_of_prices_is_what_they_say_on_every_day(world) -> None:
    contract = world.contract()
    prices = models.ContractedPrice.objects.filter(contract=contract).order_by("id")
    first, second, third, *_ = prices
    in_two, in_five = TODAY + timedelta(days=2), TODAY + timedelta(days=5)
    prices.filter(pk__in=[first.pk, second.pk]).update(valid_to=in_two)
    prices.filter(pk=third.pk).update(valid_to=TODAY)
    second.pk, second.valid_from, second.valid_to = None, in_five, None
    second.save(force_insert=True)
    for days in range(-1, 8):
        day = TODAY + timedelta(days=days)
        counting = [
            row.service_id
            for row in prices.all()
            if row.valid_from <= day and (row.valid_to is None or row.valid_to > day)
        ]
        kept = [
            sorted(services)
            for number, begins, ends, _, services in offered()
            if number == contract.pk and begins <= day and (ends is None or ends > day)
        ]
        assert kept == ([sorted(counting)] if counting else []), day
    assert len({row[0] for row in offered()}) == 4
    # Negative control: a row that lies would be seen.
    models.OfferedServices.objects.filter(contract=contract).update(service_ids=[])
    assert offered()[0][4] == []
