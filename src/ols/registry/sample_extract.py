"""Register extracts of invented clinics, marked (demo): for the demo world and tests."""

from collections.abc import Mapping
from datetime import datetime

from ols.documents import typeset
from ols.kernel import days


def extract_pdf(facts: Mapping[str, str], *, made_at: datetime) -> bytes:
    """Print an extract in the numbered rubrics of the register book.

    `facts` are texts under the names of `registry.selectors.EntryRow`; what is empty has no entry.
    """
    own = (
        ("Rubryka 1. Numer księgi rejestrowej", "register_book_no"),
        ("Rubryka 3. Firma albo nazwa", "name"),
        ("ulica", "street"),
        ("kod pocztowy", "postal_code"),
        ("miejscowość", "city"),
        ("Rubryka 9. Numer REGON", "regon"),
        ("Rubryka 10. NIP", "nip"),
        ("Rubryka 14. Numer KRS", "krs"),
    )
    first = tuple((label, facts.get(name) or "brak wpisu") for label, name in own)
    form = typeset.ExtractPrint(
        title="Księga rejestrowa podmiotu leczniczego",
        parts=(
            ("Wydruk", (("Data wydruku", days.format_date(days.local_date(made_at))),)),
            ("Dział I", first),
            ("Dział II", (("Zakład leczniczy nr 1", facts.get("name", "")),)),
        ),
        made_at=made_at,
    )
    return typeset.render_pdf("extract", form.data())
