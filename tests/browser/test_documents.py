"""Required documents: an expired one, looked at in place, renewed when it ends; kinds described."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests import cast
from tests.browser.applicant import stored
from tests.browser.stage import PASSWORD, Person, Stage, pdf, polish
from tests.network import documents_scene as scene

from ols.accounts.permissions import Role
from ols.kernel import days
from ols.network import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db) -> tuple[cast.Firm, cast.Firm, str]:
    """Make a clinic with a draft and an insurer that asks for a policy, before the browser starts."""
    with time_machine.travel(cast.AT):
        clinic, insurer = scene.pair()
        scene.set_kind(insurer, services.DocumentKind("Polisa OC", has_end=True, max_files=3))
        contract = scene.draft(clinic, insurer)
    for firm in (clinic, insurer):
        for person in firm.people.values():
            person.set_password(PASSWORD)
            person.save()
    return clinic, insurer, contract


def _accepted(clinic: cast.Firm, insurer: cast.Firm, contract: str) -> None:
    """Let the offer become a co-operation, and the job look for what ends."""
    at = timezone.now()
    services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=contract, at=at)
    services.accept_offer(actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=contract, at=at)
    services.tell_of_endings(actor=cast.SYSTEM, at=at)


def works(stage: Stage, firm: cast.Firm, role: str, *, scripts: bool = True) -> Person:
    person = stage.person(role, scripts=scripts)
    person.logs_in(firm.people[role].email)
    return person


def day(ahead: int) -> str:
    return days.format_date(days.local_date(timezone.now()) + timedelta(days=ahead))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_documents_from_the_offer_to_their_renewal(world, stage: Stage, *, scripts: bool) -> None:
    clinic, insurer, contract = world
    root = f"/panel/contracts/{contract}/documents/"
    owner = works(stage, clinic, Role.OWNER, scripts=scripts)
    owner.goes(root, see="Polisa OC", phone=scripts)
    owner.goes(f"{root}add/OC/")
    owner.adds_file("file", "stara.pdf", pdf())
    owner.fills(valid_until=day(-1))
    with stage.refusing(422):
        owner.presses(polish("Add"), see=polish("The document has expired. Add one that is in force."))
    assert owner.page.locator("[name=valid_until]").input_value() == day(-1)
    owner.adds_file("file", "polisa.pdf", pdf())
    owner.fills(valid_until=day(20))
    owner.presses(polish("Add"), see="polisa.pdf", phone=scripts)
    owner.opens("a[href$='/preview/']", phone=scripts)
    assert owner.page.locator(".sheets img").evaluate("image => image.naturalWidth") == 1000
    stored(lambda: _accepted(clinic, insurer, contract))
    owner.goes("/panel/", see=f"Dokument wygasa {day(20)}: Polisa OC")
    owner.opens(f"a[href*='{root}']")
    owner.adds_file("file", "nowa.pdf", pdf())
    owner.fills(valid_until=day(385))
    owner.presses(polish("Replace"), see=polish("Waits for the insurer"), phone=scripts)
    desk = works(stage, insurer, Role.NETWORK_MANAGER, scripts=scripts)
    desk.goes("/insurer/documents/", see="nowa.pdf", phone=scripts)
    desk.opens("a[href$='/preview/']", phone=scripts)
    desk.presses(polish("Accept the document"), see="nowa.pdf")
    owner.goes(root, see="nowa.pdf")
    assert owner.page.locator("#kind-OC details a").text_content() == "polisa.pdf"


def test_the_insurer_describes_its_kinds(world, stage: Stage) -> None:
    _clinic, insurer, _contract = world
    desk = works(stage, insurer, Role.NETWORK_MANAGER)
    desk.goes("/insurer/settings/documents/", see="Polisa OC", phone=True)
    desk.opens("a[href$='?kind=RPWDL']", phone=True)
    desk.fills(max_files="0")
    with stage.refusing(422):
        desk.presses(polish("Save"), phone=True)
    desk.fills(max_files="2")
    desk.presses(polish("Show preview"), see=polish("The clinic will see:"), phone=True)
    desk.presses(polish("Save"), see="Wypis z rejestru podmiotów leczniczych")
    assert desk.page.locator("#documents-caption").count() == 1
