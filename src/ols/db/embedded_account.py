"""Under which account the embedded PostgreSQL runs: it refuses root, and a developer may well be root.

Three ways, in this order:
- an ordinary user runs it as themselves;
- root runs it in a user namespace, where root's own number appears as an ordinary one: no account is
  made, no folder is opened to others, and the files stay root's;
- where namespaces are forbidden (many containers), root runs it as `nobody`, which is given the one
  capability it needs to reach a data folder below closed parents.
"""

import dataclasses
import os
import pwd
import shutil
import subprocess
from pathlib import Path


class NoAccountForDatabase(RuntimeError):
    """The embedded database cannot be run by this user; the message names the remedy."""


@dataclasses.dataclass(frozen=True)
class Account:
    """What is put before each program's arguments, and who must own what the programs write."""

    prefix: tuple[str, ...]
    uid: int
    gid: int

    def own(self, path: Path) -> None:
        """Hand a file or folder we made to the account, where that is another one."""
        if path.stat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid)


def choose(data: Path) -> Account:
    """Return the account for a data folder, which need not exist yet.

    :raises NoAccountForDatabase: the folder is another user's, or root has no way to step down
    """
    owner = data.stat().st_uid if data.exists() else None
    user = os.geteuid()
    if user != 0:
        if owner not in {None, user}:
            raise NoAccountForDatabase(
                f"{data} belongs to another user. Start as that user, or set OLS_VAR to a folder of your own."
            )
        return Account((), user, os.getegid())
    if owner:
        return stepped_down(pwd.getpwuid(owner))
    if namespaces_allowed():
        return in_namespace()
    if owner == 0:
        raise NoAccountForDatabase(
            f"{data} is root's and this machine forbids user namespaces. Remedy: chown -R nobody {data}"
        )
    return stepped_down(_nobody())


def in_namespace() -> Account:
    """Root as seen from outside, `nobody` as seen from inside: PostgreSQL looks the inner name up."""
    inner = _nobody()
    return Account(
        ("unshare", "--user", f"--map-user={inner.pw_uid}", f"--map-group={inner.pw_gid}"), uid=0, gid=0
    )


def stepped_down(entry: pwd.struct_passwd) -> Account:
    """Root gives its rights up for the account's; only `nobody` may pass closed parent folders."""
    if shutil.which("setpriv") is None:
        raise NoAccountForDatabase(
            "setpriv is missing. Remedy: apt-get install util-linux, or set DATABASE_URL."
        )
    prefix = ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]
    if entry.pw_uid == _nobody().pw_uid:
        prefix += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return Account(tuple(prefix), entry.pw_uid, entry.pw_gid)


def namespaces_allowed() -> bool:
    """Say whether root may start a program in a user namespace here."""
    if shutil.which("unshare") is None:
        return False
    done = subprocess.run([*in_namespace().prefix, "true"], check=False, capture_output=True)  # noqa: S603 (own list)
    return done.returncode == 0


def _nobody() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("nobody")
    except KeyError as error:
        raise NoAccountForDatabase("There is no account named nobody. Remedy: set DATABASE_URL.") from error
