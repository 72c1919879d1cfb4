"""The lean client of the claims bench: N keep-alive connections, one request in flight on each.

Reads its orders as JSON from the standard input, prints its measurements as JSON; its own process.
"""

import json
import random
import resource
import select
import socket
import sys
import time
from typing import Any


def main() -> None:
    """Drive the server for the time ordered."""
    orders = json.load(sys.stdin)
    requests = _requests(orders)
    links = [_Link(orders["port"]) for _ in range(orders["clients"])]
    poll = select.epoll()
    by_number = {link.number: link for link in links}
    for link in links:
        poll.register(link.number, select.EPOLLIN)
        link.send(next(requests))
    latencies: list[float] = []
    statuses: dict[str, int] = {}
    begin = time.perf_counter()
    warm, end = begin + orders["warm_up"], begin + orders["warm_up"] + orders["seconds"]
    while (now := time.perf_counter()) < end:
        for number, _ in poll.poll(1.0):
            link = by_number[number]
            status, took = link.receive()
            if not status:
                continue
            if now >= warm:
                latencies.append(took)
                statuses[status] = statuses.get(status, 0) + 1
            link.send(next(requests))
    used = resource.getrusage(resource.RUSAGE_SELF)
    latencies.sort()
    report = {
        "seconds": orders["seconds"],
        "claims": len(latencies),
        "statuses": statuses,
        "cpu_ms": (used.ru_utime + used.ru_stime) * 1000,
        **{name: latencies[int(len(latencies) * share)] * 1000 for name, share in _SHARES if latencies},
    }
    print(json.dumps(report))


_SHARES = (("p50", 0.50), ("p95", 0.95), ("p99", 0.99))


class _Link:
    """One connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number = self.socket.fileno()
        self.got = b""
        self.since = 0.0

    def send(self, request: bytes) -> None:
        self.got = b""
        self.since = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> tuple[str, float]:
        """Return status and seconds once the answer is whole."""
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("the server closed a connection")
        self.got += part
        head, found, body = self.got.partition(b"\r\n\r\n")
        if not found:
            return "", 0.0
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        if len(body) < length:
            return "", 0.0
        status = head[9:12].decode()
        if status == "201":
            status += " " + body.partition(b'"outcome": "')[2].split(b'"', 1)[0].decode()
        return status, time.perf_counter() - self.since


def _requests(orders: dict[str, Any]) -> Any:
    """Yield requests for ever: a random provider, person, day and one to four services, a new key each."""
    rng = random.Random(orders["seed"])
    codes, days, bearers, people = orders["codes"], orders["days"], orders["tokens"], orders["people"]
    number = 0
    while True:
        number += 1
        count = rng.choices((1, 2, 3, 4), weights=orders["weights"])[0]
        start = rng.randrange(len(codes))
        lines = ",".join(
            f'{{"service_code":"{codes[(start + 7 * step) % len(codes)]}","quantity":1}}'
            for step in range(count)
        )
        body = (
            f'{{"coverage":"00000000-0000-7000-8000-{rng.randrange(1, people + 1):012x}",'
            f'"service_date":"{days[rng.randrange(len(days))]}","lines":[{lines}]}}'
        )
        yield (
            f"POST /api/v1/claims/authorize HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {bearers[rng.randrange(len(bearers))]}\r\n"
            f"Idempotency-Key: bench-{orders['seed']}-{number}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


if __name__ == "__main__":
    main()
