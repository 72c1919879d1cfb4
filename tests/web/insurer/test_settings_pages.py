"""The insurer's settings: documents, areas, terms, account and hours."""

import re
from datetime import time

import pytest
import time_machine
from tests import cast, scenes

from ols.accounts import selectors as accounts
from ols.catalog import selectors as catalog
from ols.network import models

pytestmark = pytest.mark.django_db
ROOT = "/insurer/settings/"
ACCOUNT = {"iban": "61 1090 1014 0000 0712 1981 2874", "office_opens": "7.30", "office_closes": "15:30"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(cast.AT, tick=False):
        yield


@pytest.fixture
def insurer():
    return scenes.ready_insurer("CONS")


@pytest.fixture
def manager(insurer):
    return insurer.client("network-manager")


def text_of(client, path=""):
    answer = client.get(ROOT + path)
    assert answer.status_code == 200
    return answer.content.decode()


def state(insurer):
    """Return everything the settings may change."""
    own = accounts.organization(organization_id=insurer.id)
    return (
        list(models.DocumentRequirement.objects.order_by("id").values()),
        list(models.AreaOpening.objects.order_by("id").values()),
        models.TermsVersion.objects.count(),
        (own.iban, own.office_opens, own.office_closes),
    )


@pytest.mark.parametrize(("role", "part"), [("network-manager", "documents/"), ("administrator", "account/")])
def test_everybody_begins_with_the_part_they_may_open(insurer, role, part):
    answer = insurer.client(role).get(ROOT)
    assert (answer.status_code, answer["Location"]) == (302, ROOT + part)
    assert insurer.client("claims-handler").get(ROOT).status_code == 403


def test_the_tabs_hold_only_what_one_may_open(insurer, manager):
    shown = text_of(manager, "documents/").split('class="tabs"')[1].split("</nav>")[0]
    parts = ["documents", "areas", "terms", "network", "rules", "needs"]
    assert re.findall(r"/insurer/settings/(\w+)/", shown) == parts
    own = text_of(insurer.client("administrator"), "account/").split('class="tabs"')[1].split("</nav>")[0]
    assert re.findall(r"/insurer/settings/(\w+)/", own) == ["account"]


def test_a_document_is_switched_off_and_on(manager):
    row = models.DocumentRequirement.objects.get()
    for value, expected in (("0", False), ("1", True)):
        manager.post(f"{ROOT}documents/{row.uuid}/", {"is_active": value})
        row.refresh_from_db()
        assert row.is_active is expected


def test_an_area_is_announced_then_opened(manager):
    lab = catalog.area(code="LAB")
    for typed, day in (("10.12.2026", "2026-12-10"), ("23.11.2026", "2026-11-23")):
        answer = manager.post(ROOT + "areas/LAB/", {"opens_on": typed})
        assert (answer.status_code, answer["Location"]) == (302, ROOT + "areas/")
        assert str(models.AreaOpening.objects.get(area_id=lab.id).opens_on) == day
        assert typed in text_of(manager, "areas/")
    manager.post(ROOT + "areas/LAB/", {"opens_on": "24.12.2026"})
    assert str(models.AreaOpening.objects.get(area_id=lab.id).opens_on) == "2026-11-23"


def test_an_area_is_not_opened_in_the_past(insurer, manager):
    before = state(insurer)
    for typed in ("22.11.2026", "31.02.2027", ""):
        answer = manager.post(ROOT + "areas/DENT/", {"opens_on": typed})
        assert answer.status_code == 422
        assert typed in answer.content.decode()
    assert manager.get(ROOT + "areas/NONE/").status_code == 404
    assert state(insurer) == before


def test_the_account_and_the_hours_are_saved(insurer):
    client = insurer.client("administrator")
    answer = client.post(ROOT + "account/", ACCOUNT)
    assert (answer.status_code, answer["Location"]) == (302, ROOT + "account/")
    assert state(insurer)[3] == ("PL61109010140000071219812874", time(7, 30), time(15, 30))
    page = text_of(client, "account/")
    assert 'value="61 1090 1014 0000 0712 1981 2874"' in page
    before = state(insurer)
    for wrong in ({"iban": "61 1090 1014 0000 0712 1981 2875"}, {"office_closes": "7:00"}):
        refused = client.post(ROOT + "account/", ACCOUNT | wrong)
        assert refused.status_code == 422
        assert f'value="{next(iter(wrong.values()))}"' in refused.content.decode()
    assert state(insurer) == before


PARTS = {
    "documents/": None,
    "documents/new/": {"name": "X", "max_files": "1", "age_unit": "days"},
    "areas/": None,
    "areas/LAB/": {"opens_on": "01.12.2026"},
    "terms/": None,
    "account/": ACCOUNT,
}


@pytest.mark.parametrize(("part", "data"), PARTS.items())
def test_who_may_not_gets_nothing(insurer, client, part, data):
    address, before = ROOT + part, state(insurer)
    role = "administrator" if part == "account/" else "network-manager"
    for verb in ("get", "post") if data else ("get",):
        assert getattr(insurer.client("claims-handler"), verb)(address, data).status_code == 403
        nobody = getattr(client, verb)(address, data)
        assert (nobody.status_code, nobody["Location"].startswith("/login/")) == (302, True)
        clinic = cast.provider(1 if verb == "get" else 2).client("owner")
        assert getattr(clinic, verb)(address, data).status_code in {403, 404}
    verb = "put" if data else "post"
    assert getattr(insurer.client(role), verb)(address).status_code == 405
    assert state(insurer) == before


def test_objects_of_others_are_not_found(insurer, client):
    document = models.DocumentRequirement.objects.get()
    terms = models.TermsVersion.objects.get(kind="general")
    before = state(insurer)
    stranger = cast.insurer(2).client("network-manager")
    assert stranger.get(f"{ROOT}terms/{terms.uuid}/").status_code == 404
    address = f"{ROOT}documents/{document.uuid}/"
    assert stranger.post(address, {"is_active": "0"}).status_code == 404
    assert insurer.client("claims-handler").post(address, {"is_active": "0"}).status_code == 403
    assert client.post(address).status_code == 302
    assert insurer.client("network-manager").get(address).status_code == 405
    assert state(insurer) == before


def test_numbers_out_of_bounds_are_named_with_both_bounds(insurer):
    sent = {"start_within_days": "999", "alarm_hours": "x", "revision": "0"}
    answer = insurer.client("network-manager").post("/insurer/settings/rules/", sent)
    assert answer.status_code == 422
    for words in ("wpisz liczbę całkowitą od 0 do 366.", "wpisz liczbę całkowitą od 0 do 8."):
        assert words in answer.content.decode()
