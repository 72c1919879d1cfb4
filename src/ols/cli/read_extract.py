"""`ols read-extract FILE|-`: what a register extract (PDF) says, as JSON; needs no database.

What is recognized is described in docs/formats/extract.md.
"""

import json
import pathlib
import sys
from typing import TextIO

from ols.documents import text
from ols.registry import extract_reader


def run(source: str, stdout: TextIO) -> int:
    """Print the facts, each with its place and doubt; 0 when there are any, 1 when nothing was read."""
    try:
        data = sys.stdin.buffer.read() if source == "-" else pathlib.Path(source).read_bytes()
    except OSError as error:
        sys.stderr.write(f"{source}: cannot be read: {error.strerror}\n")
        return 1
    words = text.read(data)
    facts = extract_reader.read_facts(words).as_json()
    verdict = words.verdict or ("" if facts else "NO_FACTS")
    json.dump({"verdict": verdict, "facts": facts}, stdout, indent=2, ensure_ascii=False)
    stdout.write("\n")
    return 0 if facts else 1
