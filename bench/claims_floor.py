"""The floor: the application's own statements, prepared, run by pgbench with nothing around them."""
# ruff: noqa: SLF001 - the floor must run the very statements of the application

import os
import re
import subprocess
import tempfile
from pathlib import Path

from bench.claims_world import BENEFITS, PEOPLE, SERVICES_OF_BENEFIT, World

from ols.adjudication import types as core
from ols.audit import services as audit
from ols.claims import facts
from ols.claims.services import write
from ols.db import embedded
from ols.db.pipeline import Statement
from ols.ledger import services as ledger
from ols.notifications import services as notifications

# Lines of a claim and how often such a claim comes.
WEIGHTS = {1: 4, 2: 3, 3: 2, 4: 1}
DAYS = 50
_COUNTERS = BENEFITS + 1
_FACTS = len(core.Line._fields) + len(core.Terms._fields) + len(core.Usage._fields)
_DECISION = len(core.Decision._fields)


def measure(
    world: World, *, first_usage_id: int, clients: int, seconds: int, pipelined: bool
) -> tuple[float, float]:
    """Return claims a second and the mean latency in ms, in single statements or in two pipelines a claim."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = []
        for lines, weight in WEIGHTS.items():
            path = Path(folder) / f"claim{lines}.sql"
            path.write_text(_script(world, lines, first_usage_id, pipelined=pipelined), encoding="utf-8")
            arguments += ["-f", f"{path}@{weight}"]
        done = subprocess.run(
            [
                embedded.program("pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "1",
                "-T", str(seconds), *arguments, embedded.database_url(),
            ],
            env={**os.environ, "PGOPTIONS": "-c plan_cache_mode=force_generic_plan"},
            check=False, capture_output=True, text=True,
        )  # fmt: skip
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    latency = re.search(r"latency average = ([\d.]+)", done.stdout)
    if done.returncode or rate is None or latency is None:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return float(rate[1]), float(latency[1])


def _script(world: World, lines: int, first_usage_id: int, *, pipelined: bool) -> str:
    """Return one claim of so many lines."""
    step = world.provider_ids[1] - world.provider_ids[0]
    variables = [
        f"\\set c random(1, {PEOPLE})",
        f"\\set n random(0, {len(world.provider_ids) - 1})",
        f"\\set p {world.provider_ids[0]} + :n * {step}",
        f"\\set d random(0, {DAYS - 1})",
        f"\\set s random(0, {len(world.codes) - 1})",
        "\\set k random(1, 1000000000000000)",
        f"\\set root {first_usage_id} + (:c - 1) * {_COUNTERS}",
    ]
    for line in range(lines):
        variables.append(f"\\set s{line} (:s + {7 * line}) % {len(world.codes)}")
        variables.append(f"\\set u{line} :root + 1 + :s{line} / {SERVICES_OF_BENEFIT}")
    read, writes = ["BEGIN", _read(world, lines)], [*_writes(world, lines), "COMMIT"]
    if pipelined:
        body = [*_piped(read), *_piped(writes)]
    else:
        body = [f"{statement};" for statement in [*read, *writes]]
    return "\n".join([*variables, *body]) + "\n"


def _piped(statements: list[str]) -> list[str]:
    return ["\\startpipeline", *(f"{statement};" for statement in statements), "\\endpipeline"]


def _read(world: World, lines: int) -> str:
    codes = ", ".join(_code(line) for line in range(lines))
    cover = "('00000000-0000-7000-8000-' || lpad(to_hex(:c::int), 12, '0'))::uuid"
    return _filled(
        facts._LOCKING, cover, ":p::bigint", _day(world), f"ARRAY[{codes}]::text[]", "'k' || :k::bigint"
    )


def _writes(world: World, lines: int) -> list[str]:
    now, claim, identity = "now()", "currval('claims_claim_id_seq')", "gen_random_uuid()"
    person = f"{world.first_person_id} - 1 + :c::int"
    statements = [
        _filled(
            write._CLAIM, "nextval('claims_claim_id_seq')", identity, "'W/2026/' || :k::bigint",
            str(world.insurer_id), ":p::bigint", str(world.first_contract_id), person,
            f"{world.first_coverage_id} - 1 + :c::int", "''", _day(world), "''", "''", "NULL", "'authorized'",
            "'APPROVED'", str(20000 * lines), str(17000 * lines), str(3000 * lines), "0", "'k' || :k::bigint",
            "sha256('x')", "'0123456789abcdef'", "1", now, "now() + interval '1 day'",
        )
    ]  # fmt: skip
    rows: list[str] = []
    for line in range(lines):
        rows += (
            claim, str(line + 1), person, f"{world.service_ids[0]} + :s{line}::int", _code(line),
            "'Usługa 12 (demo)'", f"'B' || (:s{line}::int / {SERVICES_OF_BENEFIT})", _day(world), "1",
            "20000", "17000", "3000", "0", "'APPROVED'", "'{}'", _array(_DECISION), _array(_FACTS),
        )  # fmt: skip
    statements.append(_filled(write.lines_statement(lines), *rows))
    moves = [claim, now]
    for usage in [":root", *(f":u{line}" for line in range(lines))]:
        moves += (usage, "1", "17000", "0")
    statements.append(_filled(write.moves_statement(lines + 1), *moves))
    # pgbench takes a colon before a letter for a variable, quoted or not.
    expense = f"'insurer' || chr(58) || '{world.insurer_id}' || chr(58) || 'benefit-expense'"
    owed = (
        f"'insurer' || chr(58) || '{world.insurer_id}' || chr(58) || 'provider' || chr(58)"
        " || :p::bigint || chr(58) || 'decided'"
    )
    statements += [
        _filled(
            ledger._POST, "'claim.decided'", identity, f"'claim.decided:' || {identity}", now,
            expense, owed, str(17000 * lines),
        ),
        _filled(
            audit._RECORD, "'claim.authorize'", "'claim'", identity, "1", "'Rejestracja (demo)'",
            ":p::bigint", "'api'", "NULL", now,
            """'{"outcome": "APPROVED", "insurer_gr": 17000, "patient_gr": 3000}'""",
        ),
        _filled(
            notifications._ENQUEUE, "'claim.decided'",
            """'{"claim": "01a20560-38a5-7189-82e7-d93e97e01ea4", "status": "authorized"}'""", now,
        ),
    ]  # fmt: skip
    return statements


def _code(line: int) -> str:
    return f"'B-' || lpad(:s{line}::int::text, 3, '0')"


def _day(world: World) -> str:
    return f"(DATE '{world.today}' - :d::int)"


def _array(length: int) -> str:
    """Return an array of as many numbers of usual size as the application writes."""
    return "'{" + ",".join(str(20000 if n % 2 else 1000000000000000) for n in range(length)) + "}'"


def _filled(statement: Statement, *values: str) -> str:
    """Return the statement on one line with values in place of its parameters."""
    sql = re.sub(r"\$(\d+)", lambda found: values[int(found[1]) - 1], statement.sql.decode())
    return " ".join(sql.split())
