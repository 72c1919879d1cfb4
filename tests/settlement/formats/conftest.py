"""A mock bank of its own for each test, spoken to over HTTP as a real one would be."""

import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from mockbank import server as mockbank

DEBTOR_IBAN = "PL61109010140000071219812874"
OPENING_GR = 100_000_000


@dataclass(frozen=True)
class Bank:
    """The bank of one insurer with one zloty account."""

    port: int

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, raw)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        assert answer.status < 500, content
        return json.loads(content)

    def open_account(self, **more: Any) -> None:
        account = {
            "id": "TU",
            "name": "Towarzystwo Przykladowe S.A. (demo)",
            "iban": DEBTOR_IBAN,
            "currency": "PLN",
            "balance": OPENING_GR,
            "behaviour": "accept",
            **more,
        }
        assert "error" not in self.ask("POST", "/_mock/accounts", account)

    def collect(self, message_type: str) -> list[bytes]:
        """Messages about our account, oldest first; the bank's own sample accounts are left out."""
        messages = self.ask("GET", f"/_mock/mailbox?type={message_type}")
        return [message["body"].encode() for message in messages if message["account"] == "TU"]


@pytest.fixture
def bank() -> Iterator[Bank]:
    config = mockbank.Config(port=0, quiet=True, clock="2026-11-23T09:00")
    httpd = mockbank.make_server(config)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    opened = Bank(httpd.server_address[1])
    opened.open_account()
    yield opened
    httpd.shutdown()
    thread.join()
    httpd.server_close()
