"""The pages of the queue: filters in the address, remembered, exported; the band of what is late."""

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
import time_machine
from django.utils import translation
from tests import cast
from tests.onboarding import world

from ols.onboarding.states import ApplicationStatus
from ols.web.operator.time_left import time_left

pytestmark = pytest.mark.django_db
LIST = "/operator/applications/"
LATE = world.AT + timedelta(days=3)


@pytest.fixture
def firm():
    return world.operator()


@pytest.fixture
def clock():
    with time_machine.travel(world.AT) as traveller:
        yield traveller


@pytest.fixture
def desk(clock, firm):
    return firm.client("operator")


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=5), "zostało 5 dni"),
        (timedelta(days=2, hours=3), "zostały 2 dni"),
        (timedelta(days=1), "został 1 dzień"),
        (timedelta(hours=23, minutes=59), "zostały 23 godz."),
        (timedelta(hours=5), "zostało 5 godz."),
        (timedelta(hours=1), "została 1 godz."),
        (timedelta(minutes=22), "zostały 22 min"),
        (timedelta(seconds=10), "została 1 min"),
        (-timedelta(seconds=10), "po terminie od 1 min"),
        (-timedelta(hours=7), "po terminie od 7 godz."),
        (-timedelta(days=1), "po terminie od 1 dnia"),
        (-timedelta(days=12), "po terminie od 12 dni"),
    ],
)
def test_time_left_in_words(left, words) -> None:
    with translation.override("pl"):
        said = time_left(status=ApplicationStatus.SUBMITTED, due_at=world.AT + left, at=world.AT)
    assert said.tag is not None
    assert said.tag.label == words


def test_a_clock_that_stands_says_so_and_an_answer_has_no_time() -> None:
    with translation.override("pl"):
        stands = time_left(status=ApplicationStatus.RETURNED, due_at=world.AT, at=LATE)
        assert stands.tag is not None
        assert stands.tag.label == "czas stoi"
    assert time_left(status=ApplicationStatus.APPROVED, due_at=world.AT, at=LATE).tag is None


def test_the_list_shows_figures_and_finds(desk) -> None:
    world.submit()
    text = desk.get(LIST).content.decode()
    assert "Przychodnia Świt (demo)" in text
    assert "zostały 2 dni" in text
    assert "25.11.2026 23:59" in text
    assert "Oczekujące (1)" in text
    assert "Przychodnia Świt" in desk.get(LIST, {"text": "SWIT warszawa"}).content.decode()
    assert "Nic nie znaleziono" in desk.get(LIST, {"text": "gdynia"}).content.decode()
    for text in ("\x00", "%", "x" * 500):
        assert desk.get(LIST, {"text": text, "show": "?", "page": "-1"}).status_code == 200


def test_filters_are_remembered_until_cleared(desk) -> None:
    desk.get(LIST, {"show": "answered", "text": "świt", "page": "3"})
    answer = desk.get(LIST)
    assert answer.status_code == 302
    assert answer.url == f"{LIST}?show=answered&text=%C5%9Bwit"
    assert desk.get(LIST, {"reset": "1"}).url == LIST
    assert desk.get(LIST).status_code == 200


def test_the_filtered_queue_is_a_spreadsheet(desk) -> None:
    world.submit()
    csv = desk.get(f"{LIST}applications.csv", {"text": "swit"}).content.decode("utf-8-sig")
    assert "Przychodnia Świt (demo);Warszawa;5260001246;" in csv
    assert "25.11.2026 23:59;zostały 2 dni" in csv
    assert "Świt" not in desk.get(f"{LIST}applications.csv", {"show": "answered"}).content.decode()
    book = ZipFile(io.BytesIO(desk.get(f"{LIST}applications.xlsx").content))
    # A moment is a number of days in the clock of Warsaw: 23.11.2026 10:00.
    assert "<v>46349.41666" in book.read("xl/worksheets/sheet1.xml").decode()
    assert desk.get(f"{LIST}applications.pdf").status_code == 404


def test_every_page_of_the_operator_says_what_is_late(clock, firm, desk) -> None:
    world.submit()
    pages = ("/operator/", LIST, "/operator/register/", "/operator/settings/")
    assert all('id="overdue"' not in desk.get(path).content.decode() for path in pages)
    insurer = cast.insurer()
    clock.move_to(LATE)
    desk = firm.client("operator")
    for path in pages:
        text = desk.get(path).content.decode()
        assert "1 wniosek jest po terminie." in text
        assert "?show=waiting&amp;only=overdue" in text
    assert "Przychodnia Świt" in desk.get(LIST, {"only": "overdue"}).content.decode()
    assert 'id="overdue"' not in insurer.client("administrator").get("/insurer/").content.decode()
