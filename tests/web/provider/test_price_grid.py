"""„Cennik usług” without scripts, as files, and what its script is told."""

import csv
import io
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.cast import AT, TODAY
from tests.network.test_price_lists import World

from ols.accounts.permissions import Role
from ols.catalog import models as catalog
from ols.network import models, selectors, services

pytestmark = pytest.mark.django_db


class Desk(World):
    """The owner at the grid; the first service has a limit of 180 zł."""

    def __init__(self) -> None:
        super().__init__()
        services.set_price_limits(
            actor=self.insurer.actor(Role.PLAN_MANAGER),
            limits={self.services[0]: 180_00},
            valid_from=TODAY,
            at=AT,
        )
        self.browser = self.clinic.client(Role.OWNER)
        self.page = self.url("edit")

    def url(self, name: str, *more: str) -> str:
        return reverse(f"provider:pricelist-{name}", args=[self.contract, "CONS", *more])

    def post(self, typed: dict, *, name: str = "edit", client=None, **more: str):
        rows = {f"price-{service}": text for service, text in typed.items()}
        return (client or self.browser).post(self.url(name), rows | more)

    def texts(self) -> dict[int, str]:
        sheet = selectors.price_sheet(self.owner, contract_uuid=self.contract, area_code="CONS", on=TODAY)
        return {row.row.service_id: row.checked.text for row in sheet.rows if row.checked.text}


@pytest.fixture
def desk():
    with time_machine.travel(AT, tick=False):
        yield Desk()


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def shown_codes(desk, address: str) -> list[str]:
    return re.findall(
        r'<tr class="[^"]*"><th scope="row" class="id" data-l="Kod">([^<]*)<',
        words(desk.browser.get(address)),
    )


def test_what_stands_in_the_way_of_sending_leads_to_its_field(desk):
    desk.post({desk.services[1]: "1e3"}, valid_from="1.12.2020", save="1")
    shown = words(desk.browser.get(desk.url("check")))
    assert f'<a href="{desk.page}#price-{desk.services[1]}">CONS-002: wpisz kwotę' in shown
    assert f'<a href="{desk.page}#id_valid_from">' in shown


def test_a_plain_form_keeps_right_and_wrong(desk):
    first, second, third, *_ = desk.services
    answer = desk.post({first: "181", second: "1e3", third: "90"}, valid_from="1.12.2026", save="1")
    assert answer.status_code == 422
    shown = words(answer)
    assert "1,00 zł powyżej limitu" in shown
    assert "Cena: wpisz kwotę w złotych, na przykład 1234,50." in shown
    assert f'href="#price-{second}">CONS-002: wpisz kwotę' in shown
    assert desk.texts() == {first: "181,00", second: "1e3", third: "90,00"}
    again = words(desk.browser.get(desk.page))
    assert 'value="01.12.2026"' in again
    assert f'value="1e3" inputmode="decimal" autocomplete="off" aria-describedby="said-{second}"' in again
    mended = desk.post({second: ""}, save="1")
    assert mended.url == desk.page
    assert desk.post({}, check="1").url == desk.url("check")


def test_rows_can_be_looked_for_without_scripts(desk):
    first, second, *_ = desk.services
    asked = desk.post({first: "181", second: "100"}, filter="1", q="PEDIÁTRY", show="")
    assert asked.url.startswith(f"{desk.page}?")
    assert shown_codes(desk, asked.url) == ["CONS-002"]
    assert shown_codes(desk, f"{desk.page}?show=over") == ["CONS-001"]
    assert len(shown_codes(desk, desk.page)) == len(desk.services)
    assert "Żadna usługa nie pasuje" in words(desk.browser.get(f"{desk.page}?q=brak"))


def test_a_first_day_that_cannot_be_is_kept_and_said(desk):
    first, *_ = desk.services
    for day in ("jutro", "1.1.2020"):
        answer = desk.post({first: "100"}, valid_from=day, save="1")
        assert answer.status_code == 422
        assert 'id="id_valid_from_error"' in words(answer)
    assert 'value="01.01.2020"' in words(desk.browser.get(desk.page))
    assert "pierwszy możliwy dzień to 23.11.2026" in words(desk.browser.get(desk.url("check")))


def test_a_row_that_two_have_changed_shows_both(desk):
    first, *_ = desk.services
    desk.clinic.hire(Role.PRICE_EDITOR)
    other = desk.clinic.client(Role.PRICE_EDITOR)
    desk.post({first: "100"}, tab="b", seen="0", client=other, save="1")
    answer = desk.post({first: "120"}, tab="a", seen="0", save="1")
    assert answer.status_code == 422
    shown = words(answer)
    assert "Tymczasem zapisano tu: 100,00 (Price-editor 1 (demo)). Twoja cena nie jest" in shown
    assert f'name="price-{first}" value="120"' in shown
    assert 'name="seen" value="1"' in shown
    assert desk.texts() == {first: "100,00"}
    assert desk.post({first: "120"}, tab="a", seen="1", save="1").url == desk.page
    assert desk.texts() == {first: "120,00"}


def test_the_script_is_told_about_every_row(desk):
    first, second, third, *_ = desk.services
    told = desk.post({first: "181", second: "1e3", third: ""}, name="save", seen="0", pasted="3").json()
    assert told["rows"][str(first)] == {
        "value": "181,00",
        "kind": "warn above",
        "remarks": [["warn", "1,00\xa0zł powyżej limitu"]],
    }
    assert told["rows"][str(second)]["kind"] == "bad"
    assert (told["version"], told["saved"]) == (1, "Zapisano o 10:00")
    assert told["said"] == "Wklejono 3 ceny, 1 wiersz z błędem."
    assert told["counters"] == {
        "priced": f"1 / {len(desk.services)}",
        "over": "1",
        "wrong": "1",
        "uncovered": "0",
        "dropped": "0",
    }
    theirs = desk.post({first: "150"}, name="save", seen="0", tab="b").json()
    assert theirs["rows"][str(first)]["theirs"] == "181,00"
    assert theirs["rows"][str(second)]["value"] == "1e3"
    assert theirs["start"] == {"value": "23.11.2026", "error": ""}


def test_a_sent_list_is_not_saved_over(desk):
    first, *_ = desk.services
    desk.post({first: "100"}, save="1")
    shown = words(desk.browser.get(desk.url("check")))
    assert ("Wyróżniona" in shown, "Bez wyróżnienia" in shown) == (True, False)
    sent = desk.browser.post(desk.url("check"))
    uuid = models.PriceList.objects.get().uuid
    assert sent.url == reverse("provider:pricelist-show", args=[desk.contract, uuid])
    told = desk.post({first: "90"}, name="save", seen="1")
    assert (told.status_code, "refusal" in told.json()) == (409, True)
    late = desk.post({first: "90"}, save="1")
    assert late.status_code == 422
    assert f'name="price-{first}" value="90"' in words(late)
    assert desk.browser.get(desk.url("check")).url == sent.url


def upload(desk, content: bytes, name: str = "ceny.csv"):
    return desk.browser.post(desk.url("import"), {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_shown_before_it_counts(desk):
    first, second, *_ = desk.services
    desk.post({first: "150"}, save="1")
    text = "kod;cena\nCONS-001;181,00\nCONS-002;sto\nX-1;5\nCONS-001;7\n"
    shown = words(upload(desk, text.encode("cp1250")))
    assert desk.texts() == {first: "150,00"}
    assert "Plik zmienia 2 ceny." in shown
    assert "1 wiersz z błędem zostanie zapisany do poprawy." in shown
    assert "1,00 zł powyżej limitu" in shown
    assert re.search(r"<th[^>]*>4</th>.{0,60}X-1 5.{0,60}nie ma takiej usługi", shown)
    assert re.search(r"<th[^>]*>5</th>.{0,60}CONS-001 7.{0,60}wcześniejszym wierszu", shown)
    taken = dict(re.findall(r'name="(price-\d+|seen|tab)" value="([^"]*)"', shown))
    answer = desk.browser.post(desk.page, taken | {"save": "1"})
    assert answer.status_code == 422
    assert desk.texts() == {first: "181,00", second: "sto"}


def test_files_that_cannot_be_read_are_refused_in_words(desk):
    for content, said in (
        (b"", "Wybierz plik."),
        (b"a;b\n1;2\n", "Pierwszy wiersz musi nazywać kolumny"),
        (b'kod;"cena\n', "Cudzysłów nie jest zamknięty"),
        (b"PK\x03\x04 zip", "Plik jest uszkodzony"),
    ):
        answer = upload(desk, content) if content else desk.browser.post(desk.url("import"))
        assert (answer.status_code, said in words(answer)) == (422, True), said
    pasted = desk.browser.post(desk.url("import"), {"text": "CONS-001\t99,50\n"})
    assert "Plik zmienia 1 cenę." in words(pasted)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_exported_grid_is_read_back_without_a_change(desk, kind):
    rows = dict(zip(desk.services, ("1234,50", "-5", "=1+1", "0,01", ""), strict=False))
    desk.post(rows, save="1")
    before = desk.texts()
    assert before[desk.services[1]] == "-5"
    file = desk.browser.get(desk.url("export", kind))
    assert f'filename="cennik-cons-1.{kind}"' in file["Content-Disposition"]
    shown = words(upload(desk, file.content, f"cennik.{kind}"))
    assert f"Plik zmienia 0 cen. Bez zmian: {len(before)}." in re.sub(r"\s+", " ", shown)
    models.PriceList.objects.all().delete()
    again = words(upload(desk, file.content, f"cennik.{kind}"))
    taken = dict(re.findall(r'name="(price-\d+|seen|tab)" value="([^"]*)"', again))
    desk.browser.post(desk.page, taken | {"save": "1"})
    assert desk.texts() == before


def test_an_accepted_list_is_a_file_with_limits(desk):
    first, *_ = desk.services
    desk.post({first: "200"}, save="1")
    desk.browser.post(desk.url("check"))
    row = models.PriceList.objects.get()
    services.accept_price_list(actor=desk.manager, price_list_uuid=str(row.uuid), at=AT)
    file = desk.browser.get(reverse("provider:pricelist-file", args=[desk.contract, row.uuid, "csv"]))
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert lines[1] == ["CONS-001", "Konsultacja internisty", "szt.", "180,00", "200,00"]


def test_a_thousand_rows_are_one_form(desk):
    """More fields than Django lets in by default; none may be lost."""
    area = catalog.ServiceArea.objects.get(code="CONS")
    catalog.Service.objects.bulk_create(
        catalog.Service(code=f"T-{number:04d}", area=area, name=f"Usługa {number}", search_key="usluga")
        for number in range(1000)
    )
    typed = {row.pk: str(index + 1) for index, row in enumerate(catalog.Service.objects.filter(area=area))}
    assert desk.post(typed, save="1").status_code == 302
    assert models.PriceListItem.objects.count() == len(typed) > 1000
