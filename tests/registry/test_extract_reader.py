"""What an extract says is found in every layout; what it says twice or wrongly is doubtful."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.registry import extract_texts as texts

from ols.documents.text import Words
from ols.registry import extract_reader
from ols.registry.extract_reader import ExtractFacts, Fact, read_facts


def values(facts: ExtractFacts) -> dict[str, str]:
    return {name: fact.value for name, fact in facts.found().items()}


def doubts(facts: ExtractFacts) -> dict[str, str]:
    return {name: fact.doubt for name, fact in facts.found().items() if fact.doubt}


@pytest.mark.parametrize("layout", texts.LAYOUTS.values(), ids=texts.LAYOUTS)
def test_every_layout_gives_the_same_facts(layout):
    facts = read_facts(texts.words(layout))
    assert values(facts) == texts.FACTS
    assert doubts(facts) == {}


def test_form_fields_give_them_too():
    facts = read_facts(Words(pages=((),), fields=texts.FIELDS))
    assert values(facts) == texts.FACTS
    assert doubts(facts) == {}
    assert facts.nip == Fact("5260001246", 0, 5, "NIP")


def test_a_fact_says_where_it_was_found():
    facts = read_facts(texts.words("Strona tytułowa", texts.RUBRICS))
    assert facts.register_book_no == Fact("000000017916", 2, 2, "Nr księgi")
    assert facts.city == Fact("Warszawa", 2, 14, "miejscowość")
    assert facts.issued_on == Fact("2026-11-20", 2, 3, "Data wydruku")


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("NIP: PL 526-000-12-46", "nip", "5260001246"),
        ("Numer Identyfikacji Podatkowej (NIP): 526 000 12 46", "nip", "5260001246"),
        ("N.I.P. 5260001246", "nip", None),
        ("REGON: 241371988 00018", "regon", "24137198800018"),
        ("Numer REGON podmiotu leczniczego 241-371-988", "regon", "241371988"),
        ("Krajowy Rejestr Sądowy: 0000345075", "krs", "0000345075"),
        ("KRS: brak wpisu", "krs", None),
        ("Nr księgi rejestrowej: 17916", "register_book_no", "000000017916"),
        ("Numer wpisu do rejestru podmiotów: 000000017916", "register_book_no", "000000017916"),
        ("Księga rejestrowa podmiotu leczniczego nr 000000017916", "register_book_no", "000000017916"),
        ("Wygenerowano: 2026-11-20 10:00", "issued_on", "2026-11-20"),
        ("Data i godzina wydruku: 20/11/2026, 10:00", "issued_on", "2026-11-20"),
        ("Wydruk z dnia 3 października 2026 r.", "issued_on", "2026-10-03"),
        ("Według stanu na dzień 20.11.2026", "issued_on", "2026-11-20"),
        ("Data wydruku: 31.02.2026", "issued_on", None),
        ("Data wpisu: 20.11.2026", "issued_on", None),
        ("Miejscowość: Bielsko-Biała", "city", "Bielsko-Biała"),
        ("Adres: Wola 12, 26-600 Wola", "street", "Wola 12"),
        ("Pełna nazwa podmiotu leczniczego: Świt (demo)", "name", "Świt (demo)"),
        ("Imię i nazwisko: Jan Nikt", "name", None),
    ],
)
def test_labels_and_writings(line, name, value):
    fact = getattr(read_facts(texts.words(line)), name)
    assert (fact.value if fact else None) == value
    assert fact is None or fact.doubt == ""


def test_words_cut_at_the_end_of_a_line_are_whole_again():
    text = "Nazwa: Przychodnia Bielsko-\nBiała Zdro-\nwie (demo)"
    assert values(read_facts(texts.words(text))) == {"name": "Przychodnia Bielsko-Biała Zdrowie (demo)"}


def test_a_label_cut_in_two_is_one_label():
    text = """
    Rubryka 3. Firma albo       Świt (demo) spółka z
    nazwa                       ograniczoną
                                odpowiedzialnością
    """
    facts = read_facts(texts.words(text))
    assert values(facts) == {"name": "Świt (demo) spółka z ograniczoną odpowiedzialnością"}
    assert doubts(facts) == {}


def test_facilities_after_the_entity_do_not_count():
    facts = read_facts(texts.words(texts.RUBRICS))
    assert (facts.nip.value, facts.city.value, facts.regon.value) == ("5260001246", "Warszawa", "241371988")


@pytest.mark.parametrize(
    ("more", "doubtful"),
    [
        ("NIP: 1111111111", {"nip"}),
        ("REGON: 123456785", {"regon"}),
        ("REGON: 24137198800018", set()),
        ("Nazwa: Inna Przychodnia (demo)", {"name"}),
        ("NAZWA: CENTRUM MEDYCZNE ŹRÓDŁO (DEMO) SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ", set()),
        ("Data wydruku: 19.11.2026", {"issued_on"}),
        ("NIP: 5260001247", set()),
    ],
)
def test_what_the_entitys_part_says_differently_is_doubtful(more, doubtful):
    facts = read_facts(texts.words(more + "\n" + texts.COLONS))
    assert set(doubts(facts)) == doubtful
    assert set(doubts(facts).values()) <= {extract_reader.SEVERAL}


def test_another_book_anywhere_is_doubtful():
    facts = read_facts(texts.words(texts.RUBRICS, "Nr księgi: 000000017917"))
    assert doubts(facts) == {"register_book_no": "SEVERAL"}
    assert facts.register_book_no.value == "000000017916"


def test_a_number_that_cannot_be_is_doubtful():
    facts = read_facts(texts.words("NIP: 526-000-12-47\nREGON: 000000000"))
    assert facts.nip == Fact("5260001247", 1, 1, "NIP", "IMPOSSIBLE")
    assert facts.regon == Fact("000000000", 1, 2, "REGON", "IMPOSSIBLE")


def test_only_a_mailing_address_is_the_address():
    facts = read_facts(texts.words("Adres do korespondencji: ul. Lipowa 1, 31-009 Kraków"))
    assert values(facts) == {"street": "ul. Lipowa 1", "postal_code": "31-009", "city": "Kraków"}


@pytest.mark.parametrize(
    "text", ["", "Zupełnie inny dokument", "DZIAŁ II\nNIP: 5260001246", "NIP REGON KRS", "Nazwa:"]
)
def test_without_facts_there_are_none(text):
    assert read_facts(texts.words(text)) == ExtractFacts()


PIECES = st.sampled_from(
    [":", " ", "    ", "\n", "-", "(", "ż", "\u0130", "ﬁ", "½", "albo", "5260001246", "12.12.2026", "00-001"]
)
LABELS = st.sampled_from(["NIP", "nr księgi", "Nazwa", "ulica", "kod pocztowy", "DZIAŁ II", "data wydruku"])


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.one_of(PIECES, LABELS, st.text(max_size=3)), max_size=40).map("".join))
def test_any_text_is_survived(text):
    assert all(fact.value for fact in read_facts(texts.words(text)).found().values())


@pytest.mark.parametrize("piece", ["nazwa,", "nr ", "1 ", "księga rejestrowa podmiotu ", "- ", "adres ", "("])
def test_hostile_repetition_takes_no_time(piece):
    line = piece * (200_000 // len(piece))
    begin = time.perf_counter()
    read_facts(Words(pages=(tuple(line[at : at + 1_000] for at in range(0, len(line), 1_000)),)))
    assert time.perf_counter() - begin < 5
