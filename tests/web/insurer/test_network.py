"""The insurer's home, its network as a list, its needs and rules, through the pages."""

import io
import re
from datetime import timedelta
from zipfile import ZipFile

import pytest
import time_machine
from tests import cast, scenes

from ols.catalog import selectors as catalog
from ols.network import models, services
from ols.network.selectors import dashboard, review
from ols.registry.models import Facility

pytestmark = pytest.mark.django_db
LIST = "/insurer/contracts/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(cast.AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def insurer():
    return scenes.ready_insurer("CONS")


@pytest.fixture
def clinic(insurer):
    return scenes.ready_clinic()


@pytest.fixture
def prices(clinic, insurer):
    """An active contract in mazowieckie with accepted consultations."""
    contract = scenes.active(clinic, insurer)
    return scenes.contracted_prices(clinic, insurer, contract, "CONS")


@pytest.fixture
def desk(insurer):
    return insurer.client("network-manager")


def shown(desk, **wanted):
    return desk.get(LIST, {"sort": "name", **wanted}).content.decode()


def test_the_list_shows_areas_place_and_totals(desk, clinic, prices):
    text = shown(desk)
    for words in (clinic.name, "mazowieckie", "konsultacje i zabiegi ambulatoryjne"):
        assert words in text
    assert re.search(r'id="totals">[^<]*<b class="num">1</b>', text)


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        ({"status": "active"}, True),
        ({"status": "rejected"}, False),
        ({"area": "CONS"}, True),
        ({"area": "NURS"}, False),
        ({"voivodeship": "14"}, True),
        ({"voivodeship": "02"}, False),
        ({"text": "PRZYCHODNIA warszawa"}, True),
        ({"text": "gdynia"}, False),
        ({"status": "?", "area": "?", "voivodeship": "?", "sort": "?"}, True),
    ],
)
def test_filters(desk, clinic, prices, wanted, is_found):
    text = shown(desk, **wanted)
    assert (clinic.name in text) is is_found
    assert ("Nic nie znaleziono" in text) is not is_found


def test_only_the_highlighted(desk, clinic, insurer, prices):
    assert "Nic nie znaleziono" in shown(desk, highlighted="on")
    contract = models.Contract.objects.get()
    models.Highlight.objects.filter(contract=contract).delete()
    models.Highlight.objects.create(
        contract=contract, area_id=catalog.area(code="CONS").id, insurer_id=insurer.id, provider_id=clinic.id,
        valid_from=cast.TODAY, is_highlighted=True, compared=1, over=0, worst_gr=0,
    )  # fmt: skip
    assert clinic.name in shown(desk, highlighted="on", area="CONS")
    assert "wyróżniona" in shown(desk)
    assert "Nic nie znaleziono" in shown(desk, highlighted="on", area="NURS")


def test_the_network_as_a_file(desk, clinic, prices):
    csv = desk.get(f"{LIST}network.csv", {"area": "CONS"}).content.decode("utf-8-sig")
    head, row = csv.splitlines()
    assert head.startswith("Numer;")
    assert f";{clinic.name};" in row
    assert "23.11.2026" in row
    xlsx = desk.get(f"{LIST}network.xlsx").content
    assert "xl/workbook.xml" in ZipFile(io.BytesIO(xlsx)).namelist()
    assert desk.get(f"{LIST}network.pdf").status_code == 404


def test_home_says_what_is_missing_and_leads_there(desk, clinic, insurer, prices):
    area = catalog.area(code="CONS")
    answer = desk.post("/insurer/settings/needs/", {f"need-14-{area.id}": "3", f"need-02-{area.id}": "1"})
    assert answer.status_code == 302
    text = desk.get("/insurer/").content.decode()
    assert "1 z 3" in text
    assert "brakuje 2" in text
    assert "W sieci brakuje 3 placówek." in text
    assert f"{LIST}?status=active&amp;area=CONS&amp;voivodeship=14" in text
    desk.post("/insurer/settings/needs/", {f"need-14-{area.id}": "1"})
    assert "Wszystkie potrzeby sieci są zaspokojone." in desk.get("/insurer/").content.decode()
    csv = desk.get("/insurer/settings/needs/needs.csv").content.decode("utf-8-sig")
    assert "mazowieckie;konsultacje i zabiegi ambulatoryjne;1;1;0" in csv.splitlines()


def test_a_need_that_is_no_number_is_refused_and_kept(desk):
    area = catalog.area(code="CONS")
    answer = desk.post("/insurer/settings/needs/", {f"need-14-{area.id}": "x1", f"need-02-{area.id}": "77"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "mazowieckie, konsultacje i zabiegi ambulatoryjne: wpisz liczbę całkowitą." in text
    assert 'value="77"' in text
    assert models.NetworkNeed.objects.count() == 0


def test_limits_against_prices(clinic, insurer, prices):
    low, high = list(prices)[:2]
    limits = {low: prices[low] * 2, high: prices[high] - 1}
    services.set_price_limits(
        actor=insurer.actor("plan-manager"), limits=limits, valid_from=cast.TODAY, at=cast.AT
    )
    figures = {
        row.area.code: row for row in dashboard.limits(insurer.actor("network-manager"), on=cast.TODAY)
    }
    found, other = figures["CONS"], figures["NURS"]
    assert (found.prices, found.over, found.over_bp, found.median_bp) == (2, 1, 5000, 5000)
    assert found.unoffered == found.services - len(prices)
    assert found.without_limit == found.services - 2
    assert (other.prices, other.over_bp, other.median_bp, other.unoffered) == (0, None, None, other.services)


def test_slowly_counted_figures_are_kept_for_minutes_but_not_over_a_change_of_limits(
    clinic, insurer, prices, desk, monkeypatch
):
    low = next(iter(prices))
    manager, planner = insurer.actor("network-manager"), insurer.actor("plan-manager")
    later = cast.AT + timedelta(minutes=4)

    def limit(amount):
        services.set_price_limits(actor=planner, limits={low: amount}, valid_from=cast.TODAY, at=cast.AT)

    def counted(at):
        figures, moment = dashboard.recent_limits(manager, on=cast.TODAY, at=at)
        return next(row for row in figures if row.area.code == "CONS").over, moment

    limit(prices[low])
    monkeypatch.setattr(dashboard, "_SLOW_SECONDS", 100)
    assert [counted(at) for at in (cast.AT, later)] == [(0, cast.AT), (0, later)]
    monkeypatch.setattr(dashboard, "_SLOW_SECONDS", -1)
    assert [counted(at) for at in (cast.AT, later)] == [(0, cast.AT), (0, cast.AT)]
    other = cast.insurer(2).actor("network-manager")
    assert dashboard.recent_limits(other, on=cast.TODAY, at=later)[1] == later
    limit(prices[low] - 1)
    assert counted(later) == (1, later)


def test_figures_of_some_minutes_ago_say_when_they_were_counted(clinic, prices, desk, clock, monkeypatch):
    monkeypatch.setattr(dashboard, "_SLOW_SECONDS", -1)
    assert "Policzono" not in desk.get("/insurer/").content.decode()
    clock.move_to(cast.AT + timedelta(minutes=1))
    assert "Policzono 23.11.2026 10:00." in desk.get("/insurer/").content.decode()


def test_a_clinic_of_two_places_counts_in_both_and_once_in_each(clinic, insurer, prices):
    for teryt in ("0201011", "0201011"):
        Facility.objects.create(
            organization_id=clinic.id, name="Filia", street="Polna 1", postal_code="59-700", teryt=teryt,
            city="Bolesławiec",
        )  # fmt: skip
    rows = dashboard.coverage(
        insurer.actor("network-manager"), voivodeships=("02", "14", "32"), on=cast.TODAY
    )
    assert [row.cells[0].there for row in rows] == [1, 1, 0]


RULES = {
    "is_automatic": "on", "rules": ["documents", "register"], "start_within_days": "30", "alarm_hours": "2",
    "revision": "0",
}  # fmt: skip


def test_rules_are_set_and_stopped(desk, insurer, clinic):
    assert (
        "Automatyczne przyjmowanie jest wyłączone." in desk.get("/insurer/settings/rules/").content.decode()
    )
    assert desk.post("/insurer/settings/rules/", RULES).status_code == 302
    assert review.rules(insurer.actor("network-manager")).chosen.rules == ("documents", "register")
    assert "Wyłącz teraz automatyczne przyjmowanie" in shown_queue(desk)
    overtaken = desk.post("/insurer/settings/rules/", RULES)
    assert overtaken.status_code == 422
    assert "Reguły zmieniły się w międzyczasie" in overtaken.content.decode()
    insurer.hire("offer-reviewer")
    reviewer = insurer.client("offer-reviewer")
    assert reviewer.post("/insurer/settings/rules/", RULES).status_code == 403
    assert reviewer.post("/insurer/settings/rules/stop/").status_code == 302
    assert "Wyłącz teraz automatyczne przyjmowanie" not in shown_queue(desk)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"rules": []}, "wybierz co najmniej jedną"),
        ({"rules": ["kind"]}, "wybierz co najmniej jeden albo wyłącz regułę"),
        ({"rules": ["voivodeship"]}, "wybierz co najmniej jedno albo wyłącz regułę"),
    ],
)
def test_rules_that_cannot_be_followed_are_explained(desk, wrong, words):
    answer = desk.post("/insurer/settings/rules/", RULES | wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert models.ReviewRules.objects.count() == 0


def test_an_automatic_decision_is_explained_on_the_page(desk, insurer, clinic):
    desk.post("/insurer/settings/rules/", RULES)
    offer = scenes.offered(clinic, insurer)
    text = desk.get(f"{LIST}{offer}/").content.decode()
    for words in (
        "Wynik Twoich reguł",
        "decyduje człowiek",
        "Placówka jest w rejestrze i działa",
        "niespełniona",
    ):
        assert words in text


def shown_queue(desk):
    return desk.get("/insurer/offers/", {"show": "offers"}).content.decode()


def test_who_may_see_and_set(insurer, clinic):
    for role, pages in {
        "network-viewer": {
            "/insurer/contracts/": 200,
            "/insurer/offers/": 403,
            "/insurer/settings/needs/": 403,
        },
        "terms-editor": {
            "/insurer/contracts/": 200,
            "/insurer/offers/": 403,
            "/insurer/settings/areas/": 200,
        },
        "offer-reviewer": {"/insurer/offers/?show=offers": 200, "/insurer/settings/areas/": 403},
        "plan-manager": {"/insurer/contracts/": 403, "/insurer/contracts/network.csv": 403},
    }.items():
        if role not in insurer.people:
            insurer.hire(role)
        client = insurer.client(role)
        assert {path: client.get(path).status_code for path in pages} == pages
    offer = scenes.offered(clinic, insurer)
    viewer = insurer.client("network-viewer")
    assert "Przyjmij ofertę" not in viewer.get(f"{LIST}{offer}/").content.decode()
    assert viewer.post(f"{LIST}{offer}/accept/").status_code == 403


def test_the_clinic_reads_what_the_rules_said(desk, insurer, clinic):
    desk.post("/insurer/settings/rules/", RULES)
    offer = scenes.offered(clinic, insurer)
    text = clinic.client("owner").get(f"/panel/contracts/{offer}/history/").content.decode()
    for words in ("Reguły ubezpieczyciela", "decyduje człowiek", "Placówka jest w rejestrze i działa"):
        assert words in text
