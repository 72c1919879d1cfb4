"""Who is marked out: the rule, the same rule in SQL, what is stored, what clinics are told."""

import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests import cast, scenes
from tests.cast import AT, TODAY

from ols.accounts.permissions import Role
from ols.audit import models as audit
from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.network import highlight_rule, models, selectors, services
from ols.network.selectors import badges, highlight_timeline
from ols.notifications.models import OutboxMessage
from ols.plans import models as plans

SYSTEM = cast.SYSTEM


def test_the_rule_is_that_of_the_worked_example():
    limits = [200_00, 170_00, 150_00]
    fits = highlight_rule.standing(zip([200_00, 165_00, 150_00], limits, strict=True))
    over = highlight_rule.standing(zip([200_00, 171_00, 150_00], limits, strict=True))
    assert (fits.is_highlighted, fits.worst_gr) == (True, 0)
    assert (over.is_highlighted, over.over, over.worst_gr) == (False, 1, 1_00)
    assert highlight_rule.standing([]).is_highlighted is False
    assert highlight_rule.standing([(900_00, None)]).is_highlighted is False
    assert highlight_rule.standing([(900_00, None), (10, 10)]).is_highlighted is True


class World:
    """A clinic with an accepted price list of consultations, and its insurer."""

    def __init__(self) -> None:
        self.operator = cast.operator()
        self.insurer, self.clinic = cast.insurer(), cast.provider()
        scenes.prepare_insurer(self.insurer, "CONS", "NURS")
        scenes.finish_stage_two(self.operator, self.clinic)
        self.contract = scenes.active(self.clinic, self.insurer)
        scenes.accept_area(self.clinic, self.insurer, "CONS")
        self.owner = self.clinic.actor(Role.OWNER)
        self.planner = self.insurer.actor(Role.PLAN_MANAGER)
        self.services = [row.id for row in catalog.services(area_id=catalog.area(code="CONS").id)]

    def agree(self, *prices: int) -> None:
        chosen = dict(zip(self.services, prices, strict=False))
        uuid = scenes.sent_prices(self.clinic, self.contract, "CONS", chosen)
        services.accept_price_list(
            actor=self.insurer.actor(Role.NETWORK_MANAGER), price_list_uuid=uuid, at=AT
        )

    def limit(self, *limits: int | None, day: date = TODAY, at=AT) -> None:
        chosen = dict(zip(self.services, limits, strict=False))
        services.set_price_limits(actor=self.planner, limits=chosen, valid_from=day, at=at)
        services.tell_network(actor=SYSTEM, insurer_id=self.insurer.id, at=at)

    def badge(self, day: date = TODAY) -> bool:
        found = selectors.highlighted_areas(insurer_id=self.insurer.id, on=day)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM network_pub_highlight WHERE provider_id = %s AND valid_from <= %s"
                " AND (valid_to IS NULL OR valid_to > %s)",
                [self.clinic.id, day, day],
            )
            assert cursor.fetchone() == (len(found),)
        assert found in ({}, {self.clinic.id: frozenset({"CONS"})})
        return bool(found)

    def seen(self, day: date = TODAY) -> selectors.AreaHighlight:
        return selectors.highlight(self.owner, contract_uuid=self.contract, area_code="CONS", on=day)


@pytest.fixture
def world(db) -> World:
    return World()


def letters() -> list[tuple[str, str]]:
    found = OutboxMessage.objects.filter(payload__template__startswith="highlight").order_by("id")
    return [
        (row.payload["template"].removeprefix("highlight_"), row.payload["context"]["day"]) for row in found
    ]


def nightly(day: date) -> None:
    services.refresh_network(actor=SYSTEM, at=AT + (day - TODAY))


def test_prices_under_the_limits_bring_the_badge_and_a_letter(world):
    world.limit(200_00, 170_00, 150_00)
    assert world.badge() is False
    world.agree(200_00, 165_00, 150_00, 999_00)
    assert world.badge() is True
    assert world.badge(TODAY + timedelta(days=400)) is True
    assert world.badge(TODAY - timedelta(days=1)) is False
    assert letters() == [("gained", "23.11.2026")]
    seen = world.seen()
    assert (seen.is_highlighted, seen.standing.compared, seen.over, seen.next_change) == (True, 3, (), None)


def test_one_zloty_too_much_is_named(world):
    world.limit(200_00, 170_00, 150_00)
    world.agree(200_00, 171_00, 150_00)
    assert world.badge() is False
    (price,) = world.seen().over
    assert (price.service_id, price.over_gr) == (world.services[1], 1_00)
    assert letters() == []


def test_a_lowered_limit_is_told_14_days_ahead_and_once(world):
    world.limit(200_00, 170_00)
    world.agree(200_00, 165_00)
    day = TODAY + timedelta(days=30)
    world.limit(199_00, 165_00, day=day)
    assert letters() == [("gained", "23.11.2026")]
    change = world.seen().next_change
    assert (change.day, change.is_highlighted) == (day, False)
    assert [(row.price.over_gr, row.limit_before_gr, row.price.limit_gr) for row in change.reasons] == [
        (1_00, 200_00, 199_00)
    ]
    nightly(day - timedelta(days=15))
    assert len(letters()) == 1
    for ahead in (14, 14, 13, 1):
        nightly(day - timedelta(days=ahead))
    assert letters()[1:] == [("ahead", "23.12.2026")]
    (line,) = OutboxMessage.objects.get(payload__template="highlight_ahead").payload["context"]["lines"]
    assert line["service"].startswith("CONS-001")
    assert {key: value.replace("\xa0", " ") for key, value in line.items() if key != "service"} == {
        "price": "200,00 zł",
        "before": "200,00 zł",
        "limit": "199,00 zł",
        "over": "1,00 zł",
    }
    assert (world.badge(day - timedelta(days=1)), world.badge(day)) == (True, False)
    nightly(day)
    nightly(day + timedelta(days=1))
    assert letters()[2:] == [("lost", "23.12.2026")]
    told = audit.Event.objects.filter(event__startswith="highlight.").order_by("id")
    assert [row.event for row in told] == ["highlight.gained", "highlight.ahead", "highlight.lost"]


def test_a_near_change_is_told_at_once_and_its_withdrawal_too(world):
    world.limit(200_00)
    world.agree(200_00)
    day = TODAY + timedelta(days=5)
    world.limit(150_00, day=day)
    assert letters()[1:] == [("ahead", "28.11.2026")]
    world.limit(200_00, day=day)
    assert letters()[2:] == [("stays", "28.11.2026")]
    world.limit(150_00, day=day)
    assert letters()[3:] == [("ahead", "28.11.2026")]
    world.limit(150_00)
    assert letters()[4:] == [("lost", "23.11.2026")]
    assert models.HighlightNotice.objects.filter(withdrawn_at=None).count() == 2


def test_what_was_shown_before_today_stays(world):
    world.limit(200_00)
    world.agree(200_00)
    later = TODAY + timedelta(days=10)
    world.limit(150_00, day=later, at=AT + timedelta(days=10))
    assert (world.badge(later - timedelta(days=1)), world.badge(later)) == (True, False)
    rows = models.Highlight.objects.order_by("valid_from").values_list("valid_from", "valid_to", "over")
    assert list(rows) == [(TODAY, later, 0), (later, None, 1)]
    nightly(later)
    nightly(later + timedelta(days=1))
    assert models.Highlight.objects.count() == 2


def test_a_suspended_clinic_has_no_badge_and_gets_it_back(world):
    world.limit(200_00)
    world.agree(200_00)
    models.Contract.objects.update(status="suspended")
    assert (world.badge(), world.seen().is_highlighted, world.seen().next_change) == (False, False, None)
    nightly(TODAY + timedelta(days=1))
    models.Contract.objects.update(status="active")
    assert world.badge(TODAY + timedelta(days=1)) is True
    assert letters() == [("gained", "23.11.2026")]
    models.Contract.objects.update(status="ended")
    nightly(TODAY + timedelta(days=2))
    assert models.Highlight.objects.filter(valid_to=None).count() == 0


def test_only_the_parties_see_what_keeps_the_badge_away(world):
    for stranger in (cast.provider(2).actor(Role.OWNER), cast.insurer(2).actor(Role.PLAN_MANAGER)):
        with pytest.raises(NotFound):
            selectors.highlight(stranger, contract_uuid=world.contract, area_code="CONS", on=TODAY)
    manager = world.insurer.actor(Role.NETWORK_MANAGER)
    assert selectors.highlights(manager, contract_uuid=world.contract, on=TODAY) == []


def test_the_database_refuses_two_answers_for_one_day(world):
    world.limit(200_00)
    world.agree(200_00)
    row = models.Highlight.objects.get()
    values = {"contract_id": row.contract_id, "insurer_id": 1, "provider_id": 1, "area_id": row.area_id}
    for wrong in (
        {"valid_from": TODAY, "is_highlighted": False, "compared": 1, "over": 1, "worst_gr": 1},
        {"valid_from": date(2020, 1, 1), "valid_to": date(2020, 2, 1), "is_highlighted": True, "compared": 1,
         "over": 1, "worst_gr": 1},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Highlight.objects.create(**values, **wrong)


SEEDS = range(20)


@pytest.mark.parametrize(
    "fault",
    [
        ("", ""),
        ("over_gr > 0", "over_gr >= 0"),
        ("d.end_day > s.day", "d.end_day >= s.day"),
        ("least", "greatest"),
    ],
)
def test_sql_agrees_with_the_rule_on_every_day(world, monkeypatch, fault):
    """Random prices and limits, compared day by day; a fault planted in the SQL is found."""
    monkeypatch.setattr(highlight_timeline, "_TIMELINE", highlight_timeline._TIMELINE.replace(*fault))
    wrong = [day for seed in SEEDS for day in disagreements(world, random.Random(seed))]
    assert bool(wrong) == any(fault)


def disagreements(world: World, chance: random.Random) -> list[date]:
    """Return the days of forty on which SQL and rule differ over random prices and limits."""
    with transaction.atomic():
        row = models.Contract.objects.get()
        _fill(world, row, chance)
        begin = TODAY + timedelta(days=chance.randrange(10))
        spans = highlight_timeline.timeline(insurer_id=world.insurer.id, day=begin)
        found = []
        for number in range(40):
            day = begin + timedelta(days=number)
            prices = badges.prices_on(row, catalog.area(code="CONS").id, day)
            wanted = highlight_rule.standing((price.price_gr, price.limit_gr) for price in prices)
            if [one.standing for one in spans if one.covers(day)] != ([wanted] if wanted.compared else []):
                found.append(day)
        transaction.set_rollback(True)
    return found


def _fill(world: World, row: models.Contract, chance: random.Random) -> None:
    for service in world.services[:4]:
        for start, end in _periods(chance):
            _price(row, service, start, end, chance.randrange(1, 6) * 100)
        for start, end in _periods(chance):
            plans.PriceLimit.objects.create(
                insurer_id=world.insurer.id,
                service_id=service,
                limit_gr=chance.randrange(2, 6) * 100,
                valid_from=start,
                valid_to=end,
            )


def _periods(chance: random.Random) -> list[tuple[date, date | None]]:
    """Return up to three periods that do not overlap, the last one sometimes open."""
    days = sorted(chance.sample(range(40), chance.choice([0, 2, 4, 6])))
    found = [
        (TODAY + timedelta(days=start), TODAY + timedelta(days=end))
        for start, end in zip(days[::2], days[1::2], strict=True)
    ]
    return [*found[:-1], (found[-1][0], None)] if found and chance.random() < 0.5 else found


def _price(row: models.Contract, service: int, start: date, end: date | None, price_gr: int) -> None:
    area = catalog.area(code="CONS").id
    made, _ = models.PriceList.objects.get_or_create(
        contract=row, area_id=area, version=1, defaults={"status": "accepted", "created_at": AT}
    )
    models.ContractedPrice.objects.create(
        contract=row,
        insurer_id=row.insurer_id,
        provider_id=row.provider_id,
        area_id=area,
        service_id=service,
        price_list=made,
        price_gr=price_gr,
        valid_from=start,
        valid_to=end,
    )
