"""The operator's desk: queue, decisions, register, organizations; each page answers the six questions."""

from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import cast
from tests.onboarding import world
from tests.registry import register_files

from ols.accounts import selectors as accounts
from ols.documents import models as documents_models
from ols.documents.content import CheckedFile
from ols.onboarding import models, selectors
from ols.onboarding import services as onboarding
from ols.registry import models as registry_models

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    return world.operator()


@pytest.fixture
def desk(firm) -> Client:
    return firm.client("operator")


@pytest.fixture
def addresses(firm, desk) -> dict[str, str]:
    """Every page of the desk with a real object behind it, by its verb."""
    sent = world.submit()
    desk.post("/operator/register/", {"file": upload(register_files.content(register_files.rows(1)))})
    report = registry_models.RegisterImport.objects.get()
    file = CheckedFile(kind="pdf", sha256="0" * 64, size=9, clean_bytes=b"%PDF-demo")
    extract = onboarding.keep_extract(actor=world.VISITOR, file=file, name="wypis.pdf", at=world.AT)
    return {
        "/operator/": "GET",
        "/operator/applications/": "GET",
        f"/operator/applications/{sent.uuid}/": "GET",
        f"/operator/applications/{sent.uuid}/approve/": "POST",
        f"/operator/applications/{sent.uuid}/return/": "POST",
        f"/operator/applications/{sent.uuid}/reject/": "POST",
        f"/operator/documents/{extract}/": "GET",
        "/operator/register/": "GET",
        f"/operator/register/imports/{report.uuid}/": "GET",
        f"/operator/register/imports/{report.uuid}/refused.csv": "GET",
        "/operator/organizations/": "GET",
    }


def upload(content: bytes, name: str = "rejestr.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/csv")


def text(response) -> str:
    return response.content.decode()


def test_everybody_else_is_kept_out_and_nothing_changes(addresses) -> None:
    stranger = cast.provider().client("owner")
    before = models.AccessApplication.objects.values().get()
    for address, verb in addresses.items():
        call = "post" if verb == "POST" else "get"
        assert getattr(stranger, call)(address).status_code == 403, address
        answer = getattr(Client(), call)(address)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/login/"), address
    assert models.AccessApplication.objects.values().get() == before


def test_wrong_verbs_and_unknown_objects(addresses, desk) -> None:
    for address, verb in addresses.items():
        assert desk.put(address).status_code == 405, address
        if verb == "POST":
            assert desk.get(address).status_code == 405, address
        parts = address.split("/")
        if len(parts) > 4:
            place = 4 if parts[3] == "imports" else 3
            parts[place] = str(uuid4())
            data = {"remark": "x", "reason": "x"}
            unknown = "/".join(parts)
            answer = desk.post(unknown, data) if verb == "POST" else desk.get(unknown)
            assert answer.status_code == 404, unknown


def test_every_page_opens(addresses, desk) -> None:
    for address, verb in addresses.items():
        if verb == "GET":
            assert desk.get(address).status_code == 200, address


def test_the_queue_shows_the_most_urgent_first_and_marks_overdue_ones(firm, desk) -> None:
    first = world.submit()
    second = world.submit(nip="9542685559")
    models.AccessApplication.objects.filter(uuid=second.uuid).update(due_at="2026-01-01T00:00Z")
    with time_machine.travel(world.AT):
        page = text(desk.get("/operator/applications/"))
    assert page.index(second.number) < page.index(first.number)
    assert page.count("po terminie od") == 1
    assert firm.kind == "operator"


def test_differences_are_marked_beside_the_register(firm, desk) -> None:
    register_files.load(register_files.rows(1))
    entry = registry_models.RegisterEntry.objects.get()
    sent = world.submit(register_book_no=entry.register_book_no, nip=entry.nip, name=entry.name)
    page = text(desk.get(f"/operator/applications/{sent.uuid}/"))
    assert entry.street in page
    assert "Lipowa 1" in page
    actor = firm.actor("operator")
    assert page.count('<tr class="differs">') == len(selectors.application(actor, uuid=sent.uuid).differences)


def test_approve_lets_the_clinic_in(desk) -> None:
    sent = world.submit()
    answer = desk.post(f"/operator/applications/{sent.uuid}/approve/")
    assert answer.url == f"/operator/applications/{sent.uuid}/"
    assert accounts.provider_by_nip(nip=world.NIP) is not None
    again = desk.post(f"/operator/applications/{sent.uuid}/approve/", follow=True)
    assert 'class="note bad"' in text(again)


def test_return_and_reject_need_words(desk) -> None:
    sent = world.submit()
    for verb, field in (("return", "remark"), ("reject", "reason")):
        answer = desk.post(f"/operator/applications/{sent.uuid}/{verb}/", {field: " "})
        assert answer.status_code == 422
        assert f'href="#id_{field}"' in text(answer)
    assert models.AccessApplication.objects.get().status == "submitted"
    desk.post(f"/operator/applications/{sent.uuid}/return/", {"remark": "Brak KRS (demo)"})
    row = models.AccessApplication.objects.get()
    assert (row.status, row.remark) == ("returned", "Brak KRS (demo)")
    assert "Brak KRS (demo)" in text(desk.get(f"/operator/applications/{sent.uuid}/"))
    assert sent.number in text(desk.get("/operator/applications/?show=returned"))


def test_the_extract_is_an_attachment_for_the_operator_only(firm, desk) -> None:
    file = CheckedFile(kind="pdf", sha256="0" * 64, size=9, clean_bytes=b"%PDF-demo")
    extract = onboarding.keep_extract(actor=world.VISITOR, file=file, name="wypis.pdf", at=world.AT)
    answer = desk.get(f"/operator/documents/{extract}/")
    assert answer.content == b"%PDF-demo"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    documents_models.Document.objects.update(organization_id=firm.id + 1)
    assert desk.get(f"/operator/documents/{extract}/").status_code == 404


def test_an_upload_imports_and_reports(firm, desk) -> None:
    lines = register_files.rows(2)
    lines[0]["nip"] = "5260001247"
    answer = desk.post("/operator/register/", {"file": upload(register_files.content(lines, "cp1250"))})
    report = registry_models.RegisterImport.objects.get()
    assert answer.url == f"/operator/register/imports/{report.uuid}/"
    assert (report.added, report.user_id) == (1, firm.people["operator"].pk)
    csv = desk.get(f"{answer.url}refused.csv").content.decode("utf-8-sig").splitlines()
    assert len(csv) == 1 + report.refused
    assert csv[1].startswith("2;nip;")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\x81\x90", b"level;nip\r\nentity;1\r\n"])
@pytest.mark.usefixtures("firm")
def test_a_broken_upload_changes_nothing_and_says_why(desk, content) -> None:
    answer = desk.post("/operator/register/", {"file": upload(content)})
    assert answer.status_code == 422
    assert 'href="#id_file"' in text(answer)
    assert registry_models.RegisterImport.objects.count() == 0


def test_organizations_are_found_by_kind_nip_and_name(firm, desk) -> None:
    provider, insurer = cast.provider(), cast.insurer()
    page = text(desk.get("/operator/organizations/"))
    assert all(item.name in page for item in (firm, provider, insurer))
    page = text(desk.get("/operator/organizations/?kind=insurer"))
    assert insurer.name in page
    assert provider.name not in page
    page = text(desk.get(f"/operator/organizations/?text={provider.nip}"))
    assert provider.name in page
    assert insurer.name not in page
