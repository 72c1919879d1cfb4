"""The claim operations as a program sees them."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from tests.claims import world as worlds

from ols.accounts import models as accounts
from ols.api import tokens
from ols.claims import models

AUTHORIZE, CHECK = "/api/v1/claims/authorize", "/api/v1/claims/check"


@pytest.fixture
def world(db):
    tokens.forget_actors()
    return worlds.make()


def person(world, number=0, roles=("receptionist",)):
    user = accounts.User.objects.create(
        email=f"program{number}{len(roles)}@example.org", name="Program (demo)", created_at=worlds.AT
    )
    provider = world.providers[number]
    accounts.Membership.objects.create(user=user, organization=provider, roles=list(roles))
    return user


def token_of(world, number=0, roles=("receptionist",), hours=1):
    user = person(world, number, roles)
    expires = timezone.now() + timedelta(hours=hours)
    return tokens.issue(user_id=user.pk, organization_id=world.providers[number].pk, expires_at=expires)


def body_of(world, *codes, **extra):
    return {
        "coverage": str(world.covers[0].uuid),
        "service_date": "2026-11-20",
        "lines": [{"service_code": code} for code in codes or ("CONS-1",)],
        **extra,
    }


def post(body, *, token="", key="k1", address=AUTHORIZE, **headers):
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if key:
        headers["Idempotency-Key"] = key
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return Client().post(address, content, content_type="application/json", headers=headers)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    moment = datetime(2026, 11, 20, 9, tzinfo=UTC)
    monkeypatch.setattr("ols.api.rest.claims.timezone.now", lambda: moment)
    monkeypatch.setattr("ols.api.tokens.time.time", moment.timestamp)


def problem(response):
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_a_decision_and_its_repetition(world):
    token = token_of(world)
    first = post(body_of(world, "CONS-1", "LAB-1"), token=token)
    assert first.status_code == 201
    answer = first.json()
    assert (answer["outcome"], answer["insurer_gr"], answer["patient_gr"]) == ("APPROVED", 22500, 500)
    assert answer["lines"][1]["steps"] == {"submitted": 3000, "copay": 500, "benefit": 2500}
    assert answer["left"][0] == {"benefit": "CONS", "units": 2, "amount_gr": None}
    assert answer["valid_until"] == "2026-11-21T09:00:00+00:00"
    again = post(body_of(world, "CONS-1", "LAB-1"), token=token)
    assert (again.status_code, again.json()["claim"], again.json()["repeated"]) == (
        200,
        answer["claim"],
        True,
    )
    assert problem(post(body_of(world, "LAB-1"), token=token)) == (409, "IDEMPOTENCY_CONFLICT")
    row = models.Claim.objects.get()
    assert (str(row.uuid), row.provider_id) == (answer["claim"], world.providers[0].pk)


def test_an_estimate_keeps_nothing(world):
    response = post(body_of(world), token=token_of(world), key="", address=CHECK)
    assert (response.status_code, response.json()["outcome"], response.json()["claim"]) == (
        200,
        "APPROVED",
        None,
    )
    assert models.Claim.objects.count() == 0


@pytest.mark.parametrize("address", [AUTHORIZE, CHECK])
def test_who_may_not(world, address):
    body = body_of(world)
    assert problem(post(body, address=address)) == (401, "TOKEN_MISSING")
    assert problem(post(body, token="x.y", address=address)) == (401, "TOKEN_INVALID")
    assert problem(post(body, token=token_of(world, hours=-1), address=address)) == (401, "TOKEN_INVALID")
    accountant = token_of(world, roles=("accountant", "accountant"))
    assert problem(post(body, token=accountant, address=address)) == (403, "NOT_PERMITTED")
    response = Client().get(address)
    assert (problem(response), response["Allow"]) == ((405, "METHOD_NOT_ALLOWED"), "POST")
    assert models.Claim.objects.count() == 0


def test_a_changed_token_is_refused(world):
    token = token_of(world)
    body, _, signature = token.partition(".")
    for number in range(len(token)):
        letter = "A" if token[number] != "A" else "B"
        changed = token[:number] + letter + token[number + 1 :]
        if changed in {token, f"{body}.{signature[:-1]}{letter}"}:
            continue
        with pytest.raises(tokens.TokenInvalid):
            tokens.actor_of(changed)
    assert tokens.actor_of(token).organization_id == world.providers[0].pk


def test_a_removed_membership_ends_the_token(world):
    token = token_of(world)
    assert post(body_of(world), token=token, address=CHECK).status_code == 200
    accounts.Membership.objects.update(is_active=False)
    tokens.forget_actors()
    assert problem(post(body_of(world), token=token, address=CHECK)) == (401, "TOKEN_INVALID")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"coverage": 7}, "coverage"),
        ({"coverage": "x"}, "coverage"),
        ({"service_date": "20.11.2026"}, "service_date"),
        ({"service_date": None}, "service_date"),
        ({"lines": {}}, "lines"),
        ({"lines": []}, "lines"),
        ({"lines": [7]}, "lines[0]"),
        ({"lines": [{}]}, "lines[0].service_code"),
        ({"lines": [{"service_code": "CONS-1", "quantity": True}]}, "lines[0].quantity"),
        ({"lines": [{"service_code": "CONS-1", "quantity": 1.5}]}, "lines[0].quantity"),
        ({"lines": [{"service_code": "CONS-1", "billed_gr": "1"}]}, "lines[0].billed_gr"),
        ({"lines": [{"service_code": "CONS-1", "price": 1}]}, "lines[0].price"),
        ({"lines": [{"service_code": "\ud800"}]}, "lines[0].service_code"),
        ({"diagnosis": "??"}, "diagnosis"),
        ({"referral_date": 1}, "referral_date"),
        ({"practitioner_npwz": 5425740}, "practitioner_npwz"),
        ({"patient": "x"}, "patient"),
    ],
)
def test_what_cannot_be_asked(world, change, field):
    response = post(body_of(world) | change, token=token_of(world))
    assert (problem(response), response.json()["field"]) == ((422, "DRAFT_INVALID"), field)
    assert models.Claim.objects.count() == 0


def test_documents_that_are_none(world):
    token = token_of(world)
    for body in (" ", "{", "[]", "1", "[" * 50000, b"\xff"):
        assert problem(post(body, token=token)) == (400, "JSON_INVALID")
    assert problem(post(body_of(world), token=token, key="")) == (400, "IDEMPOTENCY_KEY_MISSING")
    assert problem(post(body_of(world), token=token, key="x" * 81)) == (400, "IDEMPOTENCY_KEY_INVALID")
    assert problem(post(body_of(world, diagnosis="x" * 70000), token=token)) == (413, "TOO_BIG")
    form = Client().post(AUTHORIZE, {"a": "b"}, headers={"Authorization": f"Bearer {token}"})
    assert problem(form) == (415, "NOT_JSON")
    assert problem(Client().get("/api/v1/nothing")) == (404, "NO_SUCH_ADDRESS")


def test_foreign_covers_and_unknown_services(world):
    token = token_of(world)
    unknown = body_of(world) | {"coverage": "01a20560-38a5-7189-82e7-d93e97e01ea4"}
    assert problem(post(unknown, token=token)) == (404, "COVERAGE_NOT_FOUND")
    assert problem(post(body_of(world, "NONE"), token=token)) == (422, "UNKNOWN_SERVICE")


def test_the_command_issues_a_token_for_a_member_only(world):
    user = person(world)
    nip = world.providers[0].nip
    out = io.StringIO()
    call_command("issue_api_token", user.email.upper(), nip, stdout=out)
    assert tokens.actor_of(out.getvalue().strip()).user_id == user.pk
    for arguments in (
        ("x@example.org", nip),
        (user.email, world.providers[1].nip),
        (user.email, nip, "--days=0"),
    ):
        with pytest.raises(CommandError):
            call_command("issue_api_token", *arguments)
