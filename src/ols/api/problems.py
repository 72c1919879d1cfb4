"""Errors as problem documents (RFC 9457): a stable `code` for programs, words for their authors."""

import json

from django.http import HttpResponse


class Problem(Exception):
    """What is wrong with a request: status, stable code, one sentence, and the field where there is one."""

    def __init__(self, status: int, code: str, detail: str, *, field: str = "") -> None:
        """Keep the parts of the document."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.field = field

    def response(self) -> HttpResponse:
        """Return the document."""
        body = {"type": "about:blank", "status": self.status, "code": self.code, "detail": self.detail}
        if self.field:
            body["field"] = self.field
        response = HttpResponse(json.dumps(body), status=self.status, content_type="application/problem+json")
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "no-store"
        if self.status == 401:
            response["WWW-Authenticate"] = "Bearer"
        return response
