"""Under which account the database runs: each of the ways that can be tried by whoever runs the tests."""

import os
import pwd
import subprocess
from pathlib import Path

import pytest

from ols.db import embedded, embedded_account

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
as_user = pytest.mark.skipif(os.geteuid() == 0, reason="root may use any folder")


def effective_user(account):
    done = subprocess.run([*account.prefix, "id", "-u"], check=True, capture_output=True, text=True)
    return int(done.stdout)


def test_nobody_runs_the_server_as_root(tmp_path):
    assert effective_user(embedded_account.choose(tmp_path / "data")) != 0


@as_user
def test_an_ordinary_user_runs_it_as_themselves(tmp_path):
    assert embedded_account.choose(tmp_path / "data").prefix == ()


@as_user
def test_another_users_folder_is_refused_in_words():
    with pytest.raises(embedded_account.NoAccountForDatabase, match="belongs to another user"):
        embedded_account.choose(Path("/etc"))


@as_root
def test_root_uses_the_account_that_owns_the_data(tmp_path):
    owner = pwd.getpwnam("daemon")
    data = tmp_path / "data"
    data.mkdir()
    os.chown(data, owner.pw_uid, owner.pw_gid)
    account = embedded_account.choose(data)
    assert (account.uid, effective_user(account)) == (owner.pw_uid, owner.pw_uid)
    assert not [word for word in account.prefix if "dac_override" in word]


@as_root
def test_without_namespaces_root_runs_it_as_nobody_below_closed_folders(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded_account, "namespaces_allowed", lambda: False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("OLS_VAR", str(tmp_path / "closed" / "var"))
    (tmp_path / "closed").mkdir(mode=0o700)
    nobody = pwd.getpwnam("nobody").pw_uid
    with embedded.running() as url:
        embedded.require_supported(url)
        assert embedded.status().data.stat().st_uid == nobody
        assert f"\nUid:\t{nobody}\t" in Path(f"/proc/{embedded.status().pid}/status").read_text()
    with embedded.running():
        assert embedded.status().pid is not None


@as_root
def test_without_namespaces_roots_own_data_is_refused_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded_account, "namespaces_allowed", lambda: False)
    (tmp_path / "data").mkdir()
    with pytest.raises(embedded_account.NoAccountForDatabase, match="chown -R nobody"):
        embedded_account.choose(tmp_path / "data")
