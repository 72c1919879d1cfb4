"""Versions of terms on the operator's desk: prepared by two, previewed, compared, published, thrown away."""

from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from tests import cast, scenes

from ols.accounts import services as accounts
from ols.network import models

pytestmark = pytest.mark.django_db
ROOT = "/operator/terms/"
DAY = "24.11.2026"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(cast.AT):
        yield


@pytest.fixture
def operator() -> cast.Firm:
    firm = cast.operator()
    scenes.publish(firm, "platform")
    with transaction.atomic():
        firm.people["second"] = accounts.add_member(
            actor=cast.SYSTEM,
            organization_id=firm.id,
            email="second@example.org",
            name="Drugi Operator (demo)",
            roles=["operator"],
            at=cast.AT,
        )
    return firm


@pytest.fixture
def desk(operator) -> Client:
    return operator.client("operator")


@pytest.fixture
def draft(desk) -> str:
    return desk.post(f"{ROOT}drafts/new/platform/").url


def words(response) -> str:
    return " ".join(response.content.decode().split())


def typed(**changes) -> dict[str, object]:
    plain = {
        "title": "Regulamin (demo)", "version": "2.0", "valid_from": DAY, "revision": 1,
        "body": "## Postanowienia\r\n\r\nTreść regulaminu platform, druga.\r\n\r\n<script>alert(1)</script>",
    }  # fmt: skip
    return plain | changes


def test_from_a_draft_to_a_published_version(operator, desk, draft):
    preview = words(desk.post(draft, typed(action="preview")))
    assert 'id="preview"' in preview
    assert "<script>alert" not in preview
    checked = desk.post(draft, typed(revision=2, action="check"))
    assert checked.url == f"{draft}check/"
    check = words(desk.get(checked.url))
    assert "<del>" in check
    assert "<ins>" in check
    assert f"{draft}publish/" in check
    done = desk.post(f"{draft}publish/", {"revision": 3})
    row = models.TermsVersion.objects.get(version="2.0")
    assert done.url == f"{ROOT}{row.uuid}/"
    detail = words(desk.get(done.url))
    assert row.sha256 in detail
    compared = words(desk.get(f"{ROOT}{row.uuid}/compare/"))
    assert "<ins>" in compared
    assert desk.get(f"{ROOT}{row.uuid}/pdf/").content.startswith(b"%PDF")
    first = models.TermsVersion.objects.get(version="1.0")
    assert desk.get(f"{ROOT}{first.uuid}/compare/").status_code == 200
    # Pressed twice: told what happened, nothing twice.
    again = desk.post(f"{draft}publish/", {"revision": 3}, follow=True)
    assert again.status_code == 200
    assert models.TermsVersion.objects.filter(kind="platform").count() == 2


def test_a_second_editor_is_stopped_and_loses_nothing(operator, desk, draft):
    colleague = operator.client("second")
    assert colleague.post(draft, typed(body="Tekst kolegi.")).status_code == 302
    clash = desk.post(draft, typed(body="Mój tekst."))
    assert clash.status_code == 422
    page = words(clash)
    assert "Drugi Operator (demo)" in page
    assert "Mój tekst." in page
    assert 'id="clash"' in page
    assert 'name="revision" value="2"' in page
    assert models.TermsDraft.objects.get().body == "Tekst kolegi."
    for verb in ("publish", "discard"):
        assert desk.post(f"{draft}{verb}/", {"revision": 1}).status_code == 302
    assert models.TermsDraft.objects.count() == 1
    assert desk.post(draft, typed(body="Mój tekst.", revision=2)).status_code == 302
    assert models.TermsDraft.objects.get().body == "Mój tekst."


def test_wrong_input_stays_as_typed(desk, draft):
    for changes in ({"valid_from": "1.1.2020"}, {"valid_from": "31.2.2027"}, {"version": "x" * 11}):
        wrong = desk.post(draft, typed(**changes))
        assert wrong.status_code == 422
        assert str(next(iter(changes.values()))) in words(wrong)
    assert models.TermsDraft.objects.get().revision == 1


def test_what_is_missing_is_said_before_publishing(desk, draft):
    desk.post(draft, typed(version="1.0", valid_from=""))
    check = words(desk.get(f"{draft}check/"))
    assert f"{draft}publish/" not in check
    assert desk.post(f"{draft}publish/", {"revision": 2}).url == f"{draft}check/"
    assert models.TermsVersion.objects.count() == 1


def test_a_draft_is_thrown_away(desk, draft):
    assert desk.post(f"{draft}discard/", {"revision": 1}).url == ROOT
    assert models.TermsDraft.objects.count() == 0
    assert desk.get(draft).url == ROOT  # told how it ended
    assert desk.get(f"{ROOT}drafts/{uuid4()}/").status_code == 404


def test_strangers(operator, draft):
    insurer, clinic = cast.insurer(), cast.provider()
    version = models.TermsVersion.objects.get()
    for address in (ROOT, f"{ROOT}{version.uuid}/", f"{ROOT}{version.uuid}/pdf/", draft, f"{draft}check/"):
        assert insurer.client("network-manager").get(address).status_code == 404
        assert clinic.client("owner").get(address).status_code == 403
        assert Client().get(address).status_code == 302
    for address in (f"{draft}publish/", f"{draft}discard/", draft, f"{ROOT}drafts/new/platform/"):
        assert insurer.client("network-manager").post(address, typed()).status_code == 404
        assert clinic.client("owner").post(address, typed()).status_code == 403
    assert models.TermsDraft.objects.get().revision == 1
