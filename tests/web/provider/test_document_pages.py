"""„Dokumenty wymagane” as a clinic uses them: several files, dates, refusals in words, looking at a file."""

from io import BytesIO
from uuid import UUID

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.cast import AT, Firm
from tests.documents import daemon
from tests.network import documents_scene as scene

from ols.accounts.permissions import Role
from ols.audit import models as audit
from ols.network import models, services

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


def pdf(pages: int = 1, **save: object) -> bytes:
    stream = BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(stream, **save)
    return stream.getvalue()


def file(content: bytes | None = None, name: str = "oc.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content)


@pytest.fixture
def pair() -> tuple[Firm, Firm]:
    return scene.pair()


@pytest.fixture
def draft(pair: tuple[Firm, Firm]) -> str:
    return scene.draft(*pair)


@pytest.fixture
def browser(pair: tuple[Firm, Firm]) -> Client:
    return pair[0].client(Role.OWNER)


def url(name: str, *args: object) -> str:
    return reverse(f"provider:contract-{name}", args=args)


def post(browser: Client, name: str, *args: object, follow: bool = False, **data: object):
    return browser.post(url(name, *args), data, follow=follow)


def shown(browser: Client, contract: str) -> str:
    return browser.get(url("documents", contract)).content.decode()


def given() -> models.ContractDocument:
    return models.ContractDocument.objects.get(status="given")


def test_a_file_shows_what_its_check_found(browser: Client, draft: str) -> None:
    post(browser, "document-new", draft, "OC", file=file(pdf(3)))
    page = shown(browser, draft)
    for words in ("Sprawdzony, bez uwag", "PDF, 3 strony", "skaner antywirusowy nie jest tu włączony"):
        assert words in page


def test_several_files_at_once_keep_the_good_ones(
    browser: Client, pair: tuple[Firm, Firm], draft: str
) -> None:
    scene.set_kind(pair[1], services.DocumentKind("Polisa OC", max_files=3))
    files = [file(name="a.pdf"), file(b"x", name="b.pdf"), file(name="c.pdf")]
    answer = browser.post(url("document-new", draft, "OC"), {"file": files})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "b.pdf: " in page
    assert "Sprawdzono i dodano 2 dokumenty." in page
    names = models.ContractDocument.objects.values_list("document__original_name", flat=True)
    assert sorted(names) == ["a.pdf", "c.pdf"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (None, "Wybierz plik"),
        (file(b"", "a.pdf"), "Plik jest pusty"),
        (file(b"MZ", "a.exe"), "Plików tego typu nie można dodać"),
        (file(b"not a pdf", "a.pdf"), "Plików tego typu nie można dodać"),
        (file(pdf()[:200], "a.pdf"), "uszkodzony"),
        (file(pdf(encryption=pikepdf.Encryption(owner="x", user="x")), "a.pdf"), "hasłem"),
        (file(b"%PDF-" + b"x" * (10 * 1024 * 1024), "a.pdf"), "więcej niż 10 MB"),
    ],
)
def test_each_refusal_has_its_words(browser: Client, draft: str, sent: object, words: str) -> None:
    answer = post(browser, "document-new", draft, "OC", **({"file": sent} if sent else {}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert models.ContractDocument.objects.count() == 0


def test_an_infected_file_is_refused_and_the_operator_sees_it(
    browser: Client, draft: str, settings: object
) -> None:
    stream = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.Hidden = document.make_stream(daemon.EICAR)
        document.save(stream, compress_streams=False)
    with daemon.running() as settings.CLAMD:
        answer = post(browser, "document-new", draft, "OC", file=file(stream.getvalue()))
        fine = post(browser, "document-new", draft, "OC", file=file())
    assert (answer.status_code, fine.status_code) == (422, 302)
    assert "wirusa" in answer.content.decode()
    assert "bez wirusów" in shown(browser, draft)
    log = cast.operator().client("operator").get("/operator/log/").content.decode()
    assert "Odrzucono zainfekowany plik" in log
    assert audit.Event.objects.get(event="upload.infected").data["virus"] == "Eicar-Test-Signature"


def test_while_the_scanner_is_silent_nothing_is_kept(browser: Client, draft: str, settings: object) -> None:
    with daemon.running(daemon.MUTE) as settings.CLAMD:
        answer = post(browser, "document-new", draft, "OC", file=file())
    assert answer.status_code == 422
    assert "Dodaj go ponownie za kilka minut" in answer.content.decode()
    assert models.ContractDocument.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Ważny do"),
        ("31.02.2027", "takiego dnia nie ma"),
        ("22.11.2026", "Dokument wygasł. Dodaj ważny."),
    ],
)
def test_a_wrong_date_is_said_and_stays(
    browser: Client, pair: tuple[Firm, Firm], draft: str, typed: str, words: str
) -> None:
    scene.set_kind(pair[1], scene.POLICY)
    answer = post(browser, "document-new", draft, "OC", file=file(), valid_until=typed)
    page = answer.content.decode()
    assert (answer.status_code, models.ContractDocument.objects.count()) == (422, 0)
    assert words in page
    assert f'value="{typed}"' in page or not typed


def test_a_file_is_replaced_removed_and_put_back(browser: Client, draft: str) -> None:
    post(browser, "document-new", draft, "OC", file=file(name="stara.pdf"))
    old = given().uuid
    post(browser, "document-replace", draft, old, file=file(name="nowa.pdf"))
    page = shown(browser, draft)
    assert page.index("nowa.pdf") < page.index("stara.pdf")
    assert "1 wcześniejszy plik" in page
    late = post(browser, "document-replace", draft, old, file=file())
    assert late.status_code == 404
    new = given().uuid
    assert "można go przywrócić" in post(browser, "document-remove", draft, new, follow=True).content.decode()
    assert models.ContractDocument.objects.filter(status="given").count() == 0
    post(browser, "document-restore", draft, new)
    assert given().uuid == new


def test_dates_are_corrected(browser: Client, pair: tuple[Firm, Firm], draft: str) -> None:
    scene.set_kind(pair[1], scene.POLICY)
    post(browser, "document-new", draft, "OC", file=file(), valid_until="31.12.2026")
    wrong = post(browser, "document-dates", draft, given().uuid, valid_until="1.11.2026")
    assert wrong.status_code == 422
    assert 'value="1.11.2026"' in wrong.content.decode()
    assert post(browser, "document-dates", draft, given().uuid, valid_until="31.1.2027").status_code == 302
    assert "ważny do 31.01.2027" in shown(browser, draft)


def test_a_file_is_looked_at_in_place(browser: Client, draft: str) -> None:
    post(browser, "document-new", draft, "OC", file=file(pdf(2)))
    document = given().document.uuid
    page = browser.get(url("document-preview", draft, document)).content.decode()
    assert page.count("<img src=") == 2
    picture = browser.get(url("document-page", draft, document, 2))
    assert picture.content.startswith(b"\xff\xd8\xff")
    assert {name: picture[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    assert "sandbox" in picture["Content-Security-Policy"]
    assert browser.get(url("document-page", draft, document, 3)).status_code == 404


def test_the_insurers_remark_stands_at_the_document(
    browser: Client, pair: tuple[Firm, Firm], draft: str
) -> None:
    post(browser, "document-new", draft, "OC", file=file())
    services.send_offer(actor=pair[0].actor(Role.OWNER), contract_uuid=draft, at=AT)
    services.return_offer(
        actor=pair[1].actor(Role.NETWORK_MANAGER),
        contract_uuid=draft,
        remark="",
        fields={"document:OC": "Brak <b>podpisu</b>"},
        at=AT,
    )
    assert "Brak &lt;b&gt;podpisu&lt;/b&gt;" in shown(browser, draft)


def test_nobody_else_looks_at_it(browser: Client, pair: tuple[Firm, Firm], draft: str) -> None:
    post(browser, "document-new", draft, "OC", file=file())
    document = given().document.uuid
    for path in ("document", "document-preview"):
        address = url(path, draft, document)
        assert (
            cast.provider(2 if path == "document" else 3).client(Role.OWNER).get(address).status_code == 404
        )
        assert pair[0].client(Role.RECEPTIONIST).get(address).status_code == 403
    manager = pair[1].client(Role.NETWORK_MANAGER)
    theirs = reverse("insurer:document-page", args=[draft, document, 1])
    assert manager.get(theirs).status_code == 404
    services.send_offer(actor=pair[0].actor(Role.OWNER), contract_uuid=draft, at=AT)
    assert manager.get(theirs).status_code == 200
    assert cast.insurer(2).client(Role.NETWORK_MANAGER).get(theirs).status_code == 404
    assert pair[1].client(Role.PLAN_MANAGER).get(theirs).status_code == 403


def test_a_document_that_ends_is_asked_for_on_the_home_page(browser: Client, pair: tuple[Firm, Firm]) -> None:
    contract, old = scene.active(*pair, scene.ENDING)
    home = browser.get("/panel/").content.decode()
    assert "Dokument wygasa 13.12.2026: Polisa OC" in home
    assert url("document-replace", contract, old) in home
    answer = post(
        browser, "document-replace", contract, old, file=file(name="nowa.pdf"), valid_until="13.12.2027"
    )
    assert answer.status_code == 302
    page = shown(browser, contract)
    assert "Nowy dokument:" in page
    assert "Czeka na ubezpieczyciela" in page
    assert UUID(str(given().uuid)) == old
