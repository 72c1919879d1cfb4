"""Do two writings mean the same name, street or number? For comparing what people and registers say.

Pure. Case, accents, punctuation, abbreviations of legal forms and of streets make no difference.
"""

import re
from typing import Final

from ols.kernel.sortkey import search_key

# Longer forms first: a part of one may be another.
_LEGAL_FORMS: Final = {
    "psa": r"prosta spolka akcyjna|p s a",
    "ska": r"spolka komandytowo akcyjna|s k a",
    "spzoo": r"(?:spolka|sp|s) z (?:ograniczona odpowiedzialnoscia|o o|oo)|spzoo|spolka zoo|sp zoo",
    "spk": r"spolka komandytowa|sp k|spk",
    "spj": r"spolka jawna|sp j|spj",
    "spp": r"spolka partnerska|sp p|spp",
    "sc": r"spolka cywilna|s c",
    "sa": r"spolka akcyjna|s a",
}
_ESTABLISHMENTS: Final = {
    "spzoz": r"samodzielny publiczny zaklad opieki zdrowotnej|sp zoz|s p z o z",
    "nzoz": r"niepubliczny zaklad opieki zdrowotnej|n z o z",
    "zoz": r"zaklad opieki zdrowotnej|z o z",
}
_FORMS: Final = [
    (re.compile(rf"\b(?:{pattern})\b"), short) for short, pattern in (_LEGAL_FORMS | _ESTABLISHMENTS).items()
]
_HAS_FORM: Final = re.compile(rf"\b(?:{'|'.join(_LEGAL_FORMS)})\b")
_LEGAL_WORDS: Final = re.compile(rf"\b(?:{'|'.join(_LEGAL_FORMS.values())})\b")
_STREET_WORDS: Final = {
    **dict.fromkeys(("ul", "ulica", "nr", "numer", "dom", "lok", "lokal", "mieszkanie", "miesz"), ""),
    **dict.fromkeys(("aleja", "aleje", "alei"), "al"),
    **dict.fromkeys(("swietego", "swietej", "swietych"), "sw"),
    "plac": "pl", "osiedle": "os", "generala": "gen", "ksiedza": "ks", "doktora": "dr", "profesora": "prof",
    "marszalka": "marsz", "kardynala": "kard", "biskupa": "bp", "pulkownika": "plk", "kapitana": "kpt",
}  # fmt: skip


def same_name(one: str, other: str, *, legal_form: str = "") -> bool:
    """Compare names of firms; `legal_form` belongs to both, whether or not a name ends with it."""
    first, second = _name(one), _name(other)
    return first == second or _with_form(first, legal_form) == _with_form(second, legal_form)


def same_street(one: str, other: str, *, city: str = "") -> bool:
    """Compare „street house/flat”; a village's name may stand for the street or be left out."""
    return _street(one, city) == _street(other, city)


def same_words(one: str, other: str) -> bool:
    """Compare texts by their letters and digits alone."""
    return _words(one) == _words(other)


def same_digits(one: str, other: str) -> bool:
    """Compare numbers however they are grouped."""
    return _digits(one) == _digits(other)


def same_regon(one: str, other: str) -> bool:
    """Compare REGON numbers; the nine digits of an entity begin the fourteen of its facilities."""
    first, second = _digits(one), _digits(other)
    return first == second if len(first) == len(second) else first[:9] == second[:9]


def without_legal_form(text: str) -> str:
    """Return a firm's name in plain small letters without the words that say its legal form."""
    return " ".join(_LEGAL_WORDS.sub(" ", " ".join(_words(text))).split())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", search_key(text))


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())


def _name(text: str) -> str:
    name = " ".join(_words(text))
    for pattern, short in _FORMS:
        name = pattern.sub(short, name)
    return name


def _with_form(name: str, legal_form: str) -> str:
    return name if not legal_form or _HAS_FORM.search(name) else f"{name} {_name(legal_form)}"


def _street(text: str, city: str) -> list[str]:
    """Return the words that count: 12 A, 12a and 12A are one; so are 12/3, 12 m. 3 and 12 lok. 3."""
    words = [_STREET_WORDS.get(word, word) for word in _words(text)]
    kept: list[str] = []
    for word in filter(None, words):
        is_after_number = bool(kept) and kept[-1].isdigit()
        if is_after_number and word == "m":
            continue
        if is_after_number and len(word) == 1 and word.isalpha():
            kept[-1] += word
        else:
            kept.append(word)
    town = _words(city)
    return kept[len(town) :] if town and kept[: len(town)] == town and len(kept) > len(town) else kept
