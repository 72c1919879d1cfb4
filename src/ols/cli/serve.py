"""`ols serve`: database, web server and worker under one roof, for one machine.

Order: the port is free → the database is up → migrations → demo data on a first start → web server
and worker. Whatever ends this process ends them all; none is restarted silently.
"""

import contextlib
import importlib
import os
import socket
import sys

from ols.cli import supervisor
from ols.config import env
from ols.db import embedded

_WEB_WORKERS = 2
_THREADS_PER_WORKER = 8
_SECONDS_TO_ANSWER = 60.0


class PortTaken(RuntimeError):
    """Another program listens on the port; the message names the remedy."""


def run() -> int:
    """Serve until stopped; return the exit status: 0 when asked to stop, 1 when something failed.

    :raises ols.db.embedded.DatabaseNotUsable: the database cannot be used
    """
    host = env.text("OLS_HOST", "127.0.0.1")
    try:
        port = env.number("OLS_PORT", 8000)
        require_free_port(host, port)
    except (env.WrongSetting, PortTaken) as error:
        _say(str(error))
        return 1
    crew = supervisor.Supervisor()
    with supervisor.stop_signals():
        try:
            with embedded.running():
                try:
                    return _serve(crew, host, port)
                finally:
                    supervisor.ignore_stop_signals()
                    crew.stop_all()
        except supervisor.StopRequested:
            _say("Stopped.")
            return 0


def require_free_port(host: str, port: int) -> None:
    """Make sure that nobody listens there.

    :raises PortTaken: somebody does, or the port is not for us
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise PortTaken(
                f"Port {port} cannot be used ({error}). Stop the program that uses it, "
                f"or choose another port: OLS_PORT={port + 1 if port < 65535 else 8000} script/server"
            ) from error


def _serve(crew: supervisor.Supervisor, host: str, port: int) -> int:
    logins = _prepare()
    crew.start(supervisor.Program("web server", web_command(host, port)))
    crew.start(supervisor.Program("worker", worker_command()))
    if crew.wait_until(lambda: _answers(host, port), seconds=_SECONDS_TO_ANSWER):
        _announce(host, port, logins)
    elif crew.first_exit() is None:
        _say(f"The web server did not answer within {_SECONDS_TO_ANSWER:.0f} s: stopping everything.")
        return 1
    ended = crew.wait_for_exit()
    how = f"exit status {ended.status}" if ended.status >= 0 else f"signal {-ended.status}"
    _say(f"The {ended.name} ended by itself ({how}): stopping everything.")
    return 1


def web_command(host: str, port: int) -> list[str]:
    """Return the web server's command line."""
    return [
        sys.executable, "-m", "granian", "ols.config.wsgi:application", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(_WEB_WORKERS),
        "--blocking-threads", str(_THREADS_PER_WORKER), "--no-ws", "--log-level", "error",
        "--workers-kill-timeout", "5",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """Return the command line of the worker that does what is not done while a page waits."""
    return [sys.executable, "-m", "ols.cli.main", "manage", "run_worker"]


def _prepare() -> list[tuple[str, str, str]]:
    """Bring the database and the static files up to date; return the demo logins, if it is a demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ols.config.settings")
    importlib.import_module("django").setup()
    from_django = importlib.import_module("django.core.management")
    _say("Preparing the database …")
    from_django.call_command("migrate", interactive=False, verbosity=0)
    from_django.call_command("collectstatic", interactive=False, verbosity=0)
    try:
        return _demo_logins()
    finally:
        importlib.import_module("django.db").connections.close_all()


def _demo_logins() -> list[tuple[str, str, str]]:
    if not importlib.import_module("django.conf").settings.DEVELOPMENT:
        return []
    demo = importlib.import_module("ols.cli.demo")
    apps = importlib.import_module("django.apps").apps
    if not apps.get_model("accounts", "Organization").objects.exists():
        _say("First start: making the demo world (about a minute) …")
        demo.run([])
    return list(demo.logins())


def _answers(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (where to look, not to listen)
    try:
        with socket.create_connection((reachable, port), timeout=1):
            return True
    except OSError:
        return False


def _announce(host: str, port: int, logins: list[tuple[str, str, str]]) -> None:
    address = f"[{host}]" if ":" in host else host
    _say(f"\nSystem OLS:  http://{address}:{port}/")
    if logins:
        width = max(len(who) for who, _, _ in logins)
        _say("Demo logins (who, e-mail, password):")
        for who, email, password in logins:
            _say(f"  {who:<{width}}  {email}  {password}")
        _say("The second step of insurers' and the operator's people shows the code by itself.")
    _say("Stop with Ctrl-C.\n")


def _say(text: str) -> None:
    """Print; the terminal may be gone already, which must not keep us from stopping."""
    with contextlib.suppress(OSError):
        print(text, flush=True)  # noqa: T201 (the command's own output)
