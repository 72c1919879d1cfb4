"""A stranger's file is opened in a process of its own only, which may use little and knows nothing."""

import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

import ols

CPU_SECONDS: Final = 10
MEMORY_BYTES: Final = 1 << 30
# More than the processor time the child may use: a busy machine is no reason to refuse a file.
_WAIT_SECONDS: Final = 30


def answer(module: str, data: bytes) -> bytes | None:
    """Run the module on the file (its standard input) and return what it wrote.

    None: a limit or a fault of a library ended it. The process sees none of our environment.
    """
    environment = {"PYTHONPATH": str(Path(ols.__path__[0]).parent), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the stranger's file is only its input
            [sys.executable, "-P", "-m", module],
            input=data,
            capture_output=True,
            timeout=_WAIT_SECONDS,
            check=False,
            cwd="/",
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def limit_resources() -> None:
    """Bind the process that calls: what it may use, and that it writes no file. The child's first step."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
