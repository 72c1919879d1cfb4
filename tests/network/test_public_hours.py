"""Who is open when: the search's look into the arrays says what the plain rule says, at any minute."""

import random
from datetime import datetime, timedelta

import pytest
from tests.cast import TODAY
from tests.network.public_world import World

from ols.kernel import days, hours

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, tzinfo=days.WARSAW)


def random_day(rng) -> tuple[hours.Span, ...]:
    edges = sorted(rng.sample(range(0, hours.DAY + 1, 60), 2 * rng.randint(0, 2)))
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def test_every_week_is_read_as_the_rule_reads_it() -> None:
    world, rng = World(), random.Random(7)
    for _ in range(12):
        week = tuple(random_day(rng) for _ in range(7))
        world.place(world.clinics[0], "Kraków", "12", week=week, closed_on_holidays=False)
        edges = [edge for pair in zip(*hours.to_minutes(week), strict=True) for edge in pair]
        asked = {0, hours.WEEK - 1, *rng.sample(range(hours.WEEK), 10)}
        asked |= {edge - near for edge in edges for near in (0, 1) if 0 <= edge - near < hours.WEEK}
        for minute in asked:
            moment = MONDAY + timedelta(minutes=minute)
            opening = hours.opening(week, moment, closed_on_holidays=False)
            is_open = opening is not None and opening.is_open
            assert ("1" in world.names(0, minute=minute)) == is_open, (week, minute)
        for weekday in range(7):
            assert ("1" in world.names(0, weekday=weekday)) == bool(week[weekday]), (week, weekday)


def test_hours_are_kept_in_order() -> None:
    world = World()
    world.place(world.clinics[0], "Kraków", "12", week=(((840, 1080), (480, 720)), *((),) * 6))
    assert [world.names(0, minute=minute, day=TODAY) for minute in (500, 730, 900)] == [["1"], [], ["1"]]
