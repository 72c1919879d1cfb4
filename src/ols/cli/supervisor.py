"""Runs a few long-lived programs together: all of them, or none."""

import contextlib
import ctypes
import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import NoReturn

# From Linux's <sys/prctl.h>: the signal a child gets when its parent dies, however it dies.
_PR_SET_PDEATHSIG = 1
_LOOK_EVERY_SECONDS = 0.1


class StopRequested(BaseException):
    """Ctrl-C, SIGTERM or a closed terminal; like KeyboardInterrupt, not to be handled on the way."""


@dataclasses.dataclass(frozen=True)
class Program:
    """One program to run: its name for people and its command line."""

    name: str
    command: Sequence[str]


@dataclasses.dataclass(frozen=True)
class Exit:
    """A program that ended without being asked to."""

    name: str
    status: int


class Supervisor:
    """Starts programs, watches them, and takes them all down within `patience` seconds."""

    def __init__(self, *, patience: float = 8.0) -> None:
        self._patience = patience
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, program: Program) -> None:
        """Start one program in a session of its own: the terminal's Ctrl-C reaches us alone."""
        with _stop_signals_held():  # a program that runs is one that will be taken down
            self._running[program.name] = subprocess.Popen(  # noqa: S603 (our own command lines)
                list(program.command),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 (no other thread runs here)
            )

    def first_exit(self) -> Exit | None:
        """Return a program that has ended, if one has."""
        with _stop_signals_held():  # torn out of poll(), a process could never be waited for again
            for name, process in self._running.items():
                status = process.poll()
                if status is not None:
                    return Exit(name, status)
        return None

    def wait_for_exit(self) -> Exit:
        """Wait until one of the programs ends."""
        while True:
            ended = self.first_exit()
            if ended is not None:
                return ended
            time.sleep(_LOOK_EVERY_SECONDS)

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> bool:
        """Wait until `ready()` holds; False when a program ends first or the time is over."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.first_exit() is None:
            if ready():
                return True
            time.sleep(_LOOK_EVERY_SECONDS)
        return False

    def stop_all(self) -> None:
        """Ask every program to stop, then end what is left of it and of what it started."""
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + self._patience
        for process in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
        for process in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._running.clear()


@contextlib.contextmanager
def stop_signals() -> Iterator[None]:
    """Raise StopRequested in the block on Ctrl-C, SIGTERM or a closed terminal."""
    before = {number: signal.signal(number, _raise) for number in _STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _stop_signals_held() -> Iterator[None]:
    """Let a stop signal wait until the block is over: it raises between two steps, never inside one."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore_stop_signals() -> None:
    """Let the taking down finish: it is bounded, and a second Ctrl-C would leave programs behind."""
    for number in _STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _raise(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise StopRequested


def _die_with_parent() -> None:
    """In the child, before the program: be ended when the supervisor is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    for number in _STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP_SIGNALS)
