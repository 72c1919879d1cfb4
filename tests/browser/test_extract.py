"""An applicant's register extract: read while nobody waits, shown to the operator, approving when it may."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from procrastinate.contrib.django import app
from tests import cast
from tests.browser.stage import Person, Stage, pdf, polish
from tests.onboarding import extracts

from ols.kernel import identifiers
from ols.registry import sample_extract
from ols.registry.selectors import EntryRow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def by_itself(operator):
    extracts.let_matches_in(operator)


@pytest.fixture
def worker(entry):
    """Run the jobs as the worker process does, in a thread."""
    stop = threading.Event()

    async def work() -> None:
        # One thread for all jobs, whose database connection can be closed at the end.
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(max_workers=1))
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
            async with worker_app.open_async():
                while not stop.is_set():
                    await worker_app.run_worker_async(
                        wait=False, install_signal_handlers=False, listen_notify=False
                    )
                    await asyncio.sleep(0.2)
        await loop.run_in_executor(None, connections.close_all)

    thread = threading.Thread(target=lambda: asyncio.run(work()))
    thread.start()
    yield
    stop.set()
    thread.join()


def printed(entry: EntryRow, **changes: str) -> bytes:
    return sample_extract.extract_pdf(extracts.known(entry) | changes, made_at=cast.AT - timedelta(days=3))


def applies(stage: Stage, entry: EntryRow, file: bytes) -> Person:
    """Let the clinic choose itself from the register and apply with its extract."""
    applicant = stage.person("applicant")
    applicant.page.goto("/medicine/insurance/")
    applicant.presses(polish("Get access"))
    applicant.fills(text=identifiers.format_nip(entry.nip))
    applicant.presses(polish("Search"))
    applicant.presses("Wybierz")
    applicant.fills(
        representative_name="Maria Przykładowa (demo)", representative_function="właścicielka",
        email=entry.email, phone="600 000 021",
    )  # fmt: skip
    applicant.adds_file("extract", "wypis.pdf", file)
    applicant.ticks("accepted")
    applicant.presses(polish("Continue"))
    applicant.presses("Wyślij wniosek", see=polish("The application was sent"))
    return applicant


def desk(stage: Stage, operator: cast.Firm) -> Person:
    person = stage.person("operator")
    person.logs_in(operator.people["operator"].email)
    return person


def waits_for(person: Person, words: str) -> None:
    """Open the page again until the job has done its part."""
    for _ in range(50):
        if person.page.locator("main").get_by_text(words, exact=True).count():
            break
        person.page.wait_for_timeout(200)
        person.page.reload()
    person.looks(words, phone=True)


def opens_application(person: Person, *, answered: bool = False) -> None:
    person.goes("/operator/applications/" + ("?show=answered" if answered else ""), phone=answered)
    person.opens("tbody th a", phone=True)


def test_a_good_extract_matches_and_a_person_decides(operator, entry, worker, stage: Stage):
    applies(stage, entry, printed(entry))
    person = desk(stage, operator)
    opens_application(person)
    waits_for(person, polish("everything agrees"))
    assert person.page.locator("#extract-caption").count() == 1
    tags = person.page.locator("table:has(#extract-caption) tbody .tag")
    assert set(tags.all_inner_texts()) == {polish("agrees"), polish("fresh", "extract")}
    person.presses(polish("Read again"), see=polish("The extract will be read again in a moment."))
    waits_for(person, polish("everything agrees"))
    person.presses("Zatwierdź")
    assert polish("automatically") not in person.page.inner_text("main")


def test_a_wrong_extract_shows_its_differences(operator, entry, by_itself, worker, stage: Stage):
    applies(stage, entry, printed(entry, nip="1111111111", city="Inne Miasto (demo)"))
    person = desk(stage, operator)
    opens_application(person)
    waits_for(person, polish("differs"))
    rows = person.page.locator("table:has(#extract-caption) tbody tr")
    differing = rows.filter(has_text=polish("differs")).locator("th").all_inner_texts()
    assert differing == ["NIP", polish("Town")]
    assert person.page.get_by_role("button", name="Zatwierdź").count() == 1


def test_a_scan_is_left_to_a_person(operator, entry, worker, stage: Stage):
    applies(stage, entry, pdf())
    person = desk(stage, operator)
    opens_application(person)
    waits_for(person, polish("not machine-readable: a person checks it"))


def test_a_full_match_is_let_in_at_once_when_the_operator_wants_it(
    operator, entry, by_itself, worker, stage: Stage
):
    applicant = applies(stage, entry, printed(entry))
    applicant.follows_mail(entry.email, "ustaw hasło")
    applicant.sets_password()
    person = desk(stage, operator)
    opens_application(person, answered=True)
    assert polish("Application approved without a person") in person.page.inner_text("main")
    assert person.page.get_by_role("button", name="Zatwierdź").count() == 0
