"""`ols adjudicate`: the shape of its answers, its refusals in words, its exit status and its speed."""

import io
import json
import pathlib
import subprocess
import sys
import time

import pytest

from ols.cli import adjudicate

FOLDER = pathlib.Path(__file__).parent
CASE = {
    "service_date": "2026-11-20",
    "network": True,
    "counters": {"ded_left": 5000, "groups": {"REHAB": {"cnt_left": 7, "amt_left": 150000}}},
    "lines": [
        {
            "group": "REHAB", "q": 10, "billed": 7000, "contract": 7000, "limit": 8000, "copay_pct": 12.5,
            "copay_fix": 0,
        }
    ],
}  # fmt: skip
ANSWER = {
    "lines": [
        {
            "q_allowed": 7, "q_denied": 3, "charge": 49000, "top_up": 0, "deductible": 5000, "fixed": 0,
            "copay": 5500, "over_limit": 0, "denied": 21000, "write_off": 0, "insurer": 38500,
            "patient": 31500, "outcome": "PARTIAL", "reasons": ["LIMIT_COUNT"],
            "trace": [
                "700.00 PLN was billed (10 x 70.00 PLN).",
                "210.00 PLN is for 3 unit(s) not allowed (LIMIT_COUNT); the patient pays it.",
                "50.00 PLN goes to the deductible; the patient pays it.",
                "55.00 PLN is the patient's percentage.",
                "385.00 PLN is paid by the insurer.",
            ],
        }
    ],
    "insurer": 38500,
    "patient": 31500,
}  # fmt: skip


@pytest.fixture
def decide(tmp_path):
    def run(content):
        file = tmp_path / "case.json"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = io.StringIO()
        return adjudicate.run(str(file), out), json.loads(out.getvalue())

    return run


def test_one_case_gives_one_answer(decide):
    status, answer = decide(json.dumps(CASE))
    assert (status, answer) == (0, ANSWER)
    assert list(answer["lines"][0]) == list(ANSWER["lines"][0])


def test_list_gives_a_list_with_errors_in_place(decide):
    status, answers = decide(json.dumps([CASE, {"lines": [{"billed": -1}]}, CASE]))
    assert status == 1
    assert answers == [
        ANSWER,
        {"error": {"path": "lines[0].billed", "message": "must be from 0 to 10000000000"}},
        ANSWER,
    ]


def test_empty_list_gives_an_empty_list(decide):
    assert decide("[]") == (0, [])


REFUSED = [row.split(" => ") for row in (FOLDER / "refused_cases.txt").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("case", "refusal"), REFUSED)
def test_wrong_case_is_refused_in_words(decide, case, refusal):
    status, answer = decide(case)
    assert status == 1
    assert f"{answer['error']['path']}: {answer['error']['message']}" == refusal
    assert list(answer) == ["error"]


@pytest.mark.parametrize("sign", ["", "-"])
def test_number_of_any_length_is_refused_at_once(decide, sign):
    status, answer = decide('{"lines": [{"billed": ' + sign + "9" * 1_000_000 + "}]}")
    assert (status, answer) == (
        1,
        {"error": {"path": "lines[0].billed", "message": "must be from 0 to 10000000000"}},
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not JSON: Expecting value (line 1, column 1)"),
        (b"{", "is not JSON: Expecting property name enclosed in double quotes (line 1, column 2)"),
        (b'{"a": "\xb3"}', "is not UTF-8 text (byte 7)"),
        (b"[" * 100_000, "is nested too deeply"),
    ],
)
def test_what_is_no_json_is_refused_in_words(decide, content, message):
    assert decide(content) == (1, {"error": {"path": "", "message": message}})


def test_missing_file_is_refused_in_words(tmp_path):
    out = io.StringIO()
    assert adjudicate.run(str(tmp_path / "none.json"), out) == 1
    assert json.loads(out.getvalue()) == {
        "error": {"path": "", "message": "cannot be read: No such file or directory"}
    }


@pytest.mark.parametrize(
    ("written", "insurer"), [("12.5", 8750), ("0", 10000), ("1e1", 9000), ("33.33", 6667), ("12.50", 8750)]
)
def test_percentage_is_read_exactly(decide, written, insurer):
    status, answer = decide(f'{{"lines": [{{"billed": 10000, "copay_pct": {written}}}]}}')
    assert (status, answer["insurer"]) == (0, insurer)


def test_byte_order_mark_is_no_hindrance(decide):
    assert decide(b'\xef\xbb\xbf{"lines": [{"billed": 5}]}')[1]["insurer"] == 5


def test_standard_input_without_django():
    program = (
        "import sys; from ols.cli import adjudicate; status = adjudicate.run('-', sys.stdout);"
        "assert 'django' not in sys.modules; sys.exit(status)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=json.dumps(CASE).encode(), capture_output=True, check=True)
    assert json.loads(done.stdout) == ANSWER


def test_four_thousand_cases_take_seconds(decide):
    started = time.perf_counter()
    status, answers = decide(json.dumps([CASE] * 4000))
    assert (status, len(answers)) == (0, 4000)
    assert time.perf_counter() - started < 10
