"""The `ols` command line as a person meets it."""

import json
import os
import socket
import subprocess
import sys

import pytest

from ols.cli import serve


@pytest.fixture
def ols(tmp_path):
    """Runs `ols` with an OLS_VAR of its own; the database is stopped afterwards."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["OLS_VAR"] = str(tmp_path / "var")

    def run(*arguments, **more):
        return subprocess.run(
            [sys.executable, "-m", "ols.cli.main", *arguments],
            env=environment | more, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip

    yield run
    run("db", "stop")


@pytest.fixture
def busy_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_db_start_status_url_stop(ols):
    assert ols("db", "status").returncode == 3
    assert ols("db", "start").stdout == ols("db", "url").stdout
    found = ols("db", "status")
    assert (found.returncode, found.stdout.split(",")[0]) == (0, "running")
    assert ols("db", "stop").returncode == 0
    assert ols("db", "status").returncode == 3


def test_db_shell_and_run_start_and_stop_the_database_and_pass_the_status_on(ols):
    assert ols("db", "shell", "-Atc", "SELECT 6 * 7").stdout == "42\n"
    assert ols("db", "run", "sh", "-c", "exit 9").returncode == 9
    assert ols("db", "status").returncode == 3


def test_a_busy_port_is_said_in_words_before_anything_starts(ols, busy_port, tmp_path):
    done = ols("serve", OLS_PORT=str(busy_port))
    assert done.returncode == 1
    assert f"Port {busy_port} cannot be used" in done.stdout
    assert f"OLS_PORT={busy_port + 1} script/server" in done.stdout
    assert not (tmp_path / "var" / "postgres" / "data").exists()


def test_a_port_that_is_no_number_is_said_in_words(ols):
    done = ols("serve", OLS_PORT="http")
    assert (done.returncode, done.stdout) == (1, "OLS_PORT must be a whole number, not 'http'\n")


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_out_of_range_is_refused(port):
    with pytest.raises(serve.PortTaken):
        serve.require_free_port("127.0.0.1", port)


def test_a_free_port_is_accepted_though_it_was_used_a_moment_ago(busy_port):
    with pytest.raises(serve.PortTaken):
        serve.require_free_port("127.0.0.1", busy_port)
    serve.require_free_port("127.0.0.1", 0)


def test_a_database_that_does_not_answer_is_said_in_words(ols):
    done = ols("manage", "check", DATABASE_URL="postgresql://ols@127.0.0.1:1/ols")
    assert done.returncode == 1
    assert done.stderr.startswith("The database at DATABASE_URL does not answer")
    assert "Traceback" not in done.stderr


def test_adjudicate_needs_neither_django_nor_a_database(tmp_path):
    (tmp_path / "cases.json").write_text("[]")
    code = (
        "import sys; from ols.cli import main; sys.argv = ['ols', 'adjudicate', sys.argv[1]]\n"
        "try: main.main()\n"
        "except SystemExit as end:\n"
        "    print(end.code, 'django' in sys.modules, 'psycopg' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "cases.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout) == []
    assert done.stderr == "0 False False\n"
