"""A printed sample is read back word for word: typesetting, reading and understanding fit together."""

from datetime import UTC, datetime

import pytest
from tests.registry import extract_texts as texts

from ols.documents import pdf_text
from ols.documents.text import Words
from ols.registry import sample, sample_extract
from ols.registry.extract_reader import ExtractFacts, read_facts

MADE_AT = datetime(2026, 11, 20, 22, 59, tzinfo=UTC)


def read_back(facts: dict[str, str]) -> ExtractFacts:
    found = pdf_text.words(sample_extract.extract_pdf(facts, made_at=MADE_AT))
    return read_facts(Words(pages=tuple(map(tuple, found["pages"]))))


def values(facts: ExtractFacts) -> dict[str, str]:
    assert not any(fact.doubt for fact in facts.found().values())
    return {name: fact.value for name, fact in facts.found().items()}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "Bielsko-Biała Med „Źrenica” & Syn (demo) spółka komandytowo-akcyjna w organizacji"},
        {"street": "Wola Mała 7", "city": "Wola Mała"},
        {"street": "al. gen. J. Hallera 12A m. 3", "regon": "24137198800018"},
    ],
)
def test_what_is_printed_is_read(changes):
    assert values(read_back(texts.FACTS | changes)) == texts.FACTS | changes


def test_what_is_not_given_is_not_found():
    given = {"nip": texts.FACTS["nip"]}
    assert values(read_back(given)) == given | {"issued_on": "2026-11-20"}


def test_clinics_of_the_sample_register_are_read():
    for row in sample.register_rows(entities=4, seed=11):
        if row["level"] != "entity":
            continue
        street, _, rest = row["seat_address"].partition(", ")
        postal_code, _, city = rest.partition(" ")
        wanted = {
            name: row[name] for name in ("register_book_no", "name", "nip", "regon", "krs") if row[name]
        }
        wanted |= {"street": street, "postal_code": postal_code, "city": city}
        assert values(read_back(wanted)) == wanted | {"issued_on": "2026-11-20"}
