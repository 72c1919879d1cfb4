"""The insurer's terms: drafted, published with a deadline, and who accepted which version."""

import csv
import io
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from tests import cast, scenes

from ols.catalog import selectors as catalog
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.network import models
from ols.network.selectors import evidence, versions
from ols.network.selectors.standing import Scope

pytestmark = pytest.mark.django_db
ROOT = "/insurer/settings/terms/"
TYPED = {
    "title": "Regulamin ogólny (demo)", "version": "2.0", "valid_from": "01.12.2026",
    "body": "## Postanowienia\r\n\r\nTekst <script>x</script> **ważny**.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(cast.AT):
        yield


@pytest.fixture
def insurer() -> cast.Firm:
    return scenes.ready_insurer("CONS")


@pytest.fixture
def clinic(insurer) -> cast.Firm:
    made = cast.provider()
    scenes.finish_stage_two(cast.operator(), made)
    scenes.active(made, insurer)
    scenes.accept_area(made, insurer, "CONS")
    return made


@pytest.fixture
def desk(insurer) -> Client:
    return insurer.client("network-manager")


def words(response) -> str:
    return " ".join(response.content.decode().split())


def drafted(desk: Client, code: str, **changes) -> str:
    draft = desk.post(f"{ROOT}drafts/new/{code}/").url
    answer = desk.post(draft, TYPED | {"revision": 1, "action": "check"} | changes)
    assert answer.status_code == 302, words(answer)
    return draft


def test_general_terms_go_from_a_draft_to_those_who_accepted(clinic, desk):
    draft = drafted(desk, "general", accept_by="21.12.2026")
    check = words(desk.get(f"{draft}check/"))
    assert "21.12.2026" in check
    assert "<ins>" in check
    assert "<script>x" not in check
    published = desk.post(f"{draft}publish/", {"revision": 2}).url
    row = models.TermsVersion.objects.get(version="2.0")
    assert published == f"{ROOT}{row.uuid}/"
    assert (row.kind, str(row.accept_by)) == ("general", "2026-12-21")
    assert row.body == "## Postanowienia\n\nTekst <script>x</script> **ważny**."
    assert row.sha256 in words(desk.get(published))
    assert "<ins>" in words(desk.get(f"{published}compare/"))
    assert desk.get(f"{published}pdf/").content.startswith(b"%PDF")
    signers = words(desk.get(f"{ROOT}accepted/general/"))
    assert clinic.name in signers
    assert "21.12.2026" in signers


def test_an_area_has_a_draft_of_its_own(insurer, desk):
    cons, general = drafted(desk, "CONS"), drafted(desk, "general")
    assert cons != general
    assert desk.post(f"{ROOT}drafts/new/CONS/").url == cons
    lab = desk.post(f"{ROOT}drafts/new/LAB/").url
    first = words(desk.get(lab))
    assert 'name="accept_by"' not in first  # nobody accepted an earlier version
    assert 'name="accept_by"' in words(desk.get(cons))
    desk.post(lab, TYPED | {"revision": 1, "version": "1.0"})
    desk.post(f"{lab}publish/", {"revision": 2})
    row = models.TermsVersion.objects.get(area_id=catalog.area(code="LAB").id)
    assert row.accept_by is None
    assert {item.scope.kind for item in versions.drafts(insurer.actor("network-manager")).values()} == {
        "general",
        "thematic",
    }


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7.12.2026", ""),
        ("30.11.2026", "01.12.2026"),
        ("22.11.2026", "01.12.2026"),
        ("31.2.2027", "31.2.2027"),
    ],
)
def test_a_deadline_leaves_a_week(desk, typed, said):
    draft = desk.post(f"{ROOT}drafts/new/general/").url
    answer = desk.post(draft, TYPED | {"revision": 1, "accept_by": typed})
    assert answer.status_code == (422 if said else 302)
    if said:
        assert said in words(answer)
        assert f'value="{typed}"' in words(answer)
        assert models.TermsDraft.objects.get().accept_by is None


def test_without_a_deadline_there_are_two_weeks(desk):
    draft = drafted(desk, "general", accept_by="")
    assert "15.12.2026" in words(desk.get(f"{draft}check/"))
    desk.post(f"{draft}publish/", {"revision": 2})
    assert str(models.TermsVersion.objects.get(version="2.0").accept_by) == "2026-12-15"


def test_who_accepted_and_who_has_not_is_exported(clinic, insurer, desk):
    second = cast.provider(2)
    scenes.finish_stage_two(cast.firm("operator", 2), second)
    scenes.start(second, insurer)
    new = scenes.publish(insurer, "general", version="2.0")
    scenes.accept(second, new)
    rows = list(
        csv.reader(
            io.StringIO(desk.get(f"{ROOT}accepted/general/list.csv").content.decode("utf-8-sig")),
            delimiter=";",
        )
    )
    assert [(row[0], row[2]) for row in rows[1:]] == [(clinic.name, "1.0"), (second.name, "2.0")]
    assert rows[1][6] == "07.12.2026"
    waiting = words(desk.get(f"{ROOT}accepted/general/?state=waiting"))
    assert clinic.name in waiting
    assert second.name not in waiting
    assert desk.get(f"{ROOT}accepted/general/list.xlsx").content.startswith(b"PK")
    assert second.name in words(desk.get(f"{ROOT}accepted/general/?text={second.nip[:5]}"))
    with time_machine.travel(cast.AT + timedelta(days=15)):
        assert clinic.name in words(
            insurer.client("network-manager").get(f"{ROOT}accepted/general/?state=suspended")
        )
    evidenced = models.TermsAcceptance.objects.get(terms__version="2.0")
    answer = desk.get(f"{ROOT}acceptances/{evidenced.uuid}.pdf")
    assert answer.content.startswith(b"%PDF")
    assert "potwierdzenie-akceptacji" in answer["Content-Disposition"]
    assert desk.get(f"{ROOT}accepted/general/list.doc").status_code == 404


def test_an_insurer_sees_only_acceptances_of_its_own_terms(clinic, insurer, desk):
    other = cast.insurer(2)
    scenes.prepare_insurer(other, "CONS")
    stranger = other.client("network-manager")
    own = models.TermsAcceptance.objects.get(terms__kind="general")
    service = models.TermsAcceptance.objects.get(terms__kind="insurance-service")
    assert clinic.name not in words(stranger.get(f"{ROOT}accepted/general/"))
    for client, row in ((stranger, own), (desk, service)):
        assert client.get(f"{ROOT}acceptances/{row.uuid}.pdf").status_code == 404
    # Negative control: the same look does find it through the owner's eyes.
    assert desk.get(f"{ROOT}acceptances/{own.uuid}.pdf").status_code == 200
    actor = other.actor("network-manager")
    with pytest.raises(NotFound):
        evidence.signers(actor, scope=Scope("general", insurer.id), on=cast.TODAY)
    with pytest.raises(NotFound):
        evidence.evidence(actor, uuid=UUID(str(own.uuid)))
    with pytest.raises(NotPermitted):
        versions.own_texts(insurer.actor("claims-handler"))


def test_strangers(insurer, desk):
    draft = drafted(desk, "general")
    version = models.TermsVersion.objects.get(kind="general")
    addresses = (ROOT, f"{ROOT}{version.uuid}/", f"{ROOT}accepted/general/", draft, f"{draft}check/")
    other, operator = cast.insurer(3).client("network-manager"), cast.operator().client("operator")
    for address in addresses:
        assert Client().get(address).status_code == 302
        assert insurer.client("claims-handler").get(address).status_code == 403
        assert operator.get(address).status_code == 404
        of_everybody = address in {ROOT, f"{ROOT}accepted/general/"}
        assert other.get(address).status_code == (200 if of_everybody else 404)
    for verb in ("publish", "discard"):
        assert other.post(f"{draft}{verb}/", {"revision": 2}).status_code == 404
    assert models.TermsDraft.objects.count() == 1
