"""The public pages before the wizard: tabs, the insurance service, the consultant as the operator set it."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client
from tests import cast

from ols.onboarding import selectors
from ols.onboarding import services as onboarding

pytestmark = pytest.mark.django_db

PAGES = ("/", "/medicine/", "/medicine/insurance/")


def text(path: str, language: str = "pl") -> str:
    response = Client(headers={"accept-language": language}).get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def settings_of_the_operator():
    firm = cast.operator()
    wanted = replace(
        selectors.platform(),
        consultant_phone="600 000 077",
        consultant_opens=time(9),
        consultant_closes=time(17, 30),
        answer_days=1,
        answer_in_working_days=True,
    )
    onboarding.change_platform_settings(actor=firm.actor("operator"), wanted=wanted, at=cast.AT)


@pytest.mark.parametrize("path", PAGES)
def test_parts_that_lead_nowhere_are_no_links(path) -> None:
    page = text(path)
    tabs = page[page.index('class="tabs"') :]
    tabs = tabs[: tabs.index("</nav>")]
    assert tabs.count("<a ") == 2
    assert "MEDYCYNA" in tabs
    for words in ("APTEKA", "PACJENT"):
        assert f"{words}<span" in tabs
    assert tabs.count("(jeszcze niedostępne)") == 2


def test_only_what_is_here_can_be_opened() -> None:
    page = text("/medicine/")
    services = page[page.index('class="tasks"') :]
    assert services[: services.index("</ul>")].count("<a ") == 2
    assert services.count("tu jeszcze niedostępne") == 2


@pytest.mark.usefixtures("settings_of_the_operator")
@pytest.mark.parametrize("path", [*PAGES, "/login/"])
def test_the_consultant_is_the_one_in_force_also_at_the_foot(path) -> None:
    page = text(path)
    assert "+48 600 000 077" in page
    assert "09:00-17:30" in page
    assert "600 000 001" not in page


@pytest.mark.usefixtures("settings_of_the_operator")
def test_the_promised_time_is_the_one_in_force() -> None:
    assert "w ciągu 1 dnia roboczego" in text("/medicine/insurance/")
    assert "within 1 working day" in text("/medicine/insurance/", "en")


def test_before_the_operator_set_anything_two_days_are_promised() -> None:
    assert "w ciągu 2 dni" in text("/medicine/insurance/")


@pytest.mark.parametrize(
    ("utc", "said"),
    [
        ("2026-11-23 09:00", "Odbiera teraz, do 16:00."),
        ("2026-11-23 06:30", "Konsultant będzie dziś od 08:00."),
        ("2026-11-23 15:00", "Najbliższy dyżur: we wtorek 24.11.2026, od 08:00."),
        ("2026-12-23 16:00", "Najbliższy dyżur: w poniedziałek 28.12.2026, od 08:00."),
    ],
)
def test_it_says_whether_the_consultant_is_there(utc, said) -> None:
    with time_machine.travel(datetime.fromisoformat(utc).replace(tzinfo=UTC), tick=False):
        assert said in text("/medicine/insurance/")


def test_without_the_settings_the_foot_shows_the_environments(monkeypatch) -> None:
    def broken():
        raise DatabaseError

    monkeypatch.setattr("ols.web.components.help_line.onboarding.platform", broken)
    assert "+48 600 000 001" in text("/login/")


def test_the_short_address_is_the_welcome_page() -> None:
    address = "/osoz-www/swiadczeniodawca/kreatorDostepu/powitanie/2"
    assert 'name="text"' in text(address)
    assert address in text("/medicine/insurance/")
