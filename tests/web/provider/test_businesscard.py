"""The clinic's business cards: typed, checked, taken back; and the word that its prices may be seen."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from tests import cast
from tests.network.public_world import World

from ols.kernel.closures import Closure
from ols.network import models
from ols.registry import selectors as registry
from ols.registry import services

pytestmark = pytest.mark.django_db
LIST = "/panel/card/"


@pytest.fixture
def world():
    with time_machine.travel(cast.AT, tick=False):
        yield World()


@pytest.fixture
def owner(world):
    return world.clinics[0].client("owner")


def text(client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def typed(page: str) -> dict[str, object]:
    """Return what the form on the page holds."""
    form = page[page.index('id="form"') :]
    found: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        values = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if values.get("type") == "checkbox" and "checked" not in tag:
            continue
        if "name" in values:
            ticked = "on" if values.get("type") == "checkbox" else ""
            found[values["name"]] = values.get("value", ticked)
    found |= dict(re.findall(r'<textarea name="(\w+)"[^>]*>\s*(.*?)</textarea>', form, re.DOTALL))
    for name, body in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return found


def card(world, number=0) -> registry.CardRow:
    return registry.own_cards(world.clinics[number].actor("owner"))[0]


def edit(world) -> str:
    return f"{LIST}{card(world).uuid}/edit/"


def test_what_is_typed_is_public_at_once(world, owner) -> None:
    sent = typed(text(owner, edit(world)))
    assert (sent["day0"], sent["city"], sent["voivodeship"]) == ("08:00–16:00", "Kraków", "12")
    sent |= {
        "day0": "7-12, 14:00-19",
        "day6": "",
        "languages": ["en", "pj"],
        "wheelchair": "partly",
        "specialities": "kardiologia\n\n kardiologia \nneurologia",
        "website": "www.example.org",
        "latitude": "50,0614",
        "longitude": "19.9366",
        "second_phone": "600 000 055",
    }
    assert owner.post(edit(world), sent).url == f"{LIST}{card(world).uuid}/"
    saved = card(world).data
    assert saved.specialities == ("kardiologia", "neurologia")
    assert (saved.website, saved.second_phone) == ("https://www.example.org", "+48600000055")
    page = text(owner, f"/network/towarzystwo-ubezpieczen-1-demo/clinics/{card(world).uuid}/")
    for words in ("07:00–12:00, 14:00–19:00", "kardiologia, neurologia", "polski język migowy", "50.0614"):
        assert words in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("day1", "rano", "wtorek: podaj godziny"),
        ("day1", "16-8", "późniejsza niż godzina otwarcia"),
        ("day2", "8-12, 11-13", "zachodzą na siebie"),
        ("latitude", "50", "podaj obie"),
        ("phone", "12", "Numer telefonu"),
        ("website", "javascript:alert(1)", "Strona internetowa"),
        ("voivodeship", "", "Województwo"),
        ("name", "", "Nazwa dla pacjentów"),
        ("specialities", "x" * 121, "najwyżej 40 wierszy"),
    ],
)
def test_a_wrong_field_is_named_and_everything_typed_stays(world, owner, field, value, said) -> None:
    sent = typed(text(owner, edit(world))) | {"description": "Zdanie do zachowania", field: value}
    before = card(world)
    response = owner.post(edit(world), sent)
    page = response.content.decode()
    assert (response.status_code, said in page) == (422, True)
    assert "Zdanie do zachowania" in page
    assert card(world) == before


CHRISTMAS = {
    "closed0_first": "24.12.2026",
    "closed0_last": "26.12.2026",
    "closed0_reason": "Święta (demo)",
    "closed2_first": "31-12-2026",
}


def test_closed_days_are_public_at_once_and_come_back_with_their_version(world, owner) -> None:
    before = card(world)
    assert owner.post(edit(world), typed(text(owner, edit(world))) | CHRISTMAS).status_code == 302
    saved = card(world)
    assert saved.data.closures == (
        Closure(date(2026, 12, 24), date(2026, 12, 26), "Święta (demo)"),
        Closure(date(2026, 12, 31), date(2026, 12, 31)),
    )
    public = f"/network/towarzystwo-ubezpieczen-1-demo/clinics/{before.uuid}/"
    for page in (public, f"{LIST}{before.uuid}/"):
        shown = text(owner, page)
        assert "24.12.2026–26.12.2026</b>: Święta (demo)" in shown
        assert "31.12.2026</b>" in shown
    again = typed(text(owner, edit(world)))
    firsts = [again[f"closed{number}_first"] for number in range(3)]
    assert firsts == ["24.12.2026", "31.12.2026", ""]
    owner.post(edit(world), again)
    assert card(world).revision == saved.revision  # nothing was changed
    owner.post(edit(world), again | {f"closed0_{name}": "" for name in ("first", "last", "reason")})
    assert [row.first for row in card(world).data.closures] == [date(2026, 12, 31)]
    sent = {"version": saved.revision, "revision": card(world).revision}
    owner.post(f"{LIST}{before.uuid}/restore/", sent)
    assert card(world).data.closures == saved.data.closures


def test_past_closed_days_vanish_by_themselves(world, owner) -> None:
    owner.post(edit(world), typed(text(owner, edit(world))) | CHRISTMAS)
    kept = card(world)
    public = f"/network/towarzystwo-ubezpieczen-1-demo/clinics/{kept.uuid}/"
    with time_machine.travel(datetime(2026, 12, 25, 9, tzinfo=UTC), tick=False):
        shown = text(Client(), public)
        assert "Święta (demo)" in shown
        assert "teraz zamknięte, otwarcie w poniedziałek" in shown
    with time_machine.travel(datetime(2026, 12, 28, 9, tzinfo=UTC), tick=False):
        client = world.clinics[0].client("owner")
        assert "Święta (demo)" not in text(client, public)
        sent = typed(text(client, edit(world)))
        assert sent["closed0_first"] == "31.12.2026"
        client.post(edit(world), sent)
        assert card(world).revision == kept.revision
        client.post(f"{LIST}{kept.uuid}/restore/", {"version": kept.revision, "revision": kept.revision})
        assert [row.first for row in card(world).data.closures] == [date(2026, 12, 31)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"closed0_last": "23.12.2026"}, "Dni zamknięcia 1: ostatni dzień"),
        ({"closed0_first": "22.11.2026"}, "Dni zamknięcia 1: wybierz dziś"),
        ({"closed0_last": "26.12.2029"}, "najbliższych dwóch lat"),
        ({"closed2_first": "26.12.2026"}, "Dni zamknięcia 3: część tych dni"),
        ({"closed0_first": "32.12.2026"}, "takiego dnia nie ma"),
        ({"closed1_reason": "Remont"}, "Dni zamknięcia 2: podaj pierwszy dzień"),
    ],
)
def test_wrong_closed_days_are_named_and_everything_typed_stays(world, owner, changed, said) -> None:
    sent = typed(text(owner, edit(world))) | CHRISTMAS | {"description": "Zdanie do zachowania"} | changed
    before = card(world)
    response = owner.post(edit(world), sent)
    page = response.content.decode()
    assert (response.status_code, said in page) == (422, True)
    assert "Zdanie do zachowania" in page
    assert all(f'value="{value}"' in page for value in changed.values())
    assert card(world) == before


def test_the_service_refuses_wrong_closed_days_too(world) -> None:
    row, actor = card(world), world.clinics[0].actor("owner")
    wrong = replace(row.data, closures=(Closure(date(2026, 11, 1), date(2026, 11, 2)),))
    for refused in (
        lambda: services.save_card(
            actor=actor, card_uuid=row.uuid, data=wrong, revision=row.revision, at=cast.AT
        ),
        lambda: services.add_card(actor=actor, data=wrong, at=cast.AT),
    ):
        with pytest.raises(services.ClosureWrong, match="IN_PAST"):
            refused()


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [("52,52", "13,40", "nie leży w Polsce"), ("54,35", "18,64", "km od miejscowości Kraków")],
)
def test_swapped_digits_of_a_point_are_noticed(world, owner, latitude, longitude, said) -> None:
    sent = typed(text(owner, edit(world))) | {"latitude": latitude, "longitude": longitude}
    response = owner.post(edit(world), sent)
    assert (response.status_code, said in response.content.decode()) == (422, True)


def test_of_two_editors_the_second_is_told_and_loses_nothing(world, owner) -> None:
    sent = typed(text(owner, edit(world)))
    owner.post(edit(world), sent | {"name": "Pierwsza (demo)"})
    response = owner.post(edit(world), sent | {"name": "Druga (demo)"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ktoś inny zapisał" in page
    assert "Druga (demo)" in page
    assert card(world).data.name == "Pierwsza (demo)"


def test_an_earlier_version_is_one_button_away(world, owner) -> None:
    before = card(world)
    owner.post(edit(world), typed(text(owner, edit(world))) | {"name": "Pomyłka (demo)"})
    show = f"{LIST}{before.uuid}/"
    assert "Pomyłka (demo)" in text(owner, show)
    sent = {"version": before.revision, "revision": card(world).revision}
    assert owner.post(f"{show}restore/", sent).url == show
    assert card(world).data == before.data
    owner.post(f"{show}restore/", sent)
    assert "Ktoś inny zapisał" in text(owner, show)
    assert owner.post(f"{show}restore/", {"version": 99, "revision": card(world).revision}).status_code == 404


def test_an_address_more(world, owner) -> None:
    sent = typed(text(owner, f"{LIST}new/")) | {
        "name": "Filia (demo)",
        "street": "Polna 1",
        "postal_code": "30001",
        "city": "Kraków",
        "voivodeship": "12",
    }
    assert owner.post(f"{LIST}new/", sent).status_code == 302
    assert "Filia (demo)" in text(owner, LIST)
    assert "Filia (demo)" in text(owner, "/network/towarzystwo-ubezpieczen-1-demo/")


def test_the_word_on_prices_is_given_and_taken_back_by_whoever_makes_offers(world, owner) -> None:
    contract = world.contract().uuid
    path = f"{LIST}prices/{contract}/"
    assert "Pokazuj ceny publicznie" in text(owner, LIST)
    owner.post(path, {"shown": "1"})
    assert "widzą je wszyscy" in text(owner, LIST)
    clinic = world.clinics[0]
    clinic.hire("data-editor")
    editor = clinic.client("data-editor")
    assert editor.post(path, {}).status_code == 403
    assert models.PriceConsent.objects.filter(withdrawn_at=None).count() == 1
    assert "decyduje osoba od ofert" in text(editor, LIST)
    owner.post(path, {})
    assert models.PriceConsent.objects.filter(withdrawn_at=None).count() == 0
    stranger = world.clinics[1].client("owner")
    assert stranger.post(path, {"shown": "1"}).status_code == 404


def test_a_colleague_who_only_views_sees_no_buttons(world) -> None:
    client = world.clinics[0].client("receptionist")
    assert "edit/" not in text(client, f"{LIST}{card(world).uuid}/")
    assert "Dodaj adres" not in text(client, LIST)
    assert client.get(edit(world)).status_code == 403
