"""How often the access wizard may be asked from one place, and the page that says when to try again."""

import ipaddress
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpResponse
from django.utils import timezone

from ols.accounts import limits
from ols.accounts.limits import Limit
from ols.web.components import errors
from ols.web.page import PublicRequest

# Somebody looking for a clinic asks a handful of times. A house of clinics, or a mobile network, shares one
# address, so a place may do many times what one visitor does. A search counts twice: asked and shown.
SEARCHES_OF_PLACE: Final = Limit("search-place", 120, timedelta(minutes=5))
# A number may be of a practice named after its owner, which is found by number only: guessing numbers
# one after another must lead nowhere. One has five numbers at most, each mistyped once or twice.
NUMBERS_OF_VISITOR: Final = Limit("number-visitor", 20, timedelta(minutes=15))
NUMBERS_OF_PLACE: Final = Limit("number-place", 60, timedelta(minutes=15))
# Choosing tells whether a clinic joined; nobody has a dozen clinics to choose at once.
CHOICES_OF_PLACE: Final = Limit("choice-place", 30, timedelta(minutes=15))
# A visitor looks at a page every few seconds at most; a company's whole staff may share one address.
NETWORK_OF_PLACE: Final = Limit("network-place", 600, timedelta(minutes=5))
# A letter that did not come may be asked for again; more would only fill somebody's mailbox.
LINKS_OF_CLINIC: Final = Limit("link-clinic", 3, timedelta(hours=1))
LINKS_OF_PLACE: Final = Limit("link-place", 10, timedelta(hours=1))

ALL: Final = (
    SEARCHES_OF_PLACE,
    NUMBERS_OF_VISITOR,
    NUMBERS_OF_PLACE,
    CHOICES_OF_PLACE,
    NETWORK_OF_PLACE,
    LINKS_OF_CLINIC,
    LINKS_OF_PLACE,
)


def place(request: PublicRequest) -> str:
    """Return the network place: the address, or the /64 network that one IPv6 subscriber has for himself."""
    address = request.META.get("REMOTE_ADDR") or "unknown"
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def search(request: PublicRequest, *, is_number: bool) -> HttpResponse | None:
    """Count a search; return the page for those who ask too often."""
    counted = [(SEARCHES_OF_PLACE, place(request))]
    if is_number:
        visitor = request.session.session_key or place(request)
        counted += [(NUMBERS_OF_PLACE, place(request)), (NUMBERS_OF_VISITOR, visitor)]
    return _refusal(request, *counted)


def choice(request: PublicRequest) -> HttpResponse | None:
    """Count a choice of an entity."""
    return _refusal(request, (CHOICES_OF_PLACE, place(request)))


def network(request: PublicRequest) -> HttpResponse | None:
    """Count a page of a public network."""
    return _refusal(request, (NETWORK_OF_PLACE, place(request)))


def link(request: PublicRequest, *, clinic: str) -> HttpResponse | None:
    """Count a request for a set-password link."""
    return _refusal(request, (LINKS_OF_PLACE, place(request)), (LINKS_OF_CLINIC, clinic))


def _refusal(request: PublicRequest, *counted: tuple[Limit, str]) -> HttpResponse | None:
    """Count everywhere, and let the longest wait speak."""
    at = timezone.now()
    waits: list[datetime] = [
        until for limit, who in counted if (until := limits.refused_until(limit, who=who, at=at)) is not None
    ]
    return errors.too_many_requests(request, until=max(waits)) if waits else None
