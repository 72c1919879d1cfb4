"""The supervisor with real processes: all of them run, or none."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ols.cli import supervisor

_STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
)

# A supervisor of one program that starts a program itself, run until it is stopped by a signal.
_WHOLE = """
import sys
from ols.cli import supervisor
crew = supervisor.Supervisor(patience=2)
with supervisor.stop_signals():
    try:
        crew.start(supervisor.Program("shell", ["sh", "-c", "sleep 61 & echo $$ $!; wait"]))
        crew.wait_for_exit()
    except supervisor.StopRequested:
        supervisor.ignore_stop_signals()
        crew.stop_all()
        print("stopped", flush=True)
"""

# A supervisor that is asked to stop before its start of a program has returned.
_HASTY = """
import contextlib, os, signal, subprocess, sys
from ols.cli import supervisor
if sys.argv[1:] == ["careless"]:
    supervisor._stop_signals_held = contextlib.nullcontext
class Hasty(subprocess.Popen):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        print(self.pid, flush=True)
        os.kill(os.getpid(), signal.SIGHUP)
subprocess.Popen = Hasty
crew = supervisor.Supervisor(patience=2)
with supervisor.stop_signals():
    try:
        crew.start(supervisor.Program("sleeper", ["sleep", "61"]))
        crew.wait_for_exit()
    except supervisor.StopRequested:
        supervisor.ignore_stop_signals()
        crew.stop_all()
        print("stopped", flush=True)
        signal.pause()
"""


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_within(seconds, *pids):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def crew():
    made = supervisor.Supervisor(patience=1)
    yield made
    made.stop_all()


@pytest.fixture
def whole():
    """The supervising process, and the two below it."""
    process = subprocess.Popen([sys.executable, "-c", _WHOLE], stdout=subprocess.PIPE, text=True)
    below = [int(word) for word in process.stdout.readline().split()]
    assert all(alive(pid) for pid in below)
    yield process, below
    process.kill()
    for pid in below:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.communicate()


def sleeper(name="sleeper"):
    return supervisor.Program(name, ["sleep", "60"])


def test_a_program_that_ends_by_itself_is_named_with_its_status(crew):
    crew.start(sleeper())
    crew.start(supervisor.Program("failing", ["sh", "-c", "exit 3"]))
    assert crew.wait_for_exit() == supervisor.Exit("failing", 3)


def test_while_all_run_nobody_has_ended(crew):
    crew.start(sleeper())
    assert crew.first_exit() is None
    assert crew.wait_until(lambda: True, seconds=5) is True
    assert crew.wait_until(lambda: False, seconds=0.2) is False


def test_waiting_for_readiness_ends_with_a_program_that_ends(crew):
    crew.start(supervisor.Program("failing", ["false"]))
    started = time.monotonic()
    assert crew.wait_until(lambda: False, seconds=30) is False
    assert time.monotonic() - started < 5


def test_a_program_that_ignores_the_request_is_ended_within_the_patience(crew):
    crew.start(supervisor.Program("stubborn", [sys.executable, "-c", _STUBBORN]))
    pid = crew._running["stubborn"].pid
    time.sleep(0.5)
    started = time.monotonic()
    crew.stop_all()
    assert 0.9 < time.monotonic() - started < 3
    assert not alive(pid)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_takes_everything_down(whole, number):
    process, below = whole
    process.send_signal(number)
    assert process.communicate(timeout=10)[0] == "stopped\n"
    assert process.returncode == 0
    assert gone_within(1, *below)


def left_running(*arguments):
    """Return whether the program of a supervisor stopped during its start goes on."""
    process = subprocess.Popen([sys.executable, "-c", _HASTY, *arguments], stdout=subprocess.PIPE, text=True)
    pid = int(process.stdout.readline())
    assert process.stdout.readline() == "stopped\n"
    try:
        return not gone_within(0.2, pid)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_stop_during_a_start_leaves_nothing_behind():
    assert not left_running()


def test_the_checker_catches_a_start_that_can_be_torn_apart():
    """Negative control: with signals let through, the program of an interrupted start is forgotten."""
    assert left_running("careless")


def test_a_killed_supervisor_takes_its_program_with_it(whole):
    process, (shell, _) = whole
    process.kill()
    assert gone_within(5, shell)


def test_a_program_runs_in_a_session_of_its_own(whole):
    process, (shell, _) = whole
    assert os.getsid(shell) == shell != os.getsid(process.pid)
