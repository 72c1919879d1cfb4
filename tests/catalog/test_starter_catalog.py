"""The catalog a new installation begins with."""

import pytest
from django.db import transaction
from django.utils import translation

from ols.catalog import seed, selectors, services
from ols.db.errors import NotFound

pytestmark = pytest.mark.django_db


def load() -> None:
    with transaction.atomic():
        services.load_starter_catalog()


def test_loading_twice_changes_nothing() -> None:
    load()
    first = {area.code: selectors.services(area_id=area.id) for area in selectors.areas()}
    load()
    assert {area.code: selectors.services(area_id=area.id) for area in selectors.areas()} == first
    assert sum(len(found) for found in first.values()) == len(seed.SERVICES) == 63


def test_seven_areas_come_in_the_product_order() -> None:
    load()
    assert [area.code for area in selectors.areas()] == [
        "CONS",
        "NURS",
        "HOME",
        "LAB",
        "IMG",
        "REHAB",
        "DENT",
    ]


def test_an_area_is_named_in_the_readers_language() -> None:
    load()
    area = selectors.area(code="DENT")
    with translation.override("pl"):
        assert area.name == "stomatologia"
    with translation.override("en"):
        assert area.name == "dentistry"


def test_an_unknown_area_is_not_found() -> None:
    with pytest.raises(NotFound):
        selectors.area(code="XXX")


def test_codes_count_within_their_area() -> None:
    coded = seed.coded_services()
    assert coded[0] == ("CONS-001", "CONS", "89.02", "Konsultacja internisty", 20000)
    assert coded[14][0] == "NURS-001"
    assert len({code for code, *_ in coded}) == len(coded)
