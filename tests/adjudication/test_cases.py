"""The worked cases: situation → amounts and reasons, decided exactly as `ols adjudicate` decides them."""

import json
import pathlib

import pytest

from ols.adjudication import claim, reasons
from ols.cli import case_answers, case_fields, cases

FOLDER = pathlib.Path(__file__).parent / "cases"


def _table(name):
    return [pytest.param(row, id=row["id"]) for row in json.loads((FOLDER / name).read_text("utf-8"))]


def _decide(document):
    case = cases.read_case(case_fields.load(json.dumps(document).encode()))
    return case_answers.answer(case, claim.adjudicate_claim(case.lines, groups=case.groups, plan=case.plan))


def _without_trace(line):
    return {key: value for key, value in line.items() if key != "trace"}


@pytest.mark.parametrize("row", [*_table("money.json"), *_table("sequences.json")])
def test_amounts_and_reasons(row):
    answer = _decide(row["case"])
    assert [_without_trace(line) for line in answer["lines"]] == row["lines"]
    assert answer["insurer"] == sum(line["insurer"] for line in row["lines"])
    assert answer["patient"] == sum(line["patient"] for line in row["lines"])


@pytest.mark.parametrize("row", _table("eligibility.json"))
def test_eligibility(row):
    (line,) = _decide(row["case"])["lines"]
    if row["reason"] is None:
        assert (line["outcome"], line["reasons"], line["insurer"]) == ("APPROVED", [], 10000)
    else:
        assert (line["outcome"], line["reasons"], line["patient"]) == ("DENIED", [row["reason"]], 10000)
        assert line["denied"] == 10000


def test_every_reason_has_a_case():
    rows = [row for name in FOLDER.iterdir() for row in json.loads(name.read_text("utf-8"))]
    told = {row["reason"] for row in rows if row.get("reason")}
    told |= {reason for row in rows for line in row.get("lines", ()) for reason in line["reasons"]}
    assert told == set(reasons.CODES)


def test_reason_names_are_those_of_the_published_list():
    assert " ".join(sorted(reasons.CODES)) == (
        "AGE AUTH_REQUIRED COMBINATION COVER_ENDED COVER_NOT_STARTED DUPLICATE EXCLUDED FILED_TOO_LATE "
        "FUTURE_DATE INTERVAL LIMIT_AMOUNT LIMIT_COUNT LIMIT_PRICE MANUAL_REVIEW NOT_ACTIVE NOT_COVERED "
        "NOT_FOUND NOT_ON_PRICE_LIST PREMIUM_SUSPENDED PRICE_ABOVE_CONTRACT PROVIDER_NOT_ACTIVE "
        "REFERRAL_EXPIRED REFERRAL_MISSING SEX TERMS_NOT_ACCEPTED WAITING_PERIOD"
    )
