"""`ols adjudicate FILE|-`: decide cases given as JSON, without a database.

The format is described in docs/rules/adjudicate.md.
"""

import json
import pathlib
import sys
from collections.abc import Callable
from typing import Any, TextIO

from ols.adjudication import claim
from ols.cli import case_answers, case_fields, cases

_Answer = dict[str, Any]


def run(source: str, stdout: TextIO) -> int:
    """Read one case or a list of them from a file (or standard input: "-") and print the decisions.

    Returns 1 when anything was wrong: every wrong case is answered by its error, in its place.
    """
    try:
        document = case_fields.load(_read(source))
    except case_fields.CaseError as error:
        return _print([_refusal(error)], stdout, _one)
    if isinstance(document, list):
        return _print([_answer(case) for case in document], stdout, _many)
    return _print([_answer(document)], stdout, _one)


def _read(source: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if source == "-" else pathlib.Path(source).read_bytes()
    except OSError as error:
        raise case_fields.CaseError("", f"cannot be read: {error.strerror}") from error


def _answer(document: object) -> _Answer:
    try:
        case = cases.read_case(document)
    except case_fields.CaseError as error:
        return _refusal(error)
    return case_answers.answer(case, claim.adjudicate_claim(case.lines, groups=case.groups, plan=case.plan))


def _refusal(error: case_fields.CaseError) -> _Answer:
    return {"error": {"path": error.path, "message": error.message}}


def _print(answers: list[_Answer], stdout: TextIO, form: Callable[[list[_Answer]], str]) -> int:
    stdout.write(form(answers))
    return 1 if any("error" in answer for answer in answers) else 0


def _one(answers: list[_Answer]) -> str:
    return json.dumps(answers[0], indent=2) + "\n"


def _many(answers: list[_Answer]) -> str:
    return "[" + ",\n ".join(json.dumps(answer) for answer in answers) + "]\n"


if __name__ == "__main__":
    sys.exit(run(sys.argv[1] if len(sys.argv) > 1 else "-", sys.stdout))
