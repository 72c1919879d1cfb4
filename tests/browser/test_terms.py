"""A new version of terms: published, told, compared, accepted by keyboard; missed, suspended, and back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from tests import cast, everything
from tests.browser.stage import PASSWORD, Person, Stage, polish
from tests.cast import AT

from ols.catalog import selectors as catalog
from ols.claims import services as claims
from ols.claims.types import ClaimDraft, DraftLine
from ols.coverage import models as coverage
from ols.network import models, services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PANEL = "/insurer/settings/terms/", "/panel/terms/"


@pytest.fixture
def firms(transactional_db) -> dict[str, cast.Firm]:
    made = everything.make().firms
    models.TermsDraft.objects.all().delete()
    for firm in made.values():
        for person in firm.people.values():
            person.set_password(PASSWORD)
            person.save()
    return made


def aside(work):
    """Do something in the system while the browser's event loop runs in this thread."""

    def run():
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def enters(stage: Stage, firm: cast.Firm, role: str) -> Person:
    person = stage.person(role)
    person.logs_in(firm.people[role].email)
    return person


def by_keyboard(person: Person, name: str) -> None:
    """Reach the tick and the button with Tab alone, tick with Space, send with Enter."""
    page = person.page
    page.locator("#text").evaluate("element => { element.tabIndex = -1; element.focus() }")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            break
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def publishes(manager: Person, old: str, new: str) -> None:
    manager.goes(DESK, phone=True)
    with manager.page.expect_navigation():
        manager.page.locator("#text-general form button").click()
    manager.looks(phone=True)
    body = manager.page.locator("[name='body']")
    body.fill(body.input_value().replace(old, new) + "\nNowy zapis (demo).\n")
    manager.fills(valid_from="24.11.2026", accept_by="08.12.2026")
    manager.presses(polish("Preview"))
    manager.presses(polish("Check and publish"), see="08.12.2026", phone=True)
    manager.presses(polish("Publish"), see=polish("The version is published. It cannot be changed any more."))
    manager.goes(f"{DESK}accepted/general/", phone=True)


def claimed(clinic: cast.Firm, key: str) -> str:
    """Claim one service today; return the outcome."""

    def work() -> str:
        service = catalog.services(area_id=catalog.area(code="CONS").id)[2]
        cover = coverage.Coverage.objects.get()
        day = cast.TODAY + timedelta(days=16)
        answer = claims.authorize_claim(
            actor=clinic.actor("owner"),
            draft=ClaimDraft(cover.uuid, day, (DraftLine(service.code),)),
            idempotency_key=key,
            at=AT + timedelta(days=16),
        )
        return answer.lines[0].reasons[0] if answer.lines[0].reasons else answer.outcome

    return aside(work)


def tells(at) -> int:
    return aside(lambda: services.tell_about_terms(actor=cast.SYSTEM, at=at))


def test_a_new_version_is_published_told_compared_and_accepted(firms, stage: Stage):
    clinic = firms["provider"]
    manager = enters(stage, firms["insurer"], "network-manager")
    publishes(manager, "Treść", "Tekst")
    assert tells(AT) == 1
    owner = enters(stage, clinic, "owner")
    owner.goes("/panel/", see="08.12.2026", phone=True)
    owner.goes(PANEL, phone=True)
    owner.follows_mail(clinic.people["owner"].email, "nowa wersja regulaminu")
    owner.looks(polish("What changes"), phone=True)
    by_keyboard(owner, "accepted")
    owner.looks(polish("The terms were accepted. The text goes to you by e-mail."), phone=True)
    assert owner.downloads(polish("Confirmation")).startswith(b"%PDF")
    manager.goes(f"{DESK}accepted/general/?state=current")
    assert manager.page.locator("main tbody tr").count() == 1


def test_a_missed_deadline_suspends_until_the_version_is_accepted(firms, stage: Stage):
    clinic = firms["provider"]
    manager = enters(stage, firms["insurer"], "network-manager")
    publishes(manager, "Treść", "Tekst")
    with time_machine.travel(AT + timedelta(days=16)):
        assert tells(AT + timedelta(days=16)) == 1
        assert claimed(clinic, "missed") == "TERMS_NOT_ACCEPTED"
        owner = enters(stage, clinic, "owner")
        owner.goes("/panel/", see=polish("Suspended"), phone=True)
        uuid = aside(lambda: models.Contract.objects.get(provider_id=clinic.id).uuid)
        owner.goes(f"/panel/contracts/{uuid}/history/", phone=True)
        owner.presses(polish("Compare and accept"))
        owner.ticks("accepted")
        owner.presses(polish("I accept the new version of the terms"))
        assert claimed(clinic, "back") != "TERMS_NOT_ACCEPTED"
        owner.goes(
            f"/panel/contracts/{uuid}/history/",
            see=polish("Works again: the new version of terms was accepted"),
        )
