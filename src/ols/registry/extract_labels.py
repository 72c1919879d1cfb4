"""What register extracts call each thing; patterns for text without case and accents.

Source: the parts and rubrics of the register book (Dz.U. 2019 poz. 605) and how its printouts put them.
"""

import re
import unicodedata
from typing import Final, NamedTuple

_STROKED: Final = str.maketrans("łŁøØđĐ–—−\u00a0", "lLoOdD--- ")


class Label(NamedTuple):
    """A label in a text: whose it is and where it stands."""

    field: str
    start: int
    end: int


_NR: Final = r"(?:numer|nr)\.?"
# Followed by a number these may stand anywhere in a line; „book-title” only right before its number.
NUMBERS: Final = {
    "register_book_no": rf"{_NR} (?:(?:w )?ksiegi(?: rejestrowej)?|wpisu do rejestru podmiotow|rpwdl)",
    "book-title": rf"ksiega rejestrowa(?: podmiotu [a-z ]{{0,60}}?)?(?= ?(?:nr|numer|:|\d))(?: {_NR})?",
    "nip": rf"numer identyfikacji podatkowej(?: \(nip\))?|(?:{_NR} )?nip\b",
    "regon": rf"(?:{_NR} )?(?:identyfikacyjny )?regon\b(?: podmiotu(?: leczniczego)?)?",
    "krs": (
        rf"(?:{_NR} )?(?:w )?"
        r"(?:krs\b|krajow(?:y|ym|ego) rejestr(?:ze|u)? sadow(?:y|ym|ego)(?: \(krs\))?)"
    ),
}
_WHOSE: Final = (
    r"(?: (?:podmiotu|przedsiebiorcy|praktyki)"
    r"(?: (?:leczniczego|wykonujacego dzialalnosc lecznicza|zawodowej))?)?"
)
_NAMES: Final = r"(?:(?:,| albo| lub| oraz| i|/) ?(?:firma|nazwa|imie i nazwisko|imie|nazwisko)?){0,4}"
TEXTS: Final = {
    "name": rf"(?:pelna )?(?:firma|nazwa){_NAMES}{_WHOSE}",
    "address": rf"(?:adres(?: siedziby)?|siedziba i adres){_WHOSE}",
    "mail": r"adres (?:do (?:korespondencji|doreczen)|korespondencyjny)",
    "street": r"(?:nazwa )?ulic[ay]",
    "house": rf"{_NR} (?:domu|budynku|posesji)",
    "flat": rf"{_NR} (?:lokalu|mieszkania)",
    "postal_code": r"kod pocztowy",
    "city": r"miejscowosc|miasto",
}
# What begins something else: a value before it ends there.
OTHERS: Final = "|".join(
    (
        r"adres (?:poczty|e-?mail|strony|elektroniczny|www|internetowy)|e-?mail|poczta(?: elektroniczna)?",
        rf"telefon|{_NR} (?:telefonu|faksu|skrytki)|fax|faks|strona internetowa|skrytka pocztowa",
        r"wojewodztwo|powiat|gmina|kraj|(?:identyfikator|kod) terytorialny|teryt|status|rubryka \d+|pole \d+",
        r"oznaczenie organu|organ (?:prowadzacy|rejestrowy)",
        r"nazwa (?:organu|podmiotu tworzacego|skrocona)|podmiot tworzacy",
        r"forma (?:organizacyjno-? ?prawna|prawna)|rodzaj (?:podmiotu|dzialalnosci)",
        r"data (?:wpisu|rozpoczecia|zakonczenia|wykreslenia|rejestracji)",
        r"informac(?:ja|je) dotyczac[ae]|kod (?:resortowy|formy|organu)",
    )
)
# When the document was made; the state of the register is second best.
MADE: Final = (
    r"(?:data (?:i godzina )?(?:wydruku|wygenerowania|wystawienia|sporzadzenia|pobrania|wydania|utworzenia)"
    r"|wygenerowan[oay]|wydrukowan[oay]|sporzadzon[oay]|wydruk (?:z )?(?:dnia)?)"
)
STATE: Final = r"(?:wedlug )?stan(?:u)? (?:danych |ksiegi |rejestru )?na(?: dzien)?"
# Where the leading entity's own part of the document ends.
LEAD_ENDS: Final = re.compile(
    r"\W*(?:dzial (?:ii|2)\b"
    r"|(?:dane |wykaz )?(?:zaklad(?:u|y|ow)? lecznicz(?:ego|y|e|ych)"
    r"|przedsiebiorstw[oa] podmiotu(?: leczniczego)?"
    r"|jednost(?:ka|ki|ek) organizacyjn(?:a|e|ej|ych)|komor(?:ka|ki|ek) organizacyjn(?:a|e|ej|ych))"
    r"\W*(?:nr\W*)?\d*\W*$)"
)  # fmt: skip
HEADING: Final = re.compile(r"\W*(?:dzial [ivx\d]+\b|rubryka\b|ksiega rejestrowa\b|strona \d)")
_NUMBERING: Final = r"^\W{0,3}(?:(?:rubryka|pole|pkt|poz)\.? ?)?(?:\d{1,2} ?[.):]?)? ?(?:[a-h]\) ?)?\W{0,2}"

_ALL: Final = [
    *((field, re.compile(pattern)) for field, pattern in (NUMBERS | TEXTS).items()),
    ("", re.compile(OTHERS)),
]
_STARTS: Final = re.compile(_NUMBERING)
_NUMBER_FOLLOWS: Final = re.compile(r"[ :.()a-z]{0,12}?(?:pl ?)?\d")
_COLON_FOLLOWS: Final = re.compile(r" ?:")


def fold(text: str) -> str:
    """Return the text without case and accents, sign for sign: places in it are places in the original."""
    return "".join(_plain(sign) for sign in text.translate(_STROKED))


def labels(folded: str) -> list[Label]:
    """Return the labels of one cell in order, the longest where several begin.

    A label counts at the beginning (after numbering), before a colon, or, of a number, before digits.
    """
    first = _STARTS.match(folded)
    begin = first.end() if first else 0
    found = [
        Label(field, match.start(), match.end())
        for field, pattern in _ALL
        for match in pattern.finditer(folded)
        if _counts(field, folded, match, begin)
    ]
    kept: list[Label] = []
    for label in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or label.start >= kept[-1].end:
            kept.append(label)
    return kept


def _counts(field: str, folded: str, match: re.Match[str], begin: int) -> bool:
    start, end = match.span()
    if start > 0 and folded[start - 1].isalnum():
        return False
    if end < len(folded) and folded[end].isalnum():
        return False
    if field in NUMBERS and _NUMBER_FOLLOWS.match(folded, end):
        return True
    return field != "book-title" and (start <= begin or bool(_COLON_FOLLOWS.match(folded, end)))


def _plain(sign: str) -> str:
    base = unicodedata.normalize("NFKD", sign)[0].lower()
    return base if len(base) == 1 else sign
