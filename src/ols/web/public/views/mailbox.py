"""The development mailbox: the messages the platform sent, as their receivers would see them."""

import re

from django.conf import settings
from django.http import HttpResponse

from ols.db.errors import NotFound
from ols.notifications import selectors
from ols.web import page
from ols.web.page import PublicRequest

_ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")


@page.page(page.PUBLIC, methods=("GET",))
def mailbox_list(request: PublicRequest) -> HttpResponse:
    """List the newest messages; an address narrows them."""
    _require_development()
    recipient = request.GET.get("recipient", "").replace("\0", "").strip()
    rows = selectors.mailbox(recipient=recipient)
    return page.render(request, "public/mailbox/list.html", {"rows": rows, "recipient": recipient})


@page.page(page.PUBLIC, methods=("GET",))
def mailbox_detail(request: PublicRequest, message_id: int) -> HttpResponse:
    """Show one message; its addresses can be followed."""
    _require_development()
    mail = selectors.mail(message_id=message_id)
    if mail is None:
        raise NotFound
    # Every second piece is an address, the others are words.
    pieces = [(piece, place % 2 == 1) for place, piece in enumerate(_ADDRESS.split(mail.text))]
    return page.render(request, "public/mailbox/detail.html", {"mail": mail, "pieces": pieces})


def _require_development() -> None:
    """Hide the mailbox in a real installation: it would show everybody's links."""
    if not settings.DEVELOPMENT:
        raise NotFound
