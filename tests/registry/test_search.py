"""Finding a clinic in the register: numbers, names, towns, slips, and what may not be found."""

from datetime import date, timedelta

import pytest
from tests import cast
from tests.registry import register_files as files

from ols.registry import models, selectors

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def found(text: str) -> list[str]:
    return [row.register_book_no for row in selectors.search_entries(text, on=TODAY).rows]


def load(*names_and_towns: tuple[str, str]) -> files.Rows:
    lines = [line for line in files.rows(len(names_and_towns)) if line["level"] == "entity"]
    for line, (name, town) in zip(lines, names_and_towns, strict=True):
        line |= {"name": name, "seat_address": f"ul. Lipowa 1, 00-001 {town}"}
    files.load(lines)
    return lines


def test_every_number_finds_its_entity() -> None:
    lines = files.rows(3)
    lines[0] |= {"npwz": "5425740", "krs": "0000345075"}
    files.load(lines)
    entity, facility = lines[0], lines[1]
    nip = entity["nip"]
    for text, kind in (
        (nip, "NIP"),
        (f"{nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}", "NIP"),
        (f"PL{nip}", "NIP"),
        (f" {nip[:5]} {nip[5:]} ", "NIP"),
        (entity["regon"], "REGON9"),
        (facility["regon14"], "REGON14"),
        ("1", "RPWDL"),
        ("000000000001", "RPWDL"),
        ("0000 0000 0001", "RPWDL"),
        ("0000345075", "KRS"),
        ("KRS 345075", "KRS"),
        ("54-25-740", "NPWZ"),
    ):
        result = selectors.search_entries(text, on=TODAY)
        assert [row.register_book_no for row in result.rows] == ["000000000001"], text
        assert (result.kind, result.total, result.more) == (kind, 1, False)


def test_a_regon_of_a_facility_also_finds_the_entity_it_begins_with() -> None:
    lines = [line for line in files.rows(1) if line["level"] == "entity"]
    files.load(lines)
    facility = files.rows(1)[1]["regon14"]
    assert found(facility) == ["000000000001"]


def test_a_wrong_number_is_said_not_searched() -> None:
    files.load(files.rows(1))
    result = selectors.search_entries("526-000-12-47", on=TODAY)
    assert (result.kind, result.error, result.rows) == ("NIP", "CHECK_DIGIT", ())
    assert selectors.search_entries("12345678", on=TODAY).error == "LENGTH"
    assert selectors.search_entries("526000124O", on=TODAY).error == "CHARACTERS"
    assert selectors.search_entries("  ", on=TODAY).error == "EMPTY"
    for short in ("ab", "sp. z o.o.", "z o 5"):
        assert selectors.search_entries(short, on=TODAY).error == "TOO_SHORT", short


def test_accents_and_case_do_not_matter_in_names_and_towns() -> None:
    load(("Przychodnia Źródło (demo)", "Łódź"), ("Poradnia Świt (demo)", "Kraków"))
    for text in ("lodz", "ŁÓDŹ", "Łódź", "zrodlo", "ŹRÓDŁO LODZ", "lodz przychodnia", "źródło, łódź"):
        assert found(text) == ["000000000001"], text
    assert found("krakow świt") == ["000000000002"]


@pytest.mark.parametrize(
    "text",
    ["zrudlo", "źrodlo przychodna", "przychodnia żródło", "Przyhodnia Zrodlo", "zrodlo lodzz"],
)
def test_a_slip_is_forgiven_and_said(text) -> None:
    load(("Przychodnia Źródło (demo)", "Łódź"), ("Poradnia Bursztyn (demo)", "Kraków"))
    result = selectors.search_entries(text, on=TODAY)
    assert [row.register_book_no for row in result.rows] == ["000000000001"]
    assert result.alike is (text != "przychodnia żródło")


def test_what_is_like_nothing_finds_nothing() -> None:
    load(("Przychodnia Źródło (demo)", "Łódź"))
    result = selectors.search_entries("weterynaria", on=TODAY)
    assert (result.rows, result.total, result.alike) == ((), 0, False)


def test_legal_forms_and_punctuation_do_not_hide_a_clinic() -> None:
    load(("„Źródło” spółka z ograniczoną odpowiedzialnością", "Łódź"))
    for text in ("Źródło sp. z o.o.", "zrodlo spzoo", "„Źródło”", "zrodlo spółka z o.o. Łódź"):
        assert found(text) == ["000000000001"], text


def test_the_closest_come_first() -> None:
    load(
        ("Centrum Medyczne Medicus Plus", "Kraków"),
        ("Przychodnia Promedicus", "Kraków"),
        ("Medicus", "Kraków"),
        ("Medicus Zdrowie", "Kraków"),
    )
    order = ["000000000003", "000000000004", "000000000001", "000000000002"]
    assert found("medicus") == order


def test_a_number_in_a_name_is_a_word_of_its_own() -> None:
    load(("Przychodnia nr 5", "Łódź"), ("Przychodnia nr 15", "Łódź"))
    assert found("przychodnia 5") == ["000000000001"]


def test_signs_with_a_meaning_for_the_database_have_none() -> None:
    load(("Przychodnia 100% Zdrowia", "Łódź"), ("Poradnia Snake_Case", "Łódź"))
    assert found("%%%") == []
    assert found("100% zdrowia") == ["000000000001"]
    assert found("'; drop table registry_entry; --") == []


def test_practices_named_after_people_are_found_by_number_until_they_join() -> None:
    lines = files.rows(1)
    lines[0] |= {"name": "Anna Przykładowa (demo)", "entity_kind": "praktyka lekarska"}
    files.load(lines)
    for text in ("Przykładowa", "przykladova", "Anna", lines[0]["seat_address"].split()[-1]):
        assert found(text) == [], text
    assert found(lines[0]["nip"]) == ["000000000001"]
    clinic = cast.provider()
    models.Facility.objects.filter(organization_id=clinic.id).update(entry=models.RegisterEntry.objects.get())
    assert found("Przykładowa") == ["000000000001"]


def test_a_practice_does_not_show_in_what_is_offered_instead() -> None:
    clinic, practice = [line for line in files.rows(2) if line["level"] == "entity"]
    clinic["name"] = "Przychodnia Źródlany (demo)"
    practice |= {"name": "Anna Źródlana (demo)", "entity_kind": "praktyka lekarska"}
    answers = []
    for number, lines in enumerate(([clinic], [clinic, practice])):
        files.load(lines, at=files.AT + timedelta(hours=number))
        answers.append([selectors.search_entries(text, on=TODAY) for text in ("Źródlana", "Anna Źródlana")])
    assert answers[0] == answers[1]
    assert [row.name for row in answers[0][0].rows] == [clinic["name"]]


def test_entities_that_left_come_last_and_say_why() -> None:
    lines = load(*[(f"Przychodnia Lipa {number}", "Łódź") for number in range(1, 6)])
    lines[0]["struck_off_on"] = "2026-11-23"
    lines[1]["active_to"] = "2026-11-22"
    lines[3]["struck_off_on"] = "2026-11-24"
    files.load(lines, at=files.AT + timedelta(hours=1))
    files.load([*lines[:2], *lines[3:]], at=files.AT + timedelta(hours=2))
    rows = selectors.search_entries("lipa", on=TODAY).rows
    assert [(row.register_book_no[-1], row.standing(TODAY)) for row in rows] == [
        ("4", selectors.PRESENT),
        ("5", selectors.PRESENT),
        ("1", selectors.STRUCK_OFF),
        ("2", selectors.ENDED),
        ("3", selectors.VANISHED),
    ]
    assert selectors.entry(register_book_no="000000000004").standing(date(2026, 11, 24)) == "struck-off"


def test_a_long_list_comes_in_pages_and_ends(monkeypatch) -> None:
    monkeypatch.setattr("ols.registry.selectors.search.PAGE_SIZE", 2)
    monkeypatch.setattr("ols.registry.selectors.search.MAX_FOUND", 5)
    load(*[(f"Przychodnia Lipa {number}", "Łódź") for number in range(1, 8)])
    pages = [selectors.search_entries("lipa", on=TODAY, offset=offset) for offset in (0, 2, 4, 6)]
    assert [[row.register_book_no[-1] for row in page.rows] for page in pages] == [
        ["1", "2"],
        ["3", "4"],
        ["5"],
        [],
    ]
    assert {(page.total, page.more) for page in pages} == {(5, True)}


def test_the_file_says_what_is_found() -> None:
    """An import that changes a name changes what it is found by."""
    lines = load(("Przychodnia Lipa", "Łódź"))
    lines[0]["name"] = "Przychodnia Klon"
    files.load(lines, at=files.AT + timedelta(hours=1))
    assert (found("lipa"), found("klon")) == ([], ["000000000001"])
