"""What somebody sent after their session had ended: kept sealed, offered again after logging in.

The form waits in the session of its browser. It is shown to nobody but the person, and carried out for no
organization but the one, whose mark it carries (docs/adr/0012-mark-in-every-form.md).
"""

import base64
import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ols.accounts import limits
from ols.accounts.limits import Limit
from ols.db import crypto
from ols.web import acting

FIELD: Final = "kept_form"
# A form sent at noon can be carried on in the evening.
FOR: Final = timedelta(hours=12)
# A thousand prices take a tenth of it.
MOST_LETTERS: Final = 400_000
OF_PLACE: Final = Limit("kept-form", 60, timedelta(minutes=15))
_KEY: Final = "kept_form"
_PLACE: Final = "session.kept_form"
_NOT_TYPED: Final = frozenset({"csrfmiddlewaretoken", acting.MARK, acting.SWITCH, FIELD})


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent: where to, for whom, which fields; files have to be chosen once more."""

    path: str
    mark: str
    fields: list[list[str]]
    has_files: bool


def typed(request: HttpRequest) -> list[list[str]]:
    """Return the names and values a form was sent with, without what the page itself had put in."""
    lists = request.POST.lists()
    return [[name, str(value)] for name, values in lists if name not in _NOT_TYPED for value in values]


def keep(request: HttpRequest) -> bool:
    """Keep a form that a person sent; say whether it was kept.

    What a script sent is not: the script still has it. A form without a mark is none of ours.
    """
    is_page = "text/html" in request.headers.get("Accept", "") and "HX-Request" not in request.headers
    if request.method != "POST" or not is_page or not request.POST.get(acting.MARK):
        return False
    kept = Kept(request.get_full_path(), request.POST[acting.MARK], typed(request), bool(request.FILES))
    text = json.dumps(asdict(kept))
    if len(text) > MOST_LETTERS or _is_too_often(request):
        return False
    request.session[_KEY] = base64.b64encode(crypto.encrypt(text, place=_PLACE)).decode()
    if getattr(request, "actor", None) is None:
        request.session.set_expiry(FOR)
    return True


def is_waiting(request: HttpRequest) -> bool:
    """Say whether this browser has sent something that nobody has carried on or given up."""
    return _KEY in request.session


def waiting_for(request: HttpRequest, user_id: int) -> Kept | None:
    """Return what waits for the person; what somebody else has sent here is gone with this."""
    sealed = request.session.get(_KEY)
    if sealed is None:
        return None
    kept = Kept(**json.loads(crypto.decrypt(base64.b64decode(sealed), place=_PLACE)))
    if any(row.mark == kept.mark for row in acting.workplaces_of(user_id)):
        return kept
    give_up(request)
    return None


def give_up(request: HttpRequest) -> None:
    """Forget what was kept."""
    request.session.pop(_KEY, None)


def answered(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Forget what was kept once a page has taken it over, or shows it with what is to be mended."""
    is_taken = answer.status_code < HTTPStatus.BAD_REQUEST
    if FIELD in request.POST and (is_taken or answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY):
        give_up(request)
    return answer


def _is_too_often(request: HttpRequest) -> bool:
    place = request.META.get("REMOTE_ADDR") or "unknown"
    return limits.refused_until(OF_PLACE, who=place, at=timezone.now()) is not None
