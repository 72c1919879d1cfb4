"""Needs from a file: a template, mistakes row by row, a look before it counts, undone when it was wrong."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import cast

from ols.audit.models import Event
from ols.catalog import selectors as catalog
from ols.documents import sheets
from ols.network import models, services
from ols.network.selectors import need_imports

pytestmark = pytest.mark.django_db
ROOT = "/insurer/settings/needs/"
HEAD = "Województwo;Obszar;Placówek potrzebnych\n"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(cast.AT, tick=False):
        yield


@pytest.fixture
def insurer():
    cast.operator()
    return cast.insurer()


@pytest.fixture
def manager(insurer):
    return insurer.client("network-manager")


def text_of(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def sent(client, content, name="potrzeby.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(ROOT + "import/", {"file": file})


def wanted():
    rows = models.NetworkNeed.objects.order_by("voivodeship", "area__position")
    return [(row.voivodeship, row.area.code, row.wanted) for row in rows]


def set_need(insurer, place, code, number):
    area = catalog.area(code=code).id
    services.set_needs(actor=insurer.actor("network-manager"), needs={(place, area): number}, at=cast.AT)


def seen_of(page):
    return page.split('name="seen" value="')[1].split('"')[0]


def test_a_file_is_looked_at_counts_and_is_undone(insurer, manager):
    set_need(insurer, "14", "CONS", 3)
    address = sent(manager, HEAD + "mazowieckie;CONS;5\nŚLĄSKIE;badania laboratoryjne;2\n").url
    page = text_of(manager.get(address))
    assert "Plik zmienia 2 potrzeby." in page
    assert wanted() == [("14", "CONS", 3)]
    assert manager.post(address, {"seen": seen_of(page)}).url == ROOT
    assert wanted() == [("14", "CONS", 5), ("24", "LAB", 2)]
    event = Event.objects.get(event="network_need.import")
    assert event.data["changed"] == [["14", "CONS", 3, 5], ["24", "LAB", 0, 2]]
    assert "był już zastosowany lub odrzucony" in text_of(manager.get(address))
    shown = text_of(manager.get(ROOT))
    assert "Ostatni import: potrzeby.csv" in shown
    set_need(insurer, "24", "LAB", 9)  # by hand, after the file
    said = text_of(manager.post(address + "undo/", follow=True))
    assert "1 potrzeba jest jak przedtem." in said
    assert "1 zmieniona po imporcie zostaje." in said
    assert wanted() == [("14", "CONS", 3), ("24", "LAB", 9)]
    assert "Ostatni import" not in said
    assert "Cofnąć można tylko" in text_of(manager.post(address + "undo/", follow=True))


def test_only_the_last_import_is_undone(insurer, manager):
    addresses = []
    for number in (4, 6):
        address = sent(manager, HEAD + f"14;CONS;{number}\n").url
        manager.post(address, {"seen": seen_of(text_of(manager.get(address)))})
        addresses.append(address)
    assert "Cofnąć można tylko" in text_of(manager.post(addresses[0] + "undo/", follow=True))
    for address, left in zip(reversed(addresses), ([("14", "CONS", 4)], []), strict=True):
        manager.post(address + "undo/")
        assert wanted() == left


def test_wrong_rows_are_told_and_left_out_knowingly(manager):
    address = sent(manager, HEAD + "14;CONS;5\nNigdzie;CONS;1\n14;CONS;7\n14;LAB;dużo\n").url
    page = text_of(manager.get(address))
    for words in ("nie ma takiego województwa", "we wcześniejszym wierszu", "to nie jest liczba całkowita"):
        assert words in page
    assert "3 wiersze są błędne." in page
    refused = text_of(manager.post(address, {"seen": seen_of(page)}), 422)
    assert "error-text" in refused
    assert wanted() == []
    manager.post(address, {"seen": seen_of(page), "leave_out": "on"})
    assert wanted() == [("14", "CONS", 5)]


def test_needs_changed_meanwhile_are_looked_at_again(insurer, manager):
    address = sent(manager, HEAD + "14;CONS;5\n").url
    page = text_of(manager.get(address))
    set_need(insurer, "14", "CONS", 4)
    again = text_of(manager.post(address, {"seen": seen_of(page)}), 422)
    assert seen_of(again) == "4"
    assert wanted() == [("14", "CONS", 4)]
    for seen in ("x", "", "1,2"):
        assert manager.post(address, {"seen": seen}).status_code == 422
    assert manager.post(address, {"seen": seen_of(again)}).status_code == 302
    assert wanted() == [("14", "CONS", 5)]


def test_a_discarded_file_changes_nothing(manager):
    address = sent(manager, HEAD + "14;CONS;5\n").url
    assert "Plik został odrzucony" in text_of(manager.post(address + "discard/", follow=True))
    assert manager.post(address, {"seen": "0"}).status_code == 422
    assert "był już zastosowany" in text_of(manager.post(address + "discard/", follow=True))
    assert wanted() == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Kod;Limit\nA;1\n", "Pierwszy wiersz musi nazywać kolumny"),
        (HEAD + "14;CONS;0\n", "Nic się nie zmienia"),
        (b"%PDF-1.7", "Pierwszy wiersz musi nazywać kolumny"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(manager, content, words):
    assert words in text_of(sent(manager, content), 422)
    assert not models.NeedImport.objects.exists()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_and_the_export_are_read_back(insurer, manager, kind):
    set_need(insurer, "14", "CONS", 3)
    for name in ("template", "needs"):
        file = manager.get(f"{ROOT}{name}.{kind}").content
        assert len(sheets.read_table(file)) == 1 + 16 * 7
        assert "Nic się nie zmienia" in text_of(sent(manager, file, f"x.{kind}"), 422)
    assert manager.get(f"{ROOT}template.pdf").status_code == 404


def test_strangers_and_other_roles_see_and_change_nothing(insurer, manager):
    address = sent(manager, HEAD + "14;CONS;5\n").url
    stranger = cast.insurer(2).client("network-manager")
    handler = insurer.client("claims-handler")
    for path in (address, address + "discard/", address + "undo/"):
        assert stranger.post(path, {"seen": "0"}).status_code == 404
        assert handler.post(path, {"seen": "0"}).status_code == 403
    assert stranger.get(address).status_code == 404
    assert handler.get(ROOT + "template.csv").status_code == 403
    assert wanted() == []
    assert need_imports.last_need_import(insurer.actor("network-manager")) is None
