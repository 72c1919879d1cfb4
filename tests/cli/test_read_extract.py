"""`ols read-extract` prints what an extract says, and says why when it cannot."""

import io
import json
from datetime import UTC, datetime

import pytest
from tests.registry import extract_texts as texts

from ols.cli import read_extract
from ols.registry import sample_extract


def printed(source: str) -> tuple[int, dict]:
    stream = io.StringIO()
    return read_extract.run(source, stream), json.loads(stream.getvalue() or "null")


def test_the_facts_are_printed(tmp_path):
    file = tmp_path / "extract.pdf"
    file.write_bytes(sample_extract.extract_pdf(texts.FACTS, made_at=datetime(2026, 11, 20, tzinfo=UTC)))
    status, answer = printed(str(file))
    assert (status, answer["verdict"]) == (0, "")
    assert {name: fact["value"] for name, fact in answer["facts"].items()} == texts.FACTS
    assert answer["facts"]["nip"] == {
        "value": "5260001246", "page": 1, "line": 13, "label": "NIP", "doubt": "",
    }  # fmt: skip


@pytest.mark.parametrize(("data", "verdict"), [(b"\xff\xd8\xff", "WRONG_TYPE"), (b"%PDF-", "BROKEN")])
def test_what_cannot_be_read_is_said(tmp_path, data, verdict):
    file = tmp_path / "extract.pdf"
    file.write_bytes(data)
    assert printed(str(file)) == (1, {"verdict": verdict, "facts": {}})


def test_a_missing_file_is_said(tmp_path, capsys):
    assert printed(str(tmp_path / "none.pdf")) == (1, None)
    assert "cannot be read" in capsys.readouterr().err
