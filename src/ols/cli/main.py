"""The `ols` command. Each command's module is imported when the command runs, not before.

`ols adjudicate` must not wait for Django, and nothing should wait for everything.
"""

import contextlib
import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from types import FrameType, ModuleType
from typing import Annotated, NoReturn

import typer

app = typer.Typer(
    help="System OLS: on-line benefits between health-care providers and insurers.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
database = typer.Typer(no_args_is_help=True)
app.add_typer(database, name="db", help="The embedded database: start, stop, status, url, shell, run.")

# Everything after such a command's name is somebody else's command line, --help included.
_PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


@app.command()
def adjudicate(source: Annotated[str, typer.Argument(metavar="FILE|-")]) -> None:
    """Decide the cases of a JSON file and print the decisions as JSON. Needs no database."""
    command = importlib.import_module("ols.cli.adjudicate")
    raise typer.Exit(command.run(source, sys.stdout))


@app.command("read-extract")
def read_extract(source: Annotated[str, typer.Argument(metavar="FILE|-")]) -> None:
    """Print what a register extract (PDF) says as JSON. Needs no database."""
    command = importlib.import_module("ols.cli.read_extract")
    raise typer.Exit(command.run(source, sys.stdout))


@app.command("import-register", context_settings=_PASS_ON)
def import_register(context: typer.Context) -> None:
    """Import the facility register from a CSV file."""
    _run_in_django("ols.cli.import_register", context.args)


@app.command("import-policies", context_settings=_PASS_ON)
def import_policies(context: typer.Context) -> None:
    """Import policies with insured people from a CSV file."""
    _run_in_django("ols.cli.import_policies", context.args)


@app.command("import-icd9", context_settings=_PASS_ON)
def import_icd9(context: typer.Context) -> None:
    """Load the dictionary of ICD-9-PL codes from a CSV file."""
    _run_in_django("ols.cli.import_icd9", context.args)


@app.command("create-operator", context_settings=_PASS_ON)
def create_operator(context: typer.Context) -> None:
    """Begin a real installation: create the operator and its first person."""
    _run_in_django("ols.cli.create_operator", context.args)


@app.command(context_settings=_PASS_ON)
def demo(context: typer.Context) -> None:
    """Rebuild the demo world; what the database held is lost."""
    _run_in_django("ols.cli.demo", context.args)


@app.command(context_settings=_PASS_ON)
def manage(context: typer.Context) -> None:
    """Run one of Django's own commands (migrate, shell, procrastinate, …)."""
    with _database():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ols.config.settings")
        management = importlib.import_module("django.core.management")
        management.execute_from_command_line(["ols manage", *context.args])


@app.command()
def serve() -> None:
    """Run the database, the web server and the worker until Ctrl-C. OLS_PORT: the port, usually 8000."""
    with _words_for_failures():
        raise typer.Exit(importlib.import_module("ols.cli.serve").run())


@database.command("start")
def start() -> None:
    """Start it and keep it up until `ols db stop`."""
    with _words_for_failures():
        _embedded().start()
        typer.echo(_embedded().database_url())


@database.command("stop")
def stop() -> None:
    """Stop it, unless something uses it."""
    with _words_for_failures():
        _embedded().stop()


@database.command("status")
def status() -> None:
    """Say whether it runs; exit status 3 when it does not."""
    found = _embedded().status()
    running = f"running, process {found.pid}" if found.pid else "not running"
    typer.echo(f"{running}\ndata: {found.data}\nlog:  {found.log}")
    raise typer.Exit(0 if found.pid else 3)


@database.command("url")
def url() -> None:
    """Print its address for programs that take DATABASE_URL."""
    typer.echo(_embedded().database_url())


@database.command("shell", context_settings=_PASS_ON)
def shell(context: typer.Context) -> None:
    """Open psql on it; arguments are psql's."""
    with _database() as address:
        psql = [str(_embedded().program("psql")), address, *context.args]
        raise typer.Exit(subprocess.run(psql, check=False).returncode)  # noqa: S603 (the person's own command)


@database.command("run", context_settings=_PASS_ON)
def run(context: typer.Context) -> None:
    """Run a command while it is up: `ols db run pytest tests/ledger`."""
    with _database():
        raise typer.Exit(subprocess.run(context.args, check=False).returncode)  # noqa: S603 (the person's own command)


def _embedded() -> ModuleType:
    return importlib.import_module("ols.db.embedded")


def _run_in_django(module: str, arguments: list[str]) -> NoReturn:
    """Call the module's `run(arguments) -> exit status` with the database up and Django ready."""
    with _database():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ols.config.settings")
        importlib.import_module("django").setup()
        tables = importlib.import_module("ols.cli.tables")
        try:
            tables.require()
        except tables.TablesOutdated as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
        raise typer.Exit(importlib.import_module(module).run(arguments))


@contextlib.contextmanager
def _database() -> Iterator[str]:
    with _words_for_failures(), _embedded().running() as address:
        yield address


@contextlib.contextmanager
def _words_for_failures() -> Iterator[None]:
    """Print why the database cannot be used instead of a traceback."""
    unusable = _embedded().DatabaseNotUsable
    try:
        yield
    except unusable as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Unwind on SIGTERM as on Ctrl-C, so that the last user of the database stops it."""
    sys.exit(128 + signal.SIGTERM)


def main() -> None:
    """Run the command line."""
    signal.signal(signal.SIGTERM, _leave)
    app(prog_name="ols")


if __name__ == "__main__":
    main()
