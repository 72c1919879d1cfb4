"""A new version of terms at the clinic: told, compared, accepted; evidence; an offer being made meanwhile."""

from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.test import Client
from tests import cast, scenes
from tests.cast import AT

from ols.catalog import selectors as catalog
from ols.network import models, services

pytestmark = pytest.mark.django_db
ROOT = "/panel/terms/"
KINDS = ("insurance-service", "general", "thematic")


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT):
        yield


@pytest.fixture
def firms(db) -> dict[str, cast.Firm]:
    found = {"operator": cast.operator(), "insurer": cast.insurer(), "clinic": cast.provider()}
    scenes.finish_stage_two(found["operator"], found["clinic"])
    scenes.prepare_insurer(found["insurer"], "CONS")
    return found


@pytest.fixture
def contract(firms) -> str:
    uuid = scenes.active(firms["clinic"], firms["insurer"])
    scenes.accept_area(firms["clinic"], firms["insurer"], "CONS")
    return uuid


def words(response) -> str:
    return " ".join(response.content.decode().split())


def publish(firms, kind: str) -> str:
    firm = firms["operator"] if kind == "insurance-service" else firms["insurer"]
    area = catalog.area(code="CONS").id if kind == "thematic" else None
    return scenes.publish(firm, kind, version="2.0", area_id=area)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_version_is_told_compared_and_accepted(firms, contract, kind):
    uuid, owner = publish(firms, kind), firms["clinic"].client("owner")
    home = words(owner.get("/panel/"))
    assert home.count("07.12.2026") >= 2  # on the list of tasks, and above the page
    assert "07.12.2026" in words(owner.get(ROOT))
    address = f"{ROOT}{uuid}/"
    unread = owner.post(address, {"accepted": "on"})
    assert unread.status_code == 422
    page = words(owner.get(address))
    assert "<del>1</del>" in page
    assert "<ins>2</ins>" in page
    assert "Zmieniony zapis:" in page
    unticked = owner.post(address, {})
    assert unticked.status_code == 422
    assert models.TermsAcceptance.objects.filter(terms__uuid=uuid).count() == 0
    done = owner.post(address, {"accepted": "on"})
    assert done.url == ROOT
    after = words(owner.get(ROOT))
    assert 'id="due"' not in after
    row = models.TermsAcceptance.objects.get(terms__uuid=uuid)
    assert row.sha256 in after
    assert "07.12.2026" not in words(owner.get("/panel/"))


def test_after_the_deadline_every_page_says_what_is_suspended(firms, contract):
    publish(firms, "thematic")
    with time_machine.travel(AT + timedelta(days=15)):
        owner = firms["clinic"].client("owner")
        for address in ("/panel/", "/panel/insurers/", f"/panel/contracts/{contract}/terms/"):
            assert "Zawieszenie" in words(owner.get(address))
        assert "Zawieszony" in words(owner.get(f"/panel/contracts/{contract}/terms/"))
        prices = owner.get(f"/panel/contracts/{contract}/areas/CONS/prices/")
        assert prices.status_code == 302  # to the terms
        uuid = models.TermsVersion.objects.get(version="2.0").uuid
        owner.get(f"{ROOT}{uuid}/")
        owner.post(f"{ROOT}{uuid}/", {"accepted": "on"})
        assert "Zawiesz" not in words(owner.get(f"/panel/contracts/{contract}/terms/"))
        assert owner.get(f"/panel/contracts/{contract}/areas/CONS/prices/").status_code == 200


def test_a_receptionist_reads_but_learns_who_accepts(firms, contract):
    uuid = publish(firms, "general")
    reception = firms["clinic"].client("receptionist")
    assert 'id="form"' not in words(reception.get(f"{ROOT}{uuid}/"))
    assert firms["clinic"].people["owner"].name in words(reception.get(ROOT))
    assert reception.post(f"{ROOT}{uuid}/", {"accepted": "on"}).status_code == 403
    assert models.TermsAcceptance.objects.filter(terms__uuid=uuid).count() == 0


def test_an_offer_being_made_asks_for_the_new_terms_before_it_is_sent(firms):
    clinic = firms["clinic"]
    offer = scenes.start(clinic, firms["insurer"])
    scenes.fill_in(clinic, offer)
    uuid, owner = publish(firms, "general"), clinic.client("owner")
    address = f"/panel/contracts/{offer}/send/"
    assert f"{ROOT}{uuid}/" in words(owner.get(address))
    assert owner.post(address).status_code == 422
    assert models.Contract.objects.get(uuid=offer).status == "draft"
    owner.get(f"{ROOT}{uuid}/")
    assert owner.post(f"{ROOT}{uuid}/", {"accepted": "on"}).url == address
    assert owner.post(address).status_code == 302
    assert models.Contract.objects.get(uuid=offer).status == "offered"


def test_a_planned_version_does_not_stop_an_offer(firms):
    clinic = firms["clinic"]
    offer = scenes.start(clinic, firms["insurer"])
    scenes.fill_in(clinic, offer)
    scenes.publish(firms["insurer"], "general", version="2.0", valid_from=cast.TODAY + timedelta(days=3))
    assert clinic.client("owner").post(f"/panel/contracts/{offer}/send/").status_code == 302


def test_a_returned_offer_asks_too(firms):
    clinic, insurer = firms["clinic"], firms["insurer"]
    offer = scenes.offered(clinic, insurer)
    uuid, owner = publish(firms, "general"), clinic.client("owner")
    assert f"{ROOT}{uuid}/" in words(owner.get(f"/panel/contracts/{offer}/history/"))  # while it waits
    models.Contract.objects.filter(uuid=offer).update(status="returned", remark="Popraw (demo).")
    assert owner.post(f"/panel/contracts/{offer}/send/").status_code == 422
    with pytest.raises(services.TermsOutdated):
        services.send_offer(actor=clinic.actor("owner"), contract_uuid=offer, at=AT)


def test_the_evidence_is_the_exact_text_and_belongs_to_its_clinic(firms, contract):
    owner, other = firms["clinic"].client("owner"), cast.provider(2).client("owner")
    row = models.TermsAcceptance.objects.get(terms__kind="general")
    text = owner.get(f"{ROOT}{row.terms.uuid}.txt")
    assert sha256(text.content).hexdigest() == row.sha256
    confirmation = owner.get(f"{ROOT}acceptances/{row.uuid}.pdf")
    assert confirmation.content.startswith(b"%PDF")
    page = words(owner.get(ROOT))
    assert row.sha256 in page
    assert "127.0.0.1" in page
    assert other.get(f"{ROOT}acceptances/{row.uuid}.pdf").status_code == 404
    assert row.sha256 not in words(other.get(ROOT))
    assert Client().get(ROOT).status_code == 302
    assert firms["insurer"].client("network-manager").get(ROOT).status_code == 403
