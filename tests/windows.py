"""What every test with a browser needs: the browser, a running product, the look at a page in a window."""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = 1280, 390
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Without resultTypes axe describes every node that is right, too, and all of it is carried out of the
# browser: most of the time a look takes, for what nobody reads.
VIOLATIONS = """standards => axe.run({runOnly: standards, resultTypes: ["violations"]}).then(found =>
    found.violations.map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 160))]))"""


class Quiet(WSGIRequestHandler):
    """Keeps the test's output clean."""

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the product from this process; yield its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = False  # every request ends, and its database connection, before the server does
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Chromium:
    """One browser for all tests of a run: to start one takes as long as to look at two pages.

    Each test gets contexts of its own, which share nothing. The event loop of Playwright counts as running
    in this thread for as long as Playwright is up, and beside a running loop Django lets nobody ask the
    database: between tests it is taken away.
    """

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @contextmanager
    def lent(self) -> Iterator[Browser]:
        """Give the browser to a test; at its end close every window."""
        with self._at_work():
            browser = self._launched()
            yield browser
            for context in browser.contexts:
                context.close()

    def stop(self) -> None:
        with self._at_work():
            if self._browser:
                self._browser.close()
            if self._playwright:
                self._playwright.stop()
                asyncio._set_running_loop(None)

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        asyncio._set_running_loop(self._loop)
        try:
            yield
        finally:
            self._loop = asyncio._get_running_loop()
            asyncio._set_running_loop(None)

    def _launched(self) -> Browser:
        """Return the browser; a new one, should it have fallen."""
        if self._playwright is None:
            self._playwright = sync_playwright().start()
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._playwright.chromium.launch(
                executable_path=os.environ.get("OLS_BROWSER") or None, args=FLAGS
            )
        return self._browser


def violations(page: Page) -> dict[str, list[str]]:
    """Return what is wrong with the page as it is shown: the places by the rule they break."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return dict(page.evaluate(VIOLATIONS, STANDARDS))


def resize(page: Page, width: int) -> None:
    """Make the window that wide; to set even the same width again costs a layout."""
    size = {"width": width, "height": 900}
    if page.viewport_size != size:
        page.set_viewport_size(size)


def check(page: Page, where: object = "") -> None:
    """Check that the page as it is shown is accessible and that nothing runs out of it."""
    wrong = violations(page)
    assert wrong == {}, f"{where}: {wrong}"
    assert page.evaluate(OVERFLOW) == 0, where
