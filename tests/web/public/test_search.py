"""The search of the register on its pages: words, refusals, limits, and what is not given away."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from tests import cast
from tests.registry import register_files

from ols.accounts import models as accounts_models
from ols.accounts.limits import Limit
from ols.notifications import models as notifications_models
from ols.registry import models as registry_models
from ols.web.public import limits, search_words

pytestmark = pytest.mark.django_db

WELCOME = "/osoz-www/swiadczeniodawca/kreatorDostepu/powitanie/2"
TOO_MANY = 429


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(cast.AT, tick=False):
        yield


@pytest.fixture
def entries():
    lines = register_files.rows(4)
    lines[0] |= {"name": "Przychodnia Źródło (demo)", "seat_address": "ul. Lipowa 1, 90-001 Łódź"}
    gone = {"000000000002": {"struck_off_on": "2026-11-20"}, "000000000003": {"active_to": "2026-11-22"}}
    for line in lines:
        if line["level"] == "entity":
            line |= gone.get(line["register_book_no"], {})  # noqa: PLW2901
    register_files.load(lines)
    kept = [line for line in lines if line["register_book_no"] != "000000000004"]
    register_files.load(kept, at=cast.AT)
    return {row.register_book_no[-1]: row for row in registry_models.RegisterEntry.objects.all()}


def text(response) -> str:
    return response.content.decode()


def search(client: Client, words: str):
    return client.post(WELCOME, {"text": words}, follow=True)


def choose(client: Client, entry):
    return client.post("/access/choose/", {"register_book_no": entry.register_book_no})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("526-000-12-47", "Odczytano jako NIP: ostatnia cyfra"),
        ("1002223344", "Odczytano jako NIP: żaden NIP tak się nie zaczyna"),
        ("NIP 526000124", "Odczytano jako NIP: liczba cyfr to 10, wpisano 9"),
        ("24137198 9", "Odczytano jako REGON: ostatnia cyfra"),
        ("12345678512348", "ostatnia cyfra nie zgadza się z pozostałymi. Porównaj wszystkie czternaście"),
        ("12345678612342", "pierwsze dziewięć cyfr nie tworzy numeru REGON"),
        ("1234567", "Odczytano jako NPWZ: pierwsza cyfra"),
        ("0234567", "żaden NPWZ nie zaczyna się od 0"),
        ("12345678", "Liczba cyfr (8) nie pasuje do żadnego numeru"),
        ("85071512324", "Jedenaście cyfr to PESEL"),
        ("526000124O", "to nie jest cyfra: O"),
        ("526.000.12.46", "to nie jest cyfra: ."),
        ("0000000000", "Takiego numeru nikt nie ma"),
        ("KRS 12345678901", "Odczytano jako KRS: liczba cyfr to 10, wpisano 11"),
        ("ab", "Wpisz co najmniej trzy litery"),
        ("", "Wpisz numer albo nazwę"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_stays_typed(typed, said) -> None:
    response = Client().post(WELCOME, {"text": typed})
    assert response.status_code == 422
    assert said in text(response)
    assert f'value="{typed}"' in text(response) or not typed


def test_every_message_is_in_english_too() -> None:
    with translation.override("en"):
        assert search_words.problem("5260001247").startswith("Read as NIP: the last digit")
        assert search_words.problem("526000124O").endswith("this is not one: O.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{nip}", "NIP {grouped}"),
        ("{regon}", "REGON {regon_grouped}"),
        ("1", "numer księgi rejestrowej (RPWDL) 000000000001. Do sześciu cyfr"),
        ("0000345075", "KRS 0000345075. Dziesięć cyfr zaczynających się od 0"),
        ("5425740", "(NPWZ) 5425740. Siedem cyfr to NPWZ"),
    ],
)
def test_the_results_say_what_a_number_was_taken_for(entries, typed, said) -> None:
    entry = entries["1"]
    nip, regon = entry.nip, entry.regon
    values = {
        "nip": nip,
        "grouped": f"{nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}",
        "regon": regon,
        "regon_grouped": f"{regon[:3]} {regon[3:6]} {regon[6:]}",
    }
    response = search(Client(), typed.format(**values))
    assert "Odczytano jako:" in text(response)
    assert said.format(**values) in text(response)


def test_no_number_is_in_an_address_and_tabs_keep_their_own_search(entries) -> None:
    client = Client()
    first = search(client, entries["1"].nip)
    second = search(client, "weterynaria")
    for response in (first, second):
        assert response.redirect_chain[0][0].startswith("/access/results/?search=")
        assert entries["1"].nip not in response.redirect_chain[0][0]
    assert "Źródło" in text(client.get(first.redirect_chain[0][0]))
    assert "Źródło" not in text(client.get(second.redirect_chain[0][0]))
    assert client.get("/access/results/?search=77").url == WELCOME


def test_rows_show_name_address_kind_and_standing(entries) -> None:
    page = text(search(Client(), "zrodlo lodz"))
    for words in ("Przychodnia Źródło (demo)", "ul. Lipowa 1", "90-001 Łódź", "podmiot leczniczy", "wpisany"):
        assert words in page
    assert page.count('name="register_book_no" value="0') == 1


@pytest.mark.parametrize(
    ("number", "shown", "refused"),
    [
        ("2", "wykreślony", "został wykreślony z rejestru. Od 20.11.2026"),
        ("3", "zakończył działalność", "zakończył działalność. Od 22.11.2026"),
        ("4", "nie ma go w rejestrze", "nie ma już tego podmiotu. Od 23.11.2026"),
    ],
)
def test_who_left_the_register_is_shown_as_such_and_cannot_be_chosen(entries, number, shown, refused) -> None:
    client = Client()
    page = text(search(client, entries[number].nip))
    assert shown in page
    assert 'name="register_book_no" value="0' not in page
    response = choose(client, entries[number])
    assert response.status_code == 422
    assert refused in text(response)
    assert client.get("/access/application/").url == WELCOME
    assert choose(client, entries["1"]).url == "/access/application/"  # negative control


def test_a_clinic_that_joined_looks_like_any_other(entries) -> None:
    before = text(search(Client(), "zrodlo lodz"))
    provider = cast.provider()
    accounts_models.Organization.objects.filter(pk=provider.id).update(nip=entries["1"].nip)
    after = text(search(Client(), "zrodlo lodz"))
    assert _without_tokens(before) == _without_tokens(after)


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_page_past_the_end_is_the_last_one(entries) -> None:
    client = Client()
    address = search(client, "demo").redirect_chain[0][0]
    for page in ("9", "x", "-1", "1"):
        assert "Źródło" in text(client.get(f"{address}&page={page}"))


def test_a_text_from_the_field_never_becomes_markup(entries) -> None:
    assert "<script>alert" not in text(search(Client(), "zrodlo <script>alert(1)</script>"))


def limited(monkeypatch, **most: int) -> None:
    """Make limits small: the same code counts, it only ends sooner."""
    for name, number in most.items():
        limit = getattr(limits, name)
        monkeypatch.setattr(limits, name, Limit(limit.name, number, limit.within))


def statuses(client: Client, times: int, words: str) -> list[int]:
    return [search(client, words).status_code for _ in range(times)]


def test_too_many_searches_from_one_place_are_told_when_to_go_on(entries, monkeypatch) -> None:
    limited(monkeypatch, SEARCHES_OF_PLACE=6)
    client = Client()
    assert statuses(client, 4, "zrodlo") == [200, 200, 200, TOO_MANY]
    response = search(client, "zrodlo")
    assert "Spróbuj ponownie po 23.11.2026 10:05." in text(response)
    assert response.headers["Retry-After"] == "300"
    assert search(Client(), "zrodlo").status_code == TOO_MANY  # without cookies the place is the same
    assert search(Client(REMOTE_ADDR="192.0.2.9"), "zrodlo").status_code == 200
    with time_machine.travel(cast.AT + timedelta(minutes=5), tick=False):
        assert search(client, "zrodlo").status_code == 200


def test_without_the_limit_nobody_is_stopped(entries, monkeypatch) -> None:
    """Negative control: the searches above are refused by the limit and by nothing else."""
    monkeypatch.setattr(limits, "search", lambda *_, **__: None)
    assert statuses(Client(), 8, "zrodlo") == [200] * 8


def test_guessing_numbers_ends_for_the_visitor_wherever_he_is(entries, monkeypatch) -> None:
    limited(monkeypatch, NUMBERS_OF_VISITOR=3)
    client = Client()
    assert statuses(client, 4, "5260001246") == [200, 200, 200, TOO_MANY]
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert search(client, entries["1"].nip).status_code == TOO_MANY
    assert search(client, "zrodlo").status_code == 200  # names may still be looked for
    assert search(Client(), "5260001246").status_code == 200  # another visitor of the same place


def test_guessing_numbers_ends_for_the_place_whoever_asks(entries, monkeypatch) -> None:
    limited(monkeypatch, NUMBERS_OF_PLACE=3)
    found = [search(Client(), "5260001246").status_code for _ in range(4)]
    assert found == [200, 200, 200, TOO_MANY]


def test_an_ipv6_subscriber_is_one_place(entries, monkeypatch) -> None:
    limited(monkeypatch, NUMBERS_OF_PLACE=1)
    assert search(Client(REMOTE_ADDR="2001:db8:1:2::1"), "1").status_code == 200
    assert search(Client(REMOTE_ADDR="2001:db8:1:2:aaaa::7"), "1").status_code == TOO_MANY
    assert search(Client(REMOTE_ADDR="2001:db8:1:3::1"), "1").status_code == 200


def test_choosing_is_no_way_to_learn_who_joined(entries, monkeypatch) -> None:
    limited(monkeypatch, CHOICES_OF_PLACE=2)
    found = [choose(Client(), entries["1"]).status_code for _ in range(3)]
    assert found == [302, 302, TOO_MANY]


@pytest.fixture
def joined(entries):
    provider = cast.provider()
    accounts_models.Organization.objects.filter(pk=provider.id).update(nip=entries["1"].nip)
    return provider


def asks_for_link(client: Client):
    return client.post("/access/joined/", follow=True)


def test_who_joined_gets_one_answer_whether_or_not_somebody_is_there(entries, joined) -> None:
    pages = []
    for status in ("active", "blocked"):
        accounts_models.User.objects.update(status=status)
        client = Client()
        assert choose(client, entries["1"]).url == "/access/joined/"
        response = asks_for_link(client)
        pages.append((response.status_code, response.redirect_chain, _without_tokens(text(response))))
    assert pages[0] == pages[1]
    assert "Jeśli ktoś jest zarejestrowany" in "".join(pages[0][2])
    sent = [row.payload["to"] for row in notifications_models.OutboxMessage.objects.all()]
    assert sent == [joined.people["owner"].email]
    assert accounts_models.Organization.objects.filter(nip=entries["1"].nip).count() == 1


def test_the_link_is_asked_for_a_few_times_only(entries, joined) -> None:
    client = Client()
    choose(client, entries["1"])
    found = [asks_for_link(client).status_code for _ in range(4)]
    assert found == [200, 200, 200, TOO_MANY]
    assert notifications_models.OutboxMessage.objects.count() == 3
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    choose(elsewhere, entries["1"])
    assert asks_for_link(elsewhere).status_code == TOO_MANY


def test_the_consultant_on_the_page_is_the_platforms(entries, joined) -> None:
    client = Client()
    choose(client, entries["1"])
    page = text(client.get("/access/joined/"))
    assert "+48 600 000 001" in page
    assert "08:00-16:00" in page
    assert "Odbiera teraz, do 16:00." in page
