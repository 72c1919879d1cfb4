"""The short way for programs: no session, no language, no page middleware; every answer is JSON."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from ols.api.problems import Problem

_PREFIX = "/api/v1/"
_ADDRESSES = "ols.api.urls"

logger = logging.getLogger(__name__)


class ApiGate:
    """Answers what is asked of the API itself and passes everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the way for pages."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or pass on."""
        if not request.path_info.startswith(_PREFIX):
            return self.get_response(request)
        answer = _answer(request)
        answer["Content-Length"] = str(len(answer.content))
        return answer


def _answer(request: HttpRequest) -> HttpResponse:
    try:
        found = resolve(request.path_info[len(_PREFIX) - 1 :], _ADDRESSES)
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    except Resolver404:
        return Problem(404, "NO_SUCH_ADDRESS", "There is nothing at this address.").response()
    except Problem as problem:
        return problem.response()
    except Exception:
        logger.exception("API request failed: %s", request.path_info)
        return Problem(500, "INTERNAL", "The request failed; it is safe to repeat it.").response()
    return answer
