"""A running system and the people in front of it, each in a browser window of their own."""

import io
import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pikepdf
from django.utils import timezone, translation
from django.utils.translation import trans_real
from playwright.sync_api import Browser, BrowserContext, Download, Page
from tests import windows
from tests.windows import DESK, PHONE

from ols.accounts import codes
from ols.jobs import outbox

PASSWORD = "Bardzo-dlugie-haslo-7"


class Refusals(logging.Handler):
    """Keeps what the server says about requests that failed."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.said = []

    def emit(self, record):
        self.said.append(self.format(record))


@contextmanager
def served() -> Iterator[str]:
    """Serve the product from this process and deliver its outbox as the worker does; yield the address."""
    stop = threading.Event()
    deliverer = threading.Thread(target=outbox.run, args=(stop,), kwargs={"poll_seconds": 0.2})
    deliverer.start()
    try:
        with windows.serving() as address:
            yield address
    finally:
        stop.set()
        deliverer.join()


@contextmanager
def untranslated_texts() -> Iterator[set[str]]:
    """Collect the messages a Polish page asked for and the catalog does not have."""
    missing: set[str] = set()
    original = trans_real.DjangoTranslation.gettext

    def gettext(catalog, message):
        if catalog.language() == "pl" and message and message not in catalog._catalog:
            missing.add(message)
        return original(catalog, message)

    trans_real.DjangoTranslation.gettext = gettext
    try:
        yield missing
    finally:
        trans_real.DjangoTranslation.gettext = original


def polish(message: str, context: str = "") -> str:
    """Return the words a Polish page shows for a message of the code."""
    with translation.override("pl"):
        return translation.pgettext(context, message) if context else translation.gettext(message)


def pdf() -> bytes:
    """Return a small document of one empty page."""
    made = pikepdf.new()
    made.add_blank_page()
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@dataclass
class Stage:
    """The running system, and everything that went wrong on its pages."""

    address: str
    browser: Browser
    pictures: Path
    said: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    people: list["Person"] = field(default_factory=list)
    # What everybody's application for codes holds, and the recovery codes they keep in a drawer.
    telephones: dict[str, str] = field(default_factory=dict)
    recovery_codes: dict[str, list[str]] = field(default_factory=dict)
    last_codes: dict[str, str] = field(default_factory=dict)

    def person(self, name: str, *, scripts: bool = True) -> "Person":
        """Open a window for somebody who is not logged in."""
        context = self.browser.new_context(
            viewport={"width": DESK, "height": 900},
            locale="pl-PL",
            base_url=self.address,
            java_script_enabled=scripts,
        )
        return self.window(name, context, scripts=scripts)

    def window(self, name: str, context: BrowserContext, *, scripts: bool = True) -> "Person":
        """Open another window of a browser, for the same person."""
        window = Person(self, name, context.new_page(), scripts)
        window.page.set_default_timeout(20_000)  # also where tests share the machine
        window.page.on("console", lambda message: self.said.append(f"{name}: {message.text}"))
        window.page.on("pageerror", lambda error: self.said.append(f"{name}: {error}"))
        window.page.on("response", window.check_status)
        self.people.append(window)
        return window

    @contextmanager
    def refusing(self, *statuses: int) -> Iterator[None]:
        """Let the pages asked for meanwhile answer with these statuses: that is what is tested."""
        before = len(self.said)
        yield
        words = [str(status) for status in statuses]
        self.said[before:] = [
            said for said in self.said[before:] if not any(f" {word}" in said for word in words)
        ]

    def pictures_of_the_end(self) -> None:
        """Keep what everybody saw last: a failed step is there."""
        for number, person in enumerate(self.people):
            if not person.page.is_closed():
                person.picture(f"end-{number}-{person.name}")


@dataclass
class Person:
    """Somebody with a browser. Every page they come to is looked at before they go on."""

    stage: Stage
    name: str
    page: Page
    has_scripts: bool = True

    def check_status(self, response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            self.stage.said.append(f"{self.name}: {response.status} {response.url}")

    def picture(self, name: str) -> None:
        self.page.screenshot(path=self.stage.pictures / f"{name}.png", full_page=True, caret="initial")

    def goes(self, path: str, *, see: str = "", phone: bool = False) -> None:
        self.page.goto(path)
        self.looks(see, phone=phone)

    def looks(self, see: str = "", *, phone: bool = False) -> None:
        """Check that the page is accessible and whole, shows `see`, and keep its picture."""
        if see:
            self.page.get_by_text(see).locator("visible=true").first.wait_for()
        for width in (DESK, PHONE) if phone else (DESK,):
            windows.resize(self.page, width)
            self._check(width)
        windows.resize(self.page, DESK)

    def _check(self, width: int) -> None:
        title = re.sub(r"\W+", "-", self.page.title().split(" – ")[0].split(" | ")[0]).strip("-").lower()
        picture = f"{len(self.stage.shown):02d}-{self.name}-{title}-{width}"
        self.stage.shown.append(picture)
        self.picture(picture)
        if self.has_scripts:  # without them axe waits for a clock that stands still
            windows.check(self.page, picture)

    def fills(self, **fields: str) -> None:
        """Type into fields by their names."""
        for name, value in fields.items():
            self.page.locator(f"[name='{name}']").fill(value)

    def ticks(self, *names: str) -> None:
        for name in names:
            self.page.locator(f"[name='{name}']").check()

    def adds_file(self, name: str, file: str, content: bytes) -> None:
        kind = "application/octet-stream"
        self.page.locator(f"[name='{name}']").set_input_files(
            {"name": file, "mimeType": kind, "buffer": content}
        )

    def presses(self, words: str, *, see: str = "", phone: bool = False) -> None:
        """Press a button, or a link when there is no such button, and look at the page it leads to."""
        content = self.page.locator("main")
        buttons = content.get_by_role("button", name=words)
        found = buttons if buttons.count() else content.get_by_role("link", name=words)
        with self.page.expect_navigation():
            found.first.click()
        self.looks(see, phone=phone)

    def opens(self, selector: str, *, phone: bool = False) -> None:
        """Follow the first link of the page's content that the selector finds."""
        with self.page.expect_navigation():
            self.page.locator(f"main {selector}").first.click()
        self.looks(phone=phone)

    def downloads(self, words: str) -> bytes:
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=words).first.click()
        return self._content(waiting.value)

    def _content(self, download: Download) -> bytes:
        return Path(download.path()).read_bytes()

    def logs_in(self, email: str) -> None:
        """Log in; whoever must have a second factor sets one up the first time and shows it every other."""
        self.goes("/login/")
        self.fills(email=email, password=PASSWORD)
        self.presses(polish("Log in"))
        if self.page.url.endswith("/account/factors/"):
            self.sets_up_codes(email)
        elif self.page.url.endswith("/login/code/"):
            self.shows_code(email)

    def sets_up_codes(self, email: str) -> None:
        """Let an application take over the secret, type its code, keep the recovery codes."""
        self.presses(polish("Set up the application"))
        secret = self.page.locator("#secret [data-copy]").get_attribute("data-copy")
        self.stage.telephones[email] = secret
        self.fills(code=self.next_code(email))
        self.presses(polish("Confirm"), see=polish("Your recovery codes"))
        self.stage.recovery_codes[email] = self.page.locator(".codes li").all_inner_texts()
        self.presses(polish("I have kept them, go on"))

    def shows_code(self, email: str) -> None:
        """Type the code the application shows now, or the next one: each of them works once."""
        self.fills(code=self.next_code(email))
        self.presses(polish("Log in"))

    def next_code(self, email: str) -> str:
        """Return a code of the person's application that was not used yet."""
        now = timezone.now()
        shown = codes.current(self.stage.telephones[email], at=now)
        if shown == self.stage.last_codes.get(email):
            shown = codes.current(self.stage.telephones[email], at=now + timedelta(seconds=30))
        self.stage.last_codes[email] = shown
        return shown

    def follows_mail(self, recipient: str, subject: str) -> None:
        """Wait for an e-mail on the mailbox page and follow the link in it."""
        row = self.page.get_by_role("row").filter(has_text=recipient).filter(has_text=subject)
        for _ in range(50):
            self.page.goto("/mailbox/")
            if row.count():
                break
            self.page.wait_for_timeout(200)
        self.looks(subject)
        with self.page.expect_navigation():
            row.first.get_by_role("link").click()
        self.looks()
        self.opens("#message a")

    def sets_password(self) -> None:
        self.fills(password=PASSWORD, repeated=PASSWORD)
        self.presses(polish("Set the password and log in"))
