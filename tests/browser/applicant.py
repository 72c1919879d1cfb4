"""What applicants do on „Wniosek o przystąpienie”, and what they find there."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections
from tests.browser.stage import Person, Stage, polish

from ols.kernel import identifiers
from ols.onboarding import models
from ols.registry.selectors import EntryRow

FORM = "/access/application/"
EMAIL = "maria@example.org"
PERSON = {
    "representative_name": "Maria Przykładowa (demo)",
    "representative_function": "właścicielka",
    "email": EMAIL,
    "phone": "600 000 021",
}


def stored(work: Callable[[], Any]) -> Any:
    """Ask the database from a thread of its own: the browser's event loop runs in this one."""

    def run() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(run).result()


def application() -> models.AccessApplication:
    """Return the only application there is."""
    return stored(models.AccessApplication.objects.select_related("extract").get)


def chooses(person: Person, entry: EntryRow) -> None:
    """Find the clinic in the register and open the form."""
    person.page.goto("/medicine/insurance/")
    person.presses(polish("Get access"))
    person.fills(text=identifiers.format_nip(entry.nip))
    person.presses(polish("Search"))
    person.presses("Wybierz")


def saves(person: Person) -> None:
    """Leave the field and wait for the quiet line."""
    with person.page.expect_response("**/access/application/save/"):
        person.page.keyboard.press("Tab")
    person.page.get_by_text(re.compile(r"Zapisano o \d\d:\d\d")).wait_for()


def value(person: Person, name: str) -> str:
    return person.page.locator(f"[name='{name}']").input_value()


def asks_for_link(person: Person, email: str = EMAIL) -> str:
    """Ask for the link on the form; return its address from the mailbox."""
    person.fills(resume_email=email)
    person.presses("Wyślij mi link do dokończenia", see=email)
    return link_in_mail(person.stage, email)


def link_in_mail(stage: Stage, email: str) -> str:
    """Return the newest link sent to the address; mail is read on another device."""
    reader = stage.person("mail")
    row = reader.page.get_by_role("row").filter(has_text=email).filter(has_text="dokończ")
    for _ in range(50):
        reader.page.goto("/mailbox/")
        if row.count():
            break
        reader.page.wait_for_timeout(200)
    with reader.page.expect_navigation():
        row.first.get_by_role("link").click()
    address = reader.page.locator("#message a").first.get_attribute("href")
    reader.page.context.close()
    stage.people.remove(reader)
    return "/" + address.split("/", 3)[3]


def forgive(stage: Stage, *statuses: int) -> None:
    """Take expected refusals off what the windows said."""
    words = [str(status) for status in statuses]
    stage.said[:] = [line for line in stage.said if not any(word in line for word in words)]
