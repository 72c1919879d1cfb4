"""The embedded PostgreSQL with its real programs, in folders of the test's own."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from ols.db import embedded, embedded_layout

_HOLDER = """
import sys
from ols.db import embedded
with embedded.running():
    print("up", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="session")
def new_database(tmp_path_factory):
    """The folder of a database that was started once; copying it is quicker than making another."""
    var = tmp_path_factory.mktemp("new") / "var"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("OLS_VAR", str(var))
        with embedded.running():
            pass
    return var


@pytest.fixture
def empty_home(tmp_path, monkeypatch):
    """An empty OLS_VAR; whatever a test leaves running is stopped."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("OLS_VAR", str(tmp_path / "var"))
    yield tmp_path / "var" / "postgres"
    embedded.stop()


@pytest.fixture
def home(empty_home, new_database):
    """An OLS_VAR with a database that was used before."""
    shutil.copytree(new_database, empty_home.parent)
    return empty_home


@pytest.fixture
def holder(empty_home):
    """Starts other processes that hold a lease until their input ends."""
    started = []

    def start(number=1):
        together = [
            subprocess.Popen(
                [sys.executable, "-c", _HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for _ in range(number)
        ]
        started.extend(together)
        assert [process.stdout.readline() for process in together] == ["up\n"] * number
        return together

    yield start
    for process in started:
        process.kill()
        process.communicate()


def ask(statement):
    with psycopg.connect(embedded.database_url()) as connection:
        return connection.execute(statement).fetchone()[0]


def test_the_first_lease_starts_the_server_and_the_last_one_stops_it(home):
    with embedded.running() as outer:
        pid = embedded.status().pid
        with embedded.running() as inner:
            assert inner == outer == embedded.database_url()
        assert embedded.status().pid == pid
        assert ask("SELECT 1") == 1
    assert embedded.status().pid is None


def test_data_survives_a_restart(home):
    with embedded.running() as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    with embedded.running():
        assert ask("SELECT answer FROM kept") == 42


def test_the_application_role_makes_databases_and_extensions_but_is_no_superuser(home):
    with embedded.running() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE test_other TEMPLATE template0")
            connection.execute("CREATE EXTENSION btree_gist")
            assert connection.info.server_version >= 150000
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("COPY (SELECT 1) TO PROGRAM 'cat'")
        assert ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert ask("SHOW server_encoding") == "UTF8"
        assert ask("SHOW synchronous_commit") == "on"


def test_the_password_is_required_and_readable_by_its_owner_only(home):
    with embedded.running() as url:
        password = (home / "password").read_text()
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url.replace(password, "another"))
    assert stat.S_IMODE((home / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_stop_is_refused_while_another_process_holds_a_lease(home, holder):
    (other,) = holder()
    with pytest.raises(embedded.DatabaseNotUsable, match="in use"):
        embedded.stop()
    assert embedded.status().pid is not None
    other.communicate()
    assert embedded.status().pid is None


def test_a_killed_user_leaves_no_lease(home, holder):
    (other,) = holder()
    pid = embedded.status().pid
    other.kill()
    other.wait()
    with embedded.running():
        assert embedded.status().pid == pid
    assert embedded.status().pid is None


def test_users_that_start_at_once_share_one_server(empty_home, holder):
    first, second = holder(2)
    pid = embedded.status().pid
    first.communicate()
    assert embedded.status().pid == pid
    second.communicate()
    assert embedded.status().pid is None


def test_a_server_asked_to_stay_outlives_its_users(home):
    embedded.start()
    with embedded.running():
        pid = embedded.status().pid
    assert embedded.status().pid == pid
    embedded.stop()
    assert embedded.status().pid is None


def test_a_server_that_was_killed_starts_again_with_what_was_committed(home):
    with embedded.running() as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS answer")
        os.kill(embedded.status().pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while embedded.status().pid is not None and time.monotonic() < deadline:
            time.sleep(0.02)
        assert (home / "data" / "postmaster.pid").exists()
        with embedded.running():
            assert ask("SELECT answer FROM kept") == 7


def test_a_process_number_reused_by_another_program_does_not_block_the_start(home):
    record = home / "data" / "postmaster.pid"
    # Our parent lives and is no PostgreSQL: as after a restart of the machine.
    record.write_text(f"{os.getppid()}\n{home / 'data'}\n")
    assert embedded.status().pid is None
    with embedded.running():
        assert ask("SELECT 1") == 1


def test_the_start_waits_for_sessions_of_a_killed_server(home):
    session = subprocess.Popen(["sleep", "0.5"], cwd=home / "data")
    assert embedded_layout.sessions_left(embedded_layout.paths()) == [session.pid]
    reaper = threading.Thread(target=session.wait)
    reaper.start()
    with embedded.running():
        assert session.returncode == 0
    reaper.join()


def test_a_first_start_that_was_cut_off_is_begun_anew(empty_home):
    draft = embedded_layout.paths().home / "data.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")
    with embedded.running():
        assert ask("SELECT 1") == 1
    assert not draft.exists()


def test_data_of_another_version_is_refused_in_words_and_left_alone(home):
    (home / "data" / "PG_VERSION").write_text("17\n")
    with (
        pytest.raises(embedded.DatabaseNotUsable, match="made by PostgreSQL 17, installed is 18"),
        embedded.running(),
    ):
        pass
    assert (home / "data" / "base").is_dir()


def test_a_path_too_long_for_a_socket_gets_a_short_one(home, tmp_path, monkeypatch):
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    monkeypatch.setenv("OLS_VAR", str(deep))
    layout = embedded_layout.paths()
    assert layout.socket.parent == Path("/tmp")
    with embedded.running():
        assert ask("SELECT 1") == 1
        assert stat.S_IMODE(layout.socket.stat().st_mode) == 0o700
    layout.socket.rmdir()


def test_a_socket_folder_that_is_a_link_is_refused(empty_home, tmp_path):
    layout = embedded_layout.paths()
    (tmp_path / "elsewhere").mkdir()
    layout.socket.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(embedded.DatabaseNotUsable, match="is not ours"), embedded.running():
        pass
    layout.socket.unlink()


def test_with_database_url_nothing_is_started(home, monkeypatch):
    with embedded.running() as url:
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("OLS_VAR", str(home / "unused"))
        with embedded.running() as given:
            assert given == url
        assert not (home / "unused").exists()
        monkeypatch.delenv("DATABASE_URL")
        monkeypatch.setenv("OLS_VAR", str(home.parent))


def test_a_database_url_that_does_not_answer_is_said_in_words(home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://ols@/ols?host={home}")
    with pytest.raises(embedded.DatabaseNotUsable, match="does not answer"), embedded.running():
        pass
    monkeypatch.delenv("DATABASE_URL")


def test_an_old_server_is_refused_in_words(home, monkeypatch):
    with embedded.running() as url:
        embedded.require_supported(url)
        monkeypatch.setattr(embedded, "_OLDEST_VERSION", 99)
        with pytest.raises(embedded.DatabaseNotUsable, match="PostgreSQL 99 or newer is needed"):
            embedded.require_supported(url)


def test_the_launcher_does_not_import_django():
    code = "import sys, ols.db.embedded; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
