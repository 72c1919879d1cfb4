"""What a register extract says of the leading entity: each fact with its place in the document and a doubt.

Pure: words in, facts out. The document is the applicant's, so a fact is what it says, never what is true.
"""

import itertools
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Final

from ols.documents.text import Words
from ols.kernel import identifiers
from ols.registry import extract_dates, extract_labels, extract_lines
from ols.registry.extract_lines import Found, Line

# Why a fact is doubtful: the document says different things; the number is not a possible one.
SEVERAL: Final = "SEVERAL"
IMPOSSIBLE: Final = "IMPOSSIBLE"

# A letter, a dash at the end of a line and a small letter: one word. Before a capital the dash is its own.
_HYPHENATED: Final = re.compile(r"(?<=\w)- (?=[a-ząćęłńóśźż])")
_DASHED: Final = re.compile(r"(?<=\w)- (?=[A-ZĄĆĘŁŃÓŚŹŻ])")
_NOTHING: Final = re.compile(r"\W*(?:brak(?: wpisu| danych)?|nie dotyczy|n/d)?\W*", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"(?P<street>.*?)[,;]?\s*\b(?P<postal_code>\d{2} ?- ?\d{3})\b[,;]?\s+(?P<city>[^\d,;(]+)"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `page` counts from 1 (0: a form field), `line` within it; a sure fact has no `doubt`."""

    value: str
    page: int
    line: int
    label: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class ExtractFacts:
    """What was found; None where the document says nothing. Numbers are canonical, the date is ISO."""

    register_book_no: Fact | None = None
    name: Fact | None = None
    nip: Fact | None = None
    regon: Fact | None = None
    krs: Fact | None = None
    street: Fact | None = None
    postal_code: Fact | None = None
    city: Fact | None = None
    issued_on: Fact | None = None

    def found(self) -> dict[str, Fact]:
        """Return the facts that are there, by their names."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: fact for name, fact in pairs if fact is not None}

    def as_json(self) -> dict[str, dict[str, str | int]]:
        """Return the facts as tables and the command line keep them."""
        return {name: asdict(fact) for name, fact in self.found().items()}


# The digits of each number with the spaces and dashes people put between them.
_SHAPES: Final = {
    "register_book_no": re.compile(r"(?<!\d)(?:\d[ -]?){11}\d(?!\d)|(?<!\d)\d{1,11}(?!\d)"),
    "nip": re.compile(r"(?<!\d)(?:\d[ -]?){9}\d(?!\d)"),
    "regon": re.compile(r"(?<!\d)(?:(?:\d[ -]?){13}\d|(?:\d[ -]?){8}\d)(?!\d)"),
    "krs": re.compile(r"(?<!\d)(?:\d[ -]?){9}\d(?!\d)"),
}
_PARSERS: Final[dict[str, Callable[[str], str]]] = {
    "register_book_no": identifiers.parse_rpwdl,
    "nip": identifiers.parse_nip,
    "regon": identifiers.parse_regon,
    "krs": identifiers.parse_krs,
}
# A label and its number are never further apart.
_NUMBER_WITHIN: Final = 40


def read_facts(words: Words) -> ExtractFacts:
    """Find the facts in a document's words."""
    lines = _lines(words)
    everywhere = list(extract_lines.found(lines))
    own = list(extract_lines.found(extract_lines.lead(lines)))
    facts: dict[str, Fact | None] = {
        # The book number is printed on every page; another one anywhere is a doubt.
        "register_book_no": _number("register_book_no", _named(everywhere, "register_book_no", "book-title")),
        **{name: _number(name, _named(own, name)) for name in ("nip", "regon", "krs")},
        "name": _text(_named(own, "name")),
        **_address(own),
        "issued_on": _issued_on(lines),
    }
    return ExtractFacts(**facts)


def _lines(words: Words) -> list[Line]:
    """Return form fields as lines of page 0, then the lines of the pages."""
    # An empty line after each: a field never goes on in the next.
    filled = [(f"{_field_name(label)}: {value}", "") for label, value in words.fields if value.strip()]
    pages = (tuple(itertools.chain.from_iterable(filled)), *words.pages)
    return [
        extract_lines.cells(text, page=page, line=line)
        for page, texts in enumerate(pages)
        for line, text in enumerate(texts, start=1)
    ]


def _field_name(name: str) -> str:
    """Return a technical name as words: form1[0].numerKsiegi[0] is numer Ksiegi."""
    last = re.sub(r"\[\d+\]", "", name).rpartition(".")[2] or name
    return re.sub(r"(?<=[a-ząćęłńóśźż])(?=[A-Z])|_+", " ", last).strip()


def _named(everything: Iterable[Found], *names: str) -> list[Found]:
    return [item for item in everything if item.field in names and not _NOTHING.fullmatch(item.value)]


def _number(name: str, candidates: list[Found]) -> Fact | None:
    """Return the first possible number; a different one of the same kind beside it is a doubt."""
    read = [
        (item, match[0])
        for item in candidates
        if (match := _SHAPES[name].search(item.value[:_NUMBER_WITHIN]))
    ]
    good: list[tuple[Found, str]] = []
    for item, digits in read:
        try:
            good.append((item, _PARSERS[name](digits)))
        except identifiers.IdentifierError:
            continue
    if not good:
        return _fact(read[0][0], "".join(filter(str.isdigit, read[0][1])), IMPOSSIBLE) if read else None
    # The first nine digits of a facility's REGON are the entity's.
    different = {value[:9] if name == "regon" else value for _, value in good}
    item, value = min(good, key=lambda pair: len(pair[1]))
    return _fact(item, value, SEVERAL if len(different) > 1 else "")


def _text(candidates: list[Found]) -> Fact | None:
    if not candidates:
        return None
    different = {extract_labels.fold(_joined(item.value)) for item in candidates}
    return _fact(candidates[0], _joined(candidates[0].value), SEVERAL if len(different) > 1 else "")


def _fact(item: Found, value: str, doubt: str) -> Fact:
    return Fact(value, item.page, item.line, item.label, doubt)


def _joined(text: str) -> str:
    """Put together what the end of a line cut."""
    return _DASHED.sub("-", _HYPHENATED.sub("", " ".join(text.split())))


def _address(own: list[Found]) -> dict[str, Fact | None]:
    """Return the seat's address from its own fields, else from one line; the mailing one only without it."""
    seat, mail = _by_address(own)
    return _parts(seat) or _parts(mail) or {}


def _by_address(own: list[Found]) -> tuple[list[Found], list[Found]]:
    """Part what stands after „adres do korespondencji” from the rest."""
    seat: list[Found] = []
    mail: list[Found] = []
    into = seat
    for item in own:
        if item.field in {"address", "mail"}:
            into = mail if item.field == "mail" else seat
        into.append(item)
    return seat, mail


def _parts(items: list[Found]) -> dict[str, Fact | None]:
    postal = _text(_named(items, "postal_code"))
    apart: dict[str, Fact | None] = {
        "street": _street(items),
        "postal_code": replace(postal, value=_postal_code(postal.value)) if postal else None,
        "city": _text(_named(items, "city")),
    }
    if postal or not (address := _one_line(_named(items, "address", "mail"))):
        return apart if any(apart.values()) else {}
    return address


def _street(items: list[Found]) -> Fact | None:
    """Return street, house and flat as one text: ul. Lipowa 12A/3. A village may have no street."""
    street, house, flat = (_text(_named(items, name)) for name in ("street", "house", "flat"))
    first = street or house
    if first is None:
        return None
    text = " ".join(part.value for part in (street, house) if part is not None)
    doubts = [part.doubt for part in (street, house, flat) if part is not None and part.doubt]
    value = f"{text}/{flat.value}" if flat is not None else text
    return Fact(value, first.page, first.line, first.label, doubts[0] if doubts else "")


def _one_line(candidates: list[Found]) -> dict[str, Fact | None]:
    read = [(item, match) for item in candidates if (match := _ADDRESS.match(_joined(item.value)))]
    if not read:
        return {}
    different = {extract_labels.fold(match[0]) for _, match in read}
    item, match = read[0]
    doubt = SEVERAL if len(different) > 1 else ""
    return {
        "street": _fact(item, match["street"].strip(), doubt),
        "postal_code": _fact(item, _postal_code(match["postal_code"]), doubt),
        "city": _fact(item, match["city"].strip(" .-"), doubt),
    }


def _postal_code(text: str) -> str:
    try:
        return identifiers.parse_postal_code(text)
    except identifiers.IdentifierError:
        return text


def _issued_on(lines: list[Line]) -> Fact | None:
    """Return when the document was made, else of which day its content is."""
    made, state = extract_dates.labeled_dates(lines)
    dated = made or state
    if not dated:
        return None
    first = dated[0]
    doubt = SEVERAL if len({item.day for item in dated}) > 1 else ""
    return Fact(first.day.isoformat(), first.page, first.line, first.label, doubt)
