"""Finding an entity in the register: by one identifying number, or by words of its name and town. Public."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import combinations
from operator import and_, or_

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length

from ols.kernel import identifiers
from ols.kernel.sortkey import search_key
from ols.registry import likeness, models
from ols.registry.selectors.register import EntryRow, row_of

PAGE_SIZE = 25
# Beyond this a list helps nobody: the page asks for another word instead. It also bounds what is given.
MAX_FOUND = 200
SHORTEST_WORD = 3
_MOST_RANKED = 500
_LONGEST_TEXT = 200
_MOST_WORDS = 8
# One wrong letter in the middle of a word of six ("zrudlo") leaves two fifths of its groups of three.
_LIKE_ENOUGH = "0.4"
# A practice is named after its owner: personal data, found by number only until it joins.
_NAMED_AFTER_PEOPLE = ("doctor-practice", "nurse-practice", "physiotherapist-practice")
_COLUMN_OF = {"NIP": "nip", "REGON9": "regon", "RPWDL": "register_book_no", "KRS": "krs", "NPWZ": "npwz"}
_MISTYPED_NUMBER_DIGITS, _MISTYPED_NUMBER_LETTERS = 6, 2

Rows = QuerySet[models.RegisterEntry]


@dataclass(frozen=True)
class Found:
    """What a search gave: one page of rows, the best first.

    `kind` is the number recognized (empty: a name) and `number` its canonical digits; `error` is what is
    wrong with it (a code of `kernel.identifiers`, or TOO_SHORT for a name; then there are no rows).
    `total` counts up to MAX_FOUND, `more` says that there are more. `alike`: nothing has all the words, these
    are similar.
    """

    kind: str
    number: str
    error: str
    rows: tuple[EntryRow, ...] = ()
    total: int = 0
    more: bool = False
    alike: bool = False


def is_name(text: str) -> bool:
    """Tell a name from a number, also a mistyped one: "526000124O" has a letter and is no name."""
    if identifiers.recognize(text).kind:
        return False
    letters = sum(sign.isalpha() for sign in text)
    digits = sum(sign.isdigit() for sign in text)
    mistyped = digits >= _MISTYPED_NUMBER_DIGITS and letters <= _MISTYPED_NUMBER_LETTERS
    return letters > 0 and not mistyped


def name_words(text: str) -> list[str]:
    """Return the words a name is found by: legal forms, single letters and repetitions left out."""
    plain = likeness.without_legal_form(text[:_LONGEST_TEXT])
    words = [word for word in plain.split() if len(word) >= SHORTEST_WORD or word.isdigit()]
    return list(dict.fromkeys(words))[:_MOST_WORDS]


def can_be_found(text: str) -> bool:
    """Tell whether a name has a word that can be searched for."""
    return any(len(word) >= SHORTEST_WORD and not word.isdigit() for word in name_words(text))


def search_entries(text: str, *, on: date, offset: int = 0) -> Found:
    """Find entities by one identifying number or by words of name and town.

    Those no longer on the register that day come last: they are shown as such.
    """
    if is_name(text):
        return _by_name(text, on, offset)
    recognized = identifiers.recognize(text)
    if recognized.error:
        return Found(recognized.kind, "", recognized.error)
    keys = _keys(models.RegisterEntry.objects.filter(_has_number(recognized)))
    rows = models.RegisterEntry.objects.filter(pk__in=keys).annotate(gone=_gone(on))
    found = _page(keys, rows.order_by("gone", "register_book_no"), offset)
    return replace(found, kind=recognized.kind, number=recognized.value)


def _has_number(recognized: identifiers.Recognized) -> Q:
    if recognized.kind != "REGON14":
        return Q(**{_COLUMN_OF[recognized.kind]: recognized.value})
    # The facilities are asked first: one condition over two tables could use neither index.
    facilities = models.RegisterFacility.objects.filter(regon14=recognized.value)
    return Q(pk__in=list(facilities.values_list("entry_id", flat=True))) | Q(regon=recognized.value[:9])


def _by_name(text: str, on: date, offset: int) -> Found:
    if not can_be_found(text):
        return Found("", "", "TOO_SHORT")
    words = name_words(text)
    keys = _keys(with_words(words))
    if keys:
        return _page(keys, _ranked(keys, text, on), offset)
    # Only what may be found counts: that a practice has the word must not show in what is offered instead.
    known = [word for word in words if _public_by_name().filter(_has(word)).exists()]
    slips = [word for word in words if word not in known and not word.isdigit()]
    keys = _like_words(known, slips) if slips else []
    if keys:
        return replace(_page(keys, _most_alike(keys, slips, on), offset), alike=True)
    keys = _with_most_words(known, len(words))
    return replace(_page(keys, _ranked(keys, text, on), offset), alike=bool(keys))


def with_words(words: list[str]) -> Rows:
    """Return the entities whose name and town have all the words."""
    return _public_by_name().filter(reduce(and_, map(_has, words)))


def like_words(known: list[str], slips: list[str]) -> Rows:
    """Return the entities that have the known words and words similar to the slips."""
    conditions = [*map(_has, known), *(Q(search_key__trigram_word_similar=slip) for slip in slips)]
    return _public_by_name().filter(reduce(and_, conditions))


def _like_words(known: list[str], slips: list[str]) -> list[int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [_LIKE_ENOUGH])
        return _keys(like_words(known, slips))


def _with_most_words(known: list[str], typed: int) -> list[int]:
    """Return the entities that have all words but one."""
    size = min(len(known), typed - 1)
    if not size or len(known) < typed - 1:
        return []
    choices = [reduce(and_, map(_has, chosen)) for chosen in combinations(known, size)]
    return _keys(_public_by_name().filter(reduce(or_, choices)))


def _keys(rows: Rows) -> list[int]:
    """Find them once, and not all: words that so many have cannot tell one clinic from another."""
    return list(rows.order_by().values_list("pk", flat=True)[:_MOST_RANKED])


def _ranked(keys: list[int], text: str, on: date) -> Rows:
    """Put first those that begin with what was typed, then those that have it in one piece, shorter first."""
    typed = search_key(text)[:_LONGEST_TEXT]
    closeness = Case(
        When(search_key__startswith=typed, then=Value(0)),
        When(search_key__contains=f" {typed}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = models.RegisterEntry.objects.filter(pk__in=keys).annotate(gone=_gone(on), closeness=closeness)
    return rows.order_by("gone", "closeness", Length("search_key"), "search_key", "register_book_no")


def _most_alike(keys: list[int], slips: list[str], on: date) -> Rows:
    alike = [TrigramWordSimilarity(slip, "search_key") for slip in slips]
    rows = models.RegisterEntry.objects.filter(pk__in=keys)
    rows = rows.annotate(gone=_gone(on), alike=sum(alike[1:], alike[0]))
    return rows.order_by("gone", F("alike").desc(), Length("search_key"), "search_key", "register_book_no")


def _has(word: str) -> Q:
    """Say that the word is there: a number as a whole word, anything else also inside another."""
    if word.isdigit() and len(word) < SHORTEST_WORD:
        return Q(search_key__regex=rf"\m{re.escape(word)}\M")
    return Q(search_key__contains=word)


def _public_by_name() -> Rows:
    joined = models.Facility.objects.filter(entry=OuterRef("pk"))
    return models.RegisterEntry.objects.filter(~Q(entity_kind__in=_NAMED_AFTER_PEOPLE) | Exists(joined))


def _gone(on: date) -> Case:
    """Return 1 for those no longer there, as `EntryRow.standing` has it."""
    there = Q(vanished_on=None) & ~Q(struck_off_on__lte=on) & ~Q(active_to__lte=on)
    return Case(When(there, then=Value(0)), default=Value(1), output_field=IntegerField())


def _page(keys: list[int], ordered: Rows, offset: int) -> Found:
    total = min(len(keys), MAX_FOUND)
    shown = ordered[offset : min(offset + PAGE_SIZE, MAX_FOUND)] if offset < total else ordered.none()
    return Found("", "", "", tuple(row_of(row) for row in shown), total, len(keys) > MAX_FOUND)
