"""`script/bench claims [--clients 16] [--seconds 20]`: claims over HTTP beside the floor of the database.

The real server, a fresh embedded database with 2,000 insured, a lean client in its own process, and in
the same run pgbench with the same statements. Exit status 1 below the target of half the floor.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
TARGET = 0.5
WARM_UP = 3.0
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Set up, measure, print; return the exit status."""
    parser = argparse.ArgumentParser(prog="script/bench claims", description=__doc__)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="ols-bench-")
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(OLS_VAR=folder, DJANGO_SETTINGS_MODULE="ols.config.settings")
    try:
        figures = _measured(options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(figures) if options.json else _told(figures))
    return 0 if figures["ratio"] >= TARGET else 1


def _measured(options: argparse.Namespace) -> dict[str, Any]:
    """Measure application and floor in turns on one database."""
    from ols.db import embedded

    with embedded.running():
        import django

        django.setup()
        from bench import claims_floor, claims_world
        from django.core.management import call_command
        from django.db import connection, connections

        call_command("migrate", interactive=False, verbosity=0)
        world = claims_world.seed()
        with connection.cursor() as cursor:
            cursor.execute("SELECT min(id), max(id), count(*) FROM claims_usage")
            first_usage_id, last, count = cursor.fetchone()
        assert last - first_usage_id + 1 == count == claims_world.PEOPLE * (claims_world.BENEFITS + 1)
        statements, trips = _queries_per_claim(world)
        connections.close_all()
        floor = {}
        for name, pipelined in (("single", False), ("pipelined", True)):
            floor[name] = claims_floor.measure(
                world, first_usage_id=first_usage_id, clients=options.clients,
                seconds=max(options.seconds // 2, 5), pipelined=pipelined,
            )  # fmt: skip
        served = _serve_and_drive(world, options, embedded.status().pid)
    best = max(rate for rate, _ in floor.values())
    rate = served["claims"] / served["seconds"]
    return {
        **served, "rate": rate, "floor": floor, "ratio": rate / best, "statements": statements,
        "round_trips": trips, "clients": options.clients,
    }  # fmt: skip


def _queries_per_claim(world: Any) -> tuple[int, int]:
    """Count the statements and round trips of one claim of two services, begin and commit included."""
    from bench.claims_world import coverage_uuid
    from django.utils import timezone

    from ols.api import tokens
    from ols.claims import services as claims
    from ols.claims.types import ClaimDraft, DraftLine
    from ols.db import pipeline

    actor = tokens.actor_of(world.tokens[0])
    lines = (DraftLine(world.codes[0]), DraftLine(world.codes[9]))
    counted: list[int] = []
    real = pipeline.Pipeline._exchange  # noqa: SLF001 - counted where it is sent

    def counting(self: pipeline.Pipeline, queued: Any, when_sent: Any = None) -> Any:
        counted.append(len(queued))
        return real(self, queued, when_sent)

    for number in range(2):
        counted.clear()
        draft = ClaimDraft(coverage_uuid(1), world.today - timedelta(days=number), lines)
        pipeline.Pipeline._exchange = counting  # type: ignore[method-assign]  # noqa: SLF001
        try:
            claims.authorize_claim(
                actor=actor, draft=draft, idempotency_key=f"count-{number}", at=timezone.now()
            )
        finally:
            pipeline.Pipeline._exchange = real  # type: ignore[method-assign]  # noqa: SLF001
    return sum(counted), len(counted)


def _serve_and_drive(world: Any, options: argparse.Namespace, postmaster: int) -> dict[str, Any]:
    """Start the server as `ols serve` does, drive it, and read the CPU time of everybody."""
    from ols.cli import serve

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(serve.web_command("127.0.0.1", port))
    try:
        _wait_for(port)
        client = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("claims_client.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert client.stdin is not None
        assert client.stdout is not None
        client.stdin.write(json.dumps(_orders(world, options, port)))
        client.stdin.close()
        time.sleep(WARM_UP + 0.5)
        before = _cpu_of(server.pid), _cpu_of(postmaster)
        time.sleep(options.seconds - 1)
        after = _cpu_of(server.pid), _cpu_of(postmaster)
        report: dict[str, Any] = json.loads(client.stdout.read())
    finally:
        server.terminate()
        server.wait(timeout=20)
    per_claim = 1000 / (report["claims"] / report["seconds"] * (options.seconds - 1))
    report["app_cpu_ms"] = (after[0] - before[0]) * per_claim
    report["database_cpu_ms"] = (after[1] - before[1]) * per_claim
    report["client_cpu_ms"] = report.pop("cpu_ms") / (report["claims"] * (1 + WARM_UP / options.seconds))
    return report


def _orders(world: Any, options: argparse.Namespace, port: int) -> dict[str, Any]:
    from bench import claims_floor, claims_world

    return {
        "port": port,
        "clients": options.clients,
        "seconds": options.seconds,
        "warm_up": WARM_UP,
        "seed": 7,
        "codes": world.codes,
        "tokens": world.tokens,
        "people": claims_world.PEOPLE,
        "days": [str(world.today - timedelta(days=number)) for number in range(claims_floor.DAYS)],
        "weights": list(claims_floor.WEIGHTS.values()),
    }


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process and all its living descendants."""
    parents, used = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            number = int(entry.name)
            parents[number] = int(fields[1])
            used[number] = (int(fields[11]) + int(fields[12])) / _TICKS
    family, grew = {pid}, True
    while grew:
        found = {number for number, parent in parents.items() if parent in family} - family
        family |= found
        grew = bool(found)
    return sum(used[number] for number in family if number in used)


def _told(figures: dict[str, Any]) -> str:
    floor = figures["floor"]
    latencies = "  ".join(f"{name} {figures[name]:.1f}" for name in ("p50", "p95", "p99")) + " ms"
    cpu = ", ".join(f"{who} {figures[f'{who}_cpu_ms']:.2f}" for who in ("app", "database", "client"))
    lines = [
        f"claims over HTTP, {figures['clients']} clients, {figures['seconds']} s: {figures['statuses']}",
        f"  application      {figures['rate']:8.0f} claims/s   {latencies}",
        *(f"  floor, {name:9} {rate:8.0f} claims/s   mean {ms:.1f} ms" for name, (rate, ms) in floor.items()),
        f"  ratio            {figures['ratio']:8.2f} of the faster floor (target {TARGET})",
        f"  two services:    {figures['statements']} statements in {figures['round_trips']} round trips",
        f"  CPU a claim, ms: {cpu}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
