"""Opening the pages of one side by their names."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


@dataclass(frozen=True)
class Side:
    """The pages of a workspace: `provider` or `insurer`."""

    workspace: str

    def go(self, browser: Client, name: str, *args: object, data: dict | None = None) -> HttpResponse:
        """Open a page, or send `data` to it."""
        url = reverse(f"{self.workspace}:{name}", args=args)
        return browser.get(url) if data is None else browser.post(url, data)

    def page(self, browser: Client, name: str, *args: object, data: dict | None = None) -> str:
        """Return what the page says."""
        return self.go(browser, name, *args, data=data).content.decode()
