"""Typed reading of environment variables; a wrong value stops the start with words, never later."""

import os
from pathlib import Path


class WrongSetting(ValueError):
    """An environment variable holds a value that cannot be used."""


def text(name: str, default: str) -> str:
    """Return the variable's value, or the default when it is missing or empty."""
    return os.environ.get(name, "") or default


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no variable: 1/true/yes or 0/false/no."""
    value = os.environ.get(name, "").lower()
    if value in {"", "1", "true", "yes", "0", "false", "no"}:
        return default if not value else value in {"1", "true", "yes"}
    raise WrongSetting(f"{name} must be 1 or 0, not {value!r}")


def number(name: str, default: int) -> int:
    """Return an integer variable."""
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError as error:
        raise WrongSetting(f"{name} must be a whole number, not {value!r}") from error


def words(name: str, default: str) -> list[str]:
    """Return a comma-separated variable as a list without empty items."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def address(name: str) -> str | tuple[str, int]:
    """Return a daemon's address, `host:port` as a pair or the absolute path of a local socket; else empty."""
    value = os.environ.get(name, "")
    if not value or value.startswith("/"):
        return value
    host, _colon, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise WrongSetting(f"{name} must be host:port or the path of a socket, not {value!r}")
    return host.strip("[]"), int(port)


def secret(name: str, var_dir: Path) -> str:
    """Return a secret from the environment, else from a file made on first use (mode 0600).

    The file lives in the data directory beside the database it protects, so that a
    second start reads the same key; production gives the variable instead.
    """
    value = os.environ.get(name, "")
    if value:
        return value
    path = var_dir / f"{name.lower()}.key"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        _write_once(path, os.urandom(32).hex())
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, value: str) -> None:
    """Create the file whole or not at all; a process that lost the race keeps the winner's file."""
    draft = path.with_suffix(f".{os.getpid()}.new")
    draft.touch(mode=0o600)
    draft.write_text(value, encoding="ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
