"""Limits: typed, imported, looked at before they count, taken back, by one person at a time."""

from datetime import timedelta
from time import perf_counter

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import cast
from tests.cast import TODAY
from tests.network.test_highlights import World

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.catalog.models import Service
from ols.plans import models, selectors
from ols.web.components import exports

pytestmark = pytest.mark.django_db
EDIT = reverse("insurer:pricelimit-edit", args=["cons"])
IMPORT = reverse("insurer:pricelimit-import", args=["cons"])


@pytest.fixture
def world():
    with time_machine.travel(cast.AT):
        yield World()


@pytest.fixture
def browser(world):
    return world.insurer.client(Role.PLAN_MANAGER)


def text(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def typed(world, *amounts: str, day: str = "23.11.2026", revision: int = 0) -> dict[str, object]:
    fields = {
        f"limit-{service}": amount for service, amount in zip(world.services, amounts, strict=False) if amount
    }
    return {"valid_from": day, "revision": revision, **fields}


def confirm(browser, page, seen: int, **more):
    return browser.post(page, {"seen": seen, **more})


def on(world, day=TODAY) -> list[int | None]:
    area = catalog.area(code="CONS").id
    found = selectors.price_limits(insurer_id=world.insurer.id, area_id=area, on=day)
    return [found.get(service) for service in world.services[:3]]


def test_limits_count_after_a_look_at_what_they_do(world, browser):
    world.limit(200_00)
    world.agree(200_00, 165_00)
    page = browser.post(EDIT, typed(world, "199", "170,50", day="1.1.2027", revision=1)).url
    shown = text(browser.get(page))
    assert "Od 01.01.2027 wyróżnienie stracą:" in shown
    assert world.clinic.name in shown
    assert "-1,00 zł" in shown
    assert on(world) == [200_00, None, None]
    assert confirm(browser, page, 1).url == EDIT
    assert on(world, TODAY + timedelta(days=40)) == [199_00, 170_50, None]
    assert (world.badge(), world.badge(TODAY + timedelta(days=40))) == (True, False)
    assert confirm(browser, page, 2).status_code == 422
    grid = text(browser.get(EDIT))
    assert "01.01.2027: 199,00 zł" in grid
    undo = reverse("insurer:pricelimit-undo", args=["cons"])
    browser.post(undo, {"day": "1.1.2027", "service_id": world.services[0]})
    assert on(world, TODAY + timedelta(days=40)) == [200_00, 170_50, None]
    browser.post(undo, {"day": "1.1.2027"})
    assert on(world, TODAY + timedelta(days=40)) == [200_00, None, None]
    assert world.badge(TODAY + timedelta(days=40)) is True
    browser.post(undo, {"day": "23.11.2026"})
    assert on(world) == [200_00, None, None]


def test_wrong_amounts_and_days_keep_what_was_typed(world, browser):
    wrong = browser.post(EDIT, typed(world, "1e3", "170", day="22.11.2026"))
    assert wrong.status_code == 422
    assert 'value="1e3"' in text(wrong)
    assert 'value="170"' in text(wrong)
    assert "wybierz dzisiejszy lub późniejszy dzień" in text(wrong)
    assert browser.post(EDIT, typed(world)).status_code == 422
    assert models.LimitDraft.objects.count() == 0


def test_a_dash_ends_a_limit(world, browser):
    world.limit(200_00)
    page = browser.post(EDIT, typed(world, "-", revision=1)).url
    confirm(browser, page, 1)
    assert on(world) == [None, None, None]


def test_the_second_of_two_editors_is_told_and_loses_nothing(world, browser):
    page = browser.post(EDIT, typed(world, "150", "160")).url
    world.limit(190_00)
    shown = text(browser.get(page))
    assert "Limity tego obszaru po ich otwarciu zmienione" in shown
    assert "Plan-manager 1 (demo)" in shown
    late = confirm(browser, page, 0)
    assert late.status_code == 422
    assert "Limity w międzyczasie się zmieniły" in text(late)
    assert on(world) == [190_00, None, None]
    assert confirm(browser, page, 1).url == EDIT
    assert on(world) == [150_00, 160_00, None]


def test_a_file_with_mistakes_is_applied_only_without_them_and_knowingly(world, browser):
    codes = [row.code for row in catalog.services(area_id=catalog.area(code="CONS").id)]
    lines = [
        "Kod;Usługa;Limit (zł)",
        f"{codes[0]};x;1 234,50",
        f"{codes[1]};x;12,3456",
        f"{codes[0]};x;1",
        "XXX-1;x;1",
        f"{codes[2]};x;",
    ]
    file = SimpleUploadedFile("limity.csv", "\r\n".join(lines).encode("cp1250"))
    page = browser.post(IMPORT, {"valid_from": "23.11.2026", "file": file}).url
    shown = text(browser.get(page))
    for words in (
        "więcej niż dwie cyfry po przecinku",
        "kod jest już we wcześniejszym wierszu",
        "obszar nie ma usługi o takim kodzie",
    ):
        assert words in shown
    assert confirm(browser, page, 0).status_code == 422
    assert on(world) == [None, None, None]
    assert confirm(browser, page, 0, leave_out="on").url == EDIT
    assert on(world) == [1234_50, None, None]


def test_a_damaged_workbook_is_refused_in_the_readers_language(world, browser):
    file = SimpleUploadedFile("limity.xlsx", b"PK\x03\x04 no workbook")
    refused = browser.post(IMPORT, {"valid_from": "23.11.2026", "file": file})
    assert (refused.status_code, "Plik jest uszkodzony" in text(refused)) == (422, True)


def test_what_is_exported_can_be_imported_again(world, browser):
    world.limit(200_00, 170_50)
    export = reverse("insurer:pricelimit-export", args=["cons", "xlsx"])
    content = browser.get(export).content
    again = SimpleUploadedFile("limity.xlsx", content)
    same = browser.post(IMPORT, {"valid_from": "23.11.2026", "file": again})
    assert (same.status_code, "już w tym dniu obowiązują" in text(same)) == (422, True)
    as_csv = browser.get(reverse("insurer:pricelimit-export", args=["cons", "csv"])).content.decode(
        "utf-8-sig"
    )
    assert "170,50" in as_csv
    changed = SimpleUploadedFile("limity.csv", as_csv.replace("170,50", "171,00").encode())
    page = browser.post(IMPORT, {"valid_from": "1.12.2026", "file": changed}).url
    confirm(browser, page, 1)
    assert on(world, TODAY + timedelta(days=10)) == [200_00, 171_00, None]
    for wrong in (b"", b"a;b\n1;2", b"\xd0\xcf\x11\xe0abc"):
        refused = browser.post(
            IMPORT, {"valid_from": "1.12.2026", "file": SimpleUploadedFile("limity.csv", wrong or b" ")}
        )
        assert refused.status_code == 422


def test_filters_and_history(world, browser):
    world.limit(200_00)
    world.limit(190_00, day=TODAY + timedelta(days=5))
    code = catalog.services_by_id(ids=[world.services[0]])[world.services[0]].code
    assert text(browser.get(EDIT, {"shown": "planned"})).count('data-text="') == 1
    assert text(browser.get(EDIT, {"q": "kardiolog"})).count('data-text="') == 1
    assert "Nie ma takiej usługi" in text(browser.get(EDIT, {"q": "zzz"}))
    shown = text(browser.get(reverse("insurer:pricelimit-history", args=["cons", code])))
    assert "28.11.2026" in shown
    assert "190,00 zł" in shown
    assert browser.get(reverse("insurer:pricelimit-history", args=["lab", code])).status_code == 404


def test_another_insurer_finds_nothing_of_it(world, browser):
    page = browser.post(EDIT, typed(world, "150")).url
    stranger = cast.insurer(2).client(Role.PLAN_MANAGER)
    assert stranger.get(page).status_code == 404
    assert confirm(stranger, page, 0).status_code == 404
    assert stranger.post(f"{page}discard/").status_code == 404
    assert world.insurer.client(Role.NETWORK_MANAGER).get(page).status_code == 403
    assert browser.post(f"{page}discard/").url == EDIT
    assert confirm(browser, page, 0).status_code == 422
    assert on(world) == [None, None, None]


def test_a_thousand_rows_stay_fluent(world, browser):
    area = catalog.area(code="CONS").id
    Service.objects.bulk_create(
        Service(
            code=f"W-{number:04d}", insurer_id=world.insurer.id, area_id=area, name="Usługa", search_key="u"
        )
        for number in range(1000)
    )
    begun = perf_counter()
    assert text(browser.get(EDIT)).count('data-text="') > 1000
    shown = perf_counter() - begun
    rows = catalog.services(area_id=area, insurer_id=world.insurer.id)
    sheet = exports.Sheet(
        "x",
        [exports.Column("Kod"), exports.Column("Limit", exports.AMOUNT)],
        [(row.code, 100_00) for row in rows],
    )
    begun = perf_counter()
    file = SimpleUploadedFile("x.csv", exports.csv_file(sheet))
    page = browser.post(IMPORT, {"valid_from": "23.11.2026", "file": file})
    assert confirm(browser, page.url, 0).url == EDIT
    stored = perf_counter() - begun
    print(f"grid {shown:.2f} s, import and confirm {stored:.2f} s")
    assert (shown < 6, stored < 12) == (True, True)
