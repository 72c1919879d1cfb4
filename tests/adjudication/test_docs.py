"""The table of rules in docs/rules names functions, codes and cases that exist, and misses none."""

import importlib
import json
import pathlib
import re

from ols.adjudication import reasons

ROOT = pathlib.Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| \d+ \| .+? \| `(\w+)\.(\w+)` \| (.+?) \| (.+?) \|$",
    (ROOT / "docs/rules/README.md").read_text("utf-8"),
    re.MULTILINE,
)


def _case_ids():
    folder = pathlib.Path(__file__).parent / "cases"
    return {row["id"] for file in folder.iterdir() for row in json.loads(file.read_text("utf-8"))}


def test_every_function_of_the_table_exists():
    assert len(ROWS) == 33
    for module, function, _, _ in ROWS:
        assert callable(getattr(importlib.import_module(f"ols.adjudication.{module}"), function))


def test_every_reason_is_in_the_table_once():
    told = [cell for _, _, cell, _ in ROWS if cell != "–"]
    assert sorted(told) == [f"{code} `{name}`" for code, name in sorted(reasons.NAMES.items())]


def test_every_case_of_the_table_exists():
    named = {case for _, _, _, cell in ROWS for case in cell.split() if case != "all"}
    assert named - _case_ids() == set()
