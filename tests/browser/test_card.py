"""„Wizytówka” as a clinic keeps it: corrected, public at once, taken back; prices by its own word alone."""

import pytest
from tests.browser.stage import PASSWORD, Stage, polish
from tests.network.public_world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NETWORK = "/network/towarzystwo-ubezpieczen-1-demo/"


@pytest.fixture
def world(transactional_db) -> World:
    made = World()
    owner = made.clinics[0].people["owner"]
    owner.set_password(PASSWORD)
    owner.save()
    return made


@pytest.fixture
def public_page(world) -> str:
    return f"{NETWORK}clinics/{world.card_uuid(0)}/"


def test_hours_are_corrected_shown_and_taken_back(world, public_page, stage: Stage) -> None:
    owner, visitor = stage.person("owner"), stage.person("visitor")
    owner.logs_in(world.clinics[0].people["owner"].email)
    owner.goes("/panel/card/", phone=True)
    owner.opens(".tasks a", phone=True)
    card = owner.page.url.removeprefix(stage.address)
    owner.goes(f"{card}edit/", phone=True)
    owner.fills(day0="8-18", day1="18-8", hours_note="24.12 nieczynne", phone="600 000 012")
    with stage.refusing(422):
        owner.presses(polish("Save"), phone=True)
    assert owner.page.locator("[name='hours_note']").input_value() == "24.12 nieczynne"
    owner.fills(day1="9:00-13:00, 14-18")
    owner.page.locator("[name='day1']").press("Tab")
    owner.presses(polish("Save"), see=polish("The business card was saved. The public sees it already."))
    visitor.goes(public_page, see="09:00–13:00", phone=True)
    assert "24.12 nieczynne" in visitor.page.inner_text("main")
    owner.presses(
        polish("Restore this version"), see=polish("The earlier version is back. The public sees it already.")
    )
    visitor.page.reload()
    assert "24.12 nieczynne" not in visitor.page.inner_text("main")


def test_prices_are_public_by_the_clinics_word_alone(world, public_page, stage: Stage) -> None:
    owner, visitor = stage.person("owner"), stage.person("visitor")
    owner.logs_in(world.clinics[0].people["owner"].email)

    def prices() -> bool:
        visitor.goes(public_page)
        return "zł" in visitor.page.locator("main").text_content()

    assert not prices()
    owner.goes("/panel/card/")
    owner.presses(polish("Show prices publicly"), phone=True)
    assert prices()
    owner.presses(polish("Hide prices"), see=polish("The prices are hidden from now on."))
    assert not prices()
