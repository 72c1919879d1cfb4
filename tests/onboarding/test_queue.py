"""The operator's queue: parts, filters with figures, words, orders, pages."""

import random
from datetime import timedelta

import pytest
from tests import cast
from tests.onboarding import world

from ols.kernel import generated
from ols.kernel.actor import NotPermitted
from ols.onboarding import models, selectors
from ols.onboarding import services as onboarding
from ols.onboarding.selectors import QueueFigures, QueueFilter

pytestmark = pytest.mark.django_db
DUE = world.AT.replace(hour=22, minute=59, second=59)  # the end of that day in Warsaw


def send(number: int, *, due=DUE, name: str = "", city: str = "Warszawa") -> models.AccessApplication:
    nip = generated.make_nip(random.Random(number))
    sent = world.submit(name=name or f"Przychodnia {number} (demo)", nip=nip, regon="", krs="", city=city)
    models.AccessApplication.objects.filter(uuid=sent.uuid).update(due_at=due)
    return models.AccessApplication.objects.get(uuid=sent.uuid)


@pytest.fixture
def firm():
    return world.operator()


def names(firm, **wanted) -> list[str]:
    found = selectors.queue(firm.actor("operator"), wanted=QueueFilter(**wanted), at=world.AT)
    return [row.name.removesuffix(" (demo)") for row in found.rows]


def test_the_most_urgent_come_first_and_every_filter_has_its_figure(firm) -> None:
    send(1, due=DUE + timedelta(days=1))
    send(2)
    send(3, due=world.AT - timedelta(seconds=1))
    returned = send(4, due=world.AT - timedelta(days=3))
    rejected = send(5)
    actor = firm.actor("operator")
    onboarding.return_application(
        actor=actor, application_uuid=returned.uuid, remark="Brak wypisu", at=world.AT
    )
    onboarding.reject_application(
        actor=actor, application_uuid=rejected.uuid, reason="Brak w rejestrze", at=world.AT
    )
    assert names(firm) == ["Przychodnia 3", "Przychodnia 2", "Przychodnia 1"]
    assert names(firm, only="overdue") == ["Przychodnia 3"]
    assert names(firm, only="today") == ["Przychodnia 2"]
    assert names(firm, show="returned") == ["Przychodnia 4"]
    assert names(firm, show="answered") == ["Przychodnia 5"]
    figures = selectors.queue_figures(actor, at=world.AT)
    assert figures == QueueFigures(waiting=3, returned=1, answered=1, overdue=1, today=1, automatic=0)
    # What the applicant completes is late for nobody.
    assert selectors.overdue_count(at=world.AT) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lodz", ["Zdrowie"]),
        ("ŁÓDŹ zdrow", ["Zdrowie"]),
        ("zdrowie warszawa", []),
        ("  ", ["Zdrowie", "Żar"]),
        ("%", []),
    ],
)
def test_words_find_names_and_towns_without_case_and_accents(firm, text, found) -> None:
    send(1, name="Zdrowie (demo)", city="Łódź")
    send(2, name="Żar (demo)", city="Warszawa")
    assert names(firm, text=text, sort="name") == found


def test_numbers_are_found_as_people_write_them(firm) -> None:
    row = send(7)
    grouped = f"{row.nip[:3]}-{row.nip[3:6]}-{row.nip[6:8]}-{row.nip[8:]}"
    for text in (row.nip, grouped, f"PL{row.nip}", row.number, row.number.lower(), row.number[-5:]):
        assert names(firm, text=text) == ["Przychodnia 7"], text


def test_figures_count_what_the_words_find(firm) -> None:
    send(1, city="Łódź")
    send(2)
    assert selectors.queue_figures(firm.actor("operator"), text="lodz", at=world.AT).waiting == 1


def test_names_are_sorted_the_polish_way_both_ways_and_in_pages(firm) -> None:
    for number, name in enumerate(("Zet", "Łan", "Lato", "Ćma", "Cud", "Źle")):
        send(number, name=f"{name} (demo)")
    polish = ["Cud", "Ćma", "Lato", "Łan", "Zet", "Źle"]
    assert names(firm, sort="name") == polish
    assert names(firm, sort="-name") == polish[::-1]
    page = selectors.queue(
        firm.actor("operator"), wanted=QueueFilter(sort="name"), at=world.AT, offset=2, size=2
    )
    assert ([row.name for row in page.rows], page.total) == (["Lato (demo)", "Łan (demo)"], 6)


def test_what_an_address_cannot_mean_falls_back() -> None:
    assert selectors.normal(QueueFilter(show="x", only="y", sort="z")) == QueueFilter(sort="due")
    assert selectors.normal(QueueFilter(show="answered", only="overdue")).only == ""
    assert selectors.normal(QueueFilter(show="answered")).sort == "-decided"
    assert selectors.normal(QueueFilter(show="returned", only="today")).only == ""


def test_the_queue_is_the_operators() -> None:
    stranger = cast.provider().actor("owner")
    with pytest.raises(NotPermitted):
        selectors.queue(stranger, wanted=QueueFilter(), at=world.AT)
    with pytest.raises(NotPermitted):
        selectors.queue_figures(stranger, at=world.AT)
