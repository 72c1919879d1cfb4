"""Claims in the insurer's browser: the queue, all of them, one of them, granting and refusing."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client
from tests import cast
from tests.claims import world as worlds
from tests.claims.world import AT, DAY, uuid_of

from ols.accounts import services as accounts
from ols.claims import models, selectors
from ols.claims import services as claims
from ols.notifications import email
from ols.notifications.models import OutboxMessage

REMARK = "Ta sama usługa <b>tego</b> dnia"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        yield


@pytest.fixture
def world(db):
    return worlds.make()


def member(organization, role: str):
    """Return somebody who works there in the role."""
    with transaction.atomic():
        return accounts.add_member(
            actor=cast.SYSTEM,
            organization_id=organization.pk,
            email=f"{role}.{organization.pk}@example.org",
            name="Ktoś (demo)",
            roles=[role],
            at=AT,
        )


def client_of(organization, role: str) -> Client:
    """Return a browser in which somebody of the role is logged in."""
    return cast.logged_in(member(organization, role))


@pytest.fixture
def handler(world):
    return client_of(world.insurer, "claims-handler")


def claim(world, key: str, code: str = "CONS-1"):
    answer = claims.authorize_claim(actor=world.actor(), draft=world.draft(code), idempotency_key=key, at=AT)
    return uuid_of(answer)


@pytest.fixture
def held(world):
    claim(world, "k1")
    return claim(world, "k2")


def row(uuid):
    return models.Claim.objects.get(uuid=uuid)


def text_of(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_queue_holds_what_waits_and_nothing_else(world, handler, held):
    page = text_of(handler, "/insurer/claims/")
    assert page.count(f"/insurer/claims/{held}/") == 1
    assert len(re.findall(r"/insurer/claims/[0-9a-f-]{36}/", page)) == 1
    assert "Przychodnia 0 (demo)" in page
    handler.post(f"/insurer/claims/{held}/approve/")
    assert "/insurer/claims/all/" in text_of(handler, "/insurer/claims/")
    assert str(held) not in text_of(handler, "/insurer/claims/")


def test_all_claims_are_filtered_and_added_up(world, handler, held):
    claim(world, "k3", "LAB-1")
    page = text_of(handler, "/insurer/claims/all/")
    assert len(set(re.findall(r"/insurer/claims/[0-9a-f-]{36}/", page))) == 3
    assert re.findall(r'<td class="money">(.*?)</td>', page.split("<tfoot>")[1]) == [
        "425,00\u00a0zł",
        "5,00\u00a0zł",
    ]
    found = text_of(handler, "/insurer/claims/all/?status=pended")
    assert set(re.findall(r"/insurer/claims/([0-9a-f-]{36})/", found)) == {str(held)}
    assert "/insurer/claims/all/claims.xlsx?status=pended" in found
    nothing = text_of(handler, "/insurer/claims/all/?service_from=01.01.2027")
    assert not re.search(r"/insurer/claims/[0-9a-f-]{36}/", nothing)


def test_the_list_is_exported(world, handler, held):
    answer = handler.get("/insurer/claims/all/claims.csv?status=pended")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].split(";")[0] == row(held).number
    assert lines[1].split(";")[-3:] == ["200,00", "200,00", "0,00"]
    assert handler.get("/insurer/claims/all/claims.exe").status_code == 404


def test_the_page_shows_the_proposal_and_what_it_repeats(world, handler, held):
    page = text_of(handler, f"/insurer/claims/{held}/")
    first = models.Claim.objects.exclude(uuid=held).get()
    assert f"/insurer/claims/{first.uuid}/" in page.split('id="similar-caption"')[1]
    assert f"/insurer/claims/{held}/approve/" in page
    assert "Anna K." in page
    assert "Kowalska" not in page
    decided = text_of(handler, f"/insurer/claims/{first.uuid}/")
    assert "/approve/" not in decided
    assert "/deny/" not in decided


def test_other_claims_of_the_person_are_those_with_a_service_in_common(world, held):
    claim(world, "k3", "LAB-1")
    other = claims.authorize_claim(
        actor=world.actor(), draft=world.draft("CONS-1", cover=1), idempotency_key="k4", at=AT
    )
    found = selectors.similar_claims(actor=world.handler(), claim_uuid=held)
    assert [item.uuid for item in found] == [models.Claim.objects.get(idempotency_key="k1").uuid]
    assert selectors.similar_claims(actor=world.handler(), claim_uuid=uuid_of(other)) == []


def test_granting_releases_the_claim_and_tells_the_clinic(world, handler, held):
    member(world.providers[0], "receptionist")
    member(world.providers[0], "accountant")
    for _ in range(2):
        answer = handler.post(f"/insurer/claims/{held}/approve/", {"approval-remark": ""})
        assert (answer.status_code, answer["Location"]) == (302, f"/insurer/claims/{held}/")
    assert (row(held).status, row(held).outcome) == ("authorized", "APPROVED")
    letters = OutboxMessage.objects.filter(kind="email")
    assert [letter.payload["template"] for letter in letters] == ["claim_approved"]
    email.send(letters[0].payload)
    (sent,) = mail.outbox
    assert sent.to == [f"receptionist.{world.providers[0].pk}@example.org"]
    assert f"/panel/claims/{held}/" in sent.body
    assert "21.11.2026 12:00" in sent.body
    assert "Anna" not in sent.body


def test_refusing_needs_a_reason_that_the_clinic_reads(world, handler, held):
    member(world.providers[0], "receptionist")
    address = f"/insurer/claims/{held}/deny/"
    empty = handler.post(address, {"remark": "  "})
    assert (empty.status_code, row(held).status) == (422, "pended")
    assert "error-summary" in empty.content.decode()
    long = handler.post(address, {"remark": "x" * 501})
    assert (long.status_code, row(held).status) == (422, "pended")
    assert "x" * 501 in long.content.decode()
    assert not OutboxMessage.objects.filter(kind="email").exists()
    answer = handler.post(address, {"remark": REMARK})
    assert (answer.status_code, answer["Location"]) == (302, f"/insurer/claims/{held}/")
    assert (row(held).status, row(held).insurer_gr, row(held).patient_gr) == ("denied", 0, 20000)
    page = text_of(handler, f"/insurer/claims/{held}/")
    assert (
        page.count("Ta sama usługa &lt;b&gt;tego&lt;/b&gt; dnia") == 2
    )  # above the decision, in the history
    email.send(OutboxMessage.objects.get(kind="email").payload)
    assert REMARK in mail.outbox[0].body


@pytest.mark.parametrize("verb", ["approve", "deny"])
def test_a_claim_is_answered_once(world, handler, held, verb):
    handler.post(f"/insurer/claims/{held}/approve/")
    before = row(held).decided_at, row(held).status, models.UsageMovement.objects.count()
    answer = handler.post(f"/insurer/claims/{held}/{verb}/", {"remark": REMARK}, follow=True)
    assert answer.status_code == 200
    assert (row(held).decided_at, row(held).status, models.UsageMovement.objects.count()) == before


PAGES = ("", "all/", "all/claims.csv", "{held}/")
STEPS = ("{held}/approve/", "{held}/deny/")


@pytest.mark.parametrize("path", PAGES + STEPS)
def test_who_may_not_gets_nothing(world, held, client, path):
    address = "/insurer/claims/" + path.format(held=held)
    verb = "post" if path in STEPS else "get"
    data = {"remark": REMARK}
    colleague = client_of(world.insurer, "plan-manager")
    clinic = client_of(world.providers[0], "owner")
    assert getattr(colleague, verb)(address, data).status_code == 403
    assert getattr(clinic, verb)(address, data).status_code == 403
    nobody = getattr(client, verb)(address, data)
    assert (nobody.status_code, nobody["Location"].startswith("/login/")) == (302, True)
    stranger = cast.insurer(2).client("claims-handler")
    if str(held) in address:
        assert getattr(stranger, verb)(address, data).status_code == 404
    else:
        assert row(held).number not in stranger.get(address).content.decode()
    handler = client_of(world.insurer, "claims-handler")
    assert getattr(handler, "get" if verb == "post" else "post")(address).status_code == 405
    assert (row(held).status, row(held).service_date) == ("pended", DAY)
