"""Where the embedded database keeps its files, and what they tell about a running server."""

import contextlib
import dataclasses
import hashlib
import os
import secrets
import stat
from pathlib import Path

from ols.db import embedded_account

_ROOT = Path(__file__).resolve().parents[3]
# A socket's path ends in the kernel's structure of 108 bytes with the closing zero.
_LONGEST_SOCKET_PATH = 107
_SOCKET_NAME = ".s.PGSQL.5432"


class UnsafeFolder(RuntimeError):
    """A folder we would put the socket in is not ours alone."""


@dataclasses.dataclass(frozen=True)
class Paths:
    """The files below one `var/postgres` folder."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def keep(self) -> Path:
        """Present: the server stays up without users."""
        return self.home / "keep"

    @property
    def users(self) -> Path:
        """Locked shared by each user of the server, whole by the one who stops it."""
        return self.home / "users.lock"

    @property
    def changing(self) -> Path:
        """Locked while the server is being started or stopped."""
        return self.home / "change.lock"

    @property
    def password(self) -> Path:
        return self.home / "password"

    @property
    def socket(self) -> Path:
        """The socket's folder; a short one below /tmp when the path would be too long for a socket."""
        usual = self.home / "socket"
        if len(os.fsencode(usual / _SOCKET_NAME)) <= _LONGEST_SOCKET_PATH:
            return usual
        return Path("/tmp") / f"ols-{hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]}"  # noqa: S108 (checked)


def paths() -> Paths:
    """Return the layout below OLS_VAR (default: `var` beside `src`), its folder made."""
    var = Path(os.environ.get("OLS_VAR") or _ROOT / "var").resolve()
    home = var / "postgres"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Paths(home)


def password(layout: Paths) -> str:
    """Return the role's password, made on first use; of two first users, one's file wins whole."""
    if not layout.password.exists():
        draft = layout.home / f"password.{os.getpid()}.new"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32), encoding="ascii")
        try:
            os.link(draft, layout.password)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return layout.password.read_text(encoding="ascii")


def prepare_socket_folder(layout: Paths, account: embedded_account.Account) -> None:
    """Make the socket's folder, closed to others.

    :raises UnsafeFolder: it exists and is a link or somebody else's
    """
    folder = layout.socket
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.uid}:
        raise UnsafeFolder(f"{folder} is not ours. Remove it, or set OLS_VAR to a shorter path.")
    folder.chmod(0o700)
    account.own(folder)


def recorded_pid(layout: Paths) -> int | None:
    """Return the process number the server wrote down, alive or not."""
    try:
        return int((layout.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def serves(pid: int, layout: Paths) -> bool:
    """Say whether the process is a living PostgreSQL server of this very data folder."""
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(layout.data) in arguments


def sessions_left(layout: Paths) -> list[int]:
    """Return processes that work in the data folder; those of a killed server end by themselves."""
    left = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink() == layout.data:
                left.append(int(entry.name))
    return left


def clear_stale_records(layout: Paths) -> None:
    """Remove a dead server's records whose process number is taken; nobody may work in the folder any more.

    PostgreSQL clears the records of a dead server itself, but not while a process of that number exists:
    another program after a restart of the machine, or the dead one where nothing collects it (many
    containers). Then it would refuse to start for ever. The socket's folder is this server's alone.
    """
    pid = recorded_pid(layout)
    if pid is not None and Path(f"/proc/{pid}").exists():
        (layout.data / "postmaster.pid").unlink()
    (layout.socket / f"{_SOCKET_NAME}.lock").unlink(missing_ok=True)
