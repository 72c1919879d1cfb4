"""The comparison of two texts loses no word and invents none."""

from hypothesis import given
from hypothesis import strategies as st

from ols.web.components.terms import clauses

OLD = "## §1. Zasady\n\n1. Decyzja jest ważna 24 godziny.\n2. Zapłata w ciągu 3 dni.\n\nKoniec."
NEW = "## §1. Zasady\n\n1. Decyzja jest ważna 48 godzin.\n2. Zapłata w ciągu 3 dni.\n3. Zupełnie nowy zapis."
TEXTS = st.text(alphabet="ab1.# \n-", max_size=60)


def test_clause_by_clause():
    found = clauses.compare(OLD, NEW)
    assert [clause.kind for clause in found] == ["same", "changed", "same", "removed", "added"]
    changed = found[1]
    assert [(piece.kind, piece.text.strip()) for piece in changed.pieces if piece.kind != "same"] == [
        ("removed", "24"), ("added", "48"), ("removed", "godziny"), ("added", "godzin"),
    ]  # fmt: skip


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back(old, new):
    found = clauses.compare(old, new)

    def side(kind):
        told = ("".join(p.text for p in clause.pieces if p.kind in {"same", kind}) for clause in found)
        return [
            text for text, clause in zip(told, found, strict=True) if clause.kind in {"same", "changed", kind}
        ]

    assert side("removed") == clauses.split(old)
    assert side("added") == clauses.split(new)
