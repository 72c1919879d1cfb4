"""Reading the register: what anybody may look up, and the entity beside an application."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet

from ols.db.errors import NotFound
from ols.kernel import identifiers
from ols.kernel.sortkey import search_key
from ols.registry import cell_types, models

MAX_FOUND = 20
_SHORTEST_NAME = 3
# A practice is named after its owner: personal data, found by number only until it joins.
_NAMED_AFTER_PEOPLE = ("doctor-practice", "nurse-practice", "physiotherapist-practice")
_COLUMN_OF = {"NIP": "nip", "REGON9": "regon", "RPWDL": "register_book_no", "KRS": "krs", "NPWZ": "npwz"}


@dataclass(frozen=True)
class EntryRow:
    """One entity of the register. Numbers are canonical digits, empty when the register has none."""

    register_book_no: str
    entity_kind: str
    registering_body: str
    name: str
    nip: str
    regon: str
    krs: str
    npwz: str
    legal_form: str
    street: str
    postal_code: str
    city: str
    teryt: str
    phone: str
    email: str
    active_from: date | None
    active_to: date | None
    struck_off_on: date | None
    vanished_on: date | None
    last_seen_on: date


@dataclass(frozen=True)
class Found:
    """What a search gave. `kind` is the number recognized (empty: a name), `error` what is wrong with it.

    `error` is a code of `kernel.identifiers`, or TOO_SHORT for a name; then there are no rows.
    """

    kind: str
    error: str
    rows: tuple[EntryRow, ...]


@dataclass(frozen=True)
class CellRow:
    """A cell of an entity and what its type means."""

    code: str
    name: str
    specialty_code: str
    specialty_name: str


def search_entries(text: str, *, on: date) -> Found:
    """Find entities that are on the register that day, by one identifying number or by name.

    Public: the register is. At most 20 rows, the best first.
    """
    recognized = identifiers.recognize(text)
    if _is_name(text, recognized):
        return _by_name(text, on)
    if recognized.error:
        return Found(recognized.kind, recognized.error, ())
    if recognized.kind == "REGON14":
        condition = Q(facilities__regon14=recognized.value) | Q(regon=recognized.value[:9])
    else:
        condition = Q(**{_COLUMN_OF[recognized.kind]: recognized.value})
    rows = _on_register(on).filter(condition).distinct().order_by("register_book_no")
    return Found(recognized.kind, "", _rows(rows))


def entry(*, register_book_no: str) -> EntryRow:
    """Return one entity, also one that is no longer on the register. Public.

    :raises ols.db.errors.NotFound: the register never had it
    """
    row = models.RegisterEntry.objects.filter(register_book_no=register_book_no).first()
    if row is None:
        raise NotFound
    return _row(row)


def entry_id(*, register_book_no: str) -> int | None:
    """Return the entity's inner id for a reference from another table; None when not on the register."""
    found = models.RegisterEntry.objects.filter(register_book_no=register_book_no)
    return found.values_list("pk", flat=True).first()


def teryt_of(*, register_book_no: str) -> str:
    """Return the territorial code of the entity's seat; empty when it is not on the register."""
    found = models.RegisterEntry.objects.filter(register_book_no=register_book_no)
    return found.values_list("teryt", flat=True).first() or ""


def cells(*, register_book_no: str) -> list[CellRow]:
    """Return the entity's cells in the order of their codes. Public."""
    rows = models.RegisterCell.objects.filter(entry__register_book_no=register_book_no).order_by("cell_code")
    names = cell_types.names()
    return [
        CellRow(row.cell_code, row.name, row.specialty_code, names.get(row.specialty_code, ""))
        for row in rows
    ]


def suggested_areas(*, register_book_no: str) -> frozenset[str]:
    """Return the codes of the thematic areas the entity's cells allow it to join plausibly. Public."""
    codes = models.RegisterCell.objects.filter(entry__register_book_no=register_book_no)
    found = codes.values_list("specialty_code", flat=True).distinct()
    return frozenset().union(*(cell_types.areas_of(code) for code in found))


def _is_name(text: str, recognized: identifiers.Recognized) -> bool:
    """Tell a name from a mistyped number: a name has letters and is no recognized number."""
    return not recognized.kind and any(letter.isalpha() for letter in text)


def _by_name(text: str, on: date) -> Found:
    wanted = search_key(text)[:200]
    if len(wanted) < _SHORTEST_NAME:
        return Found("", "TOO_SHORT", ())
    rows = (
        _on_register(on)
        .exclude(entity_kind__in=_NAMED_AFTER_PEOPLE, joined=None)
        .filter(Q(search_key__contains=wanted) | Q(search_key__trigram_word_similar=wanted))
        .annotate(likeness=TrigramWordSimilarity(wanted, "search_key"))
        .order_by("-likeness", "name", "register_book_no")
    )
    return Found("", "", _rows(rows))


def _on_register(on: date) -> QuerySet[models.RegisterEntry]:
    """Return the entities that are there that day: neither struck off nor vanished."""
    return models.RegisterEntry.objects.filter(
        Q(struck_off_on=None) | Q(struck_off_on__gt=on), vanished_on=None
    )


def _rows(rows: QuerySet[models.RegisterEntry]) -> tuple[EntryRow, ...]:
    return tuple(_row(row) for row in rows[:MAX_FOUND])


def _row(row: models.RegisterEntry) -> EntryRow:
    return EntryRow(**{name: getattr(row, name) for name in EntryRow.__dataclass_fields__})
