"""Forms of the provider's pages."""

from typing import Any

from django.http import HttpRequest


def posted(request: HttpRequest) -> Any:
    """Return what was sent, also when it is empty (nothing ticked); None before sending."""
    return request.POST if request.method == "POST" else None


def posted_files(request: HttpRequest) -> Any:
    """Return the files that were sent, also when there is none; None before sending."""
    return request.FILES if request.method == "POST" else None
