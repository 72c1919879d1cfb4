"""The process that opens strangers' files: its limits hold and it inherits nothing."""

import os
import subprocess
import sys

import pytest

from ols.documents import apart, content

PREFIX = "from ols.documents import apart; apart.limit_resources();"


def run(code: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", PREFIX + code]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, env=environment)


def test_memory_is_limited():
    assert run("bytearray(900_000_000)").returncode == 0
    too_much = run("bytearray(1_200_000_000)")
    assert too_much.returncode == 1
    assert b"MemoryError" in too_much.stderr


def test_processor_time_is_limited(monkeypatch):
    shortened = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
    assert run(shortened).returncode < 0
    assert b"(10, 10)" in run("import resource; print(resource.getrlimit(resource.RLIMIT_CPU))").stdout


def test_no_file_can_be_written(tmp_path):
    target = tmp_path / "x"
    assert run(f"import pathlib; pathlib.Path({str(target)!r}).write_text('x')").returncode != 0
    assert target.read_bytes() == b""


def test_the_child_sees_none_of_our_environment(monkeypatch):
    seen = {}

    def watched(command, **options):
        seen.update(options["env"])
        return subprocess.CompletedProcess(command, 0, b"BROKEN\n", b"")

    monkeypatch.setenv("SECRET_KEY", "top")
    monkeypatch.setattr(apart.subprocess, "run", watched)
    with pytest.raises(content.UploadRefused):
        content._opened_apart(b"x")
    assert set(seen) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}


@pytest.mark.parametrize(
    ("returncode", "stdout", "code"),
    [
        (-9, b"", "TOO_COMPLEX"),
        (-24, b"pdf\n", "TOO_COMPLEX"),
        (1, b"", "TOO_COMPLEX"),
        (0, b"ENCRYPTED\n", "ENCRYPTED"),
    ],
)
def test_a_child_that_dies_is_a_refusal(monkeypatch, returncode, stdout, code):
    def died(command, **options):
        return subprocess.CompletedProcess(command, returncode, stdout, b"")

    monkeypatch.setattr(apart.subprocess, "run", died)
    with pytest.raises(content.UploadRefused) as caught:
        content._opened_apart(b"x")
    assert caught.value.code == code


def test_a_child_that_hangs_is_a_refusal(monkeypatch):
    def hung(command, **options):
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(apart.subprocess, "run", hung)
    with pytest.raises(content.UploadRefused) as caught:
        content._opened_apart(b"x")
    assert caught.value.code == "TOO_COMPLEX"


def test_limits_are_the_promised_ones():
    assert (apart.CPU_SECONDS, apart.MEMORY_BYTES) == (10, 1024**3)
