"""A mock bank: takes payment files and writes statements, spoken to over HTTP as a real one would be."""

import contextlib
import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mockbank import server as mockbank

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

    def pay(self, payment_file: bytes) -> None:
        """Hand in a pain.001 file and let a week go by."""
        self.ask("POST", "/payments", payment_file)
        self.ask("POST", "/_mock/advance?days=7")

    def statements(self) -> list[bytes]:
        """Return the camt.053 files of our account that have movements, oldest first."""
        messages = self.ask("GET", "/_mock/mailbox?type=camt.053")
        found = [message["body"].encode() for message in messages if message["account"] == "TU"]
        return [statement for statement in found if b"<Ntry>" in statement]


@contextlib.contextmanager
def opened(*, iban: str, name: str, now: str, behaviour: str = "accept") -> Iterator[Bank]:
    config = mockbank.Config(port=0, quiet=True, clock=now)
    httpd = mockbank.make_server(config)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    bank = Bank(httpd.server_address[1])
    account = {
        "id": "TU",
        "name": name,
        "iban": iban,
        "currency": "PLN",
        "balance": OPENING_GR,
        "behaviour": behaviour,
    }
    assert "error" not in bank.ask("POST", "/_mock/accounts", account)
    try:
        yield bank
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()
