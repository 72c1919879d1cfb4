"""Which texts the product shows, and whether each has its Polish. Needs no gettext programs.

Messages are English in the code and in templates; `locale/pl/LC_MESSAGES/django.po` holds the Polish.
Read only by commands and tests.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import polib
from django.utils.translation import template as django_template


class Message(NamedTuple):
    """One text to translate; `plural` and `context` are empty when it has none."""

    text: str
    plural: str = ""
    context: str = ""


class Use(NamedTuple):
    """A message and the first place where it stands."""

    message: Message
    place: str


# Which argument is what: (context, text, plural).
_CALLS: Final[dict[str, tuple[str, ...]]] = {
    "_": ("text",),
    "gettext": ("text",),
    "gettext_lazy": ("text",),
    "gettext_noop": ("text",),
    "ngettext": ("text", "plural"),
    "ngettext_lazy": ("text", "plural"),
    "pgettext": ("context", "text"),
    "pgettext_lazy": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
    "npgettext_lazy": ("context", "text", "plural"),
}
_STRING: Final = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_TEMPLATE_CALL: Final = re.compile(
    rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)", re.DOTALL
)
_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]|\{\w*\}|</?\w+>")
# Words the product does not use with people.
_UNWANTED: Final = re.compile(r"\b(proszę|nieprawidłow\w*)", re.IGNORECASE)
_MOST_WORDS: Final = 20
_PLURAL_FORMS: Final = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"


def used(source: Path) -> dict[Message, str]:
    """Return every message of the Python files and templates under a folder, with its first place."""
    found: dict[Message, str] = {}
    for path in sorted(source.rglob("*")):
        reader = {".py": _in_python, ".html": _in_template}.get(path.suffix)
        if reader and "migrations" not in path.parts:
            name = path.relative_to(source).as_posix()
            for use in reader(path.read_text(encoding="utf-8"), name):
                found.setdefault(use.message, use.place)
    return found


def problems(messages: dict[Message, str], catalog: polib.POFile) -> list[str]:
    """Return in words what is missing or wrong in the catalog; an empty list means all is well."""
    entries = {_key(entry): entry for entry in catalog if not entry.obsolete}
    missing = [
        f"{place}: no translation of {message.text!r}"
        for message, place in messages.items()
        if message not in entries
    ]
    unused = [f"nothing uses {key.text!r}" for key in entries if key not in messages]
    wrong = [
        f"{problem}: {key.text!r}"
        for key, entry in entries.items()
        if key in messages
        for problem in _faults(key, entry)
    ]
    return missing + unused + wrong


def disagreements(*catalogs: polib.POFile) -> list[str]:
    """Return the messages that two catalogs translate differently: one of them needs a context."""
    seen: dict[Message, polib.POEntry] = {}
    different = []
    for entry in (entry for catalog in catalogs for entry in catalog):
        first = seen.setdefault(_key(entry), entry)
        if (first.msgstr, first.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
            different.append(f"{entry.msgid!r}: {first.msgstr!r} or {entry.msgstr!r}")
    return different


def merged(messages: dict[Message, str], *catalogs: polib.POFile) -> polib.POFile:
    """Return one catalog of the messages in use, in order; of two translations the later one counts."""
    chosen = {_key(entry): entry for catalog in catalogs for entry in catalog if not entry.obsolete}
    result = polib.POFile(wrapwidth=110)
    result.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "pl",
        "Plural-Forms": _PLURAL_FORMS,
    }
    for message in sorted(messages):
        if message in chosen:
            entry = chosen[message]
            place = messages[message].partition(":")[0]
            result.append(
                polib.POEntry(
                    msgid=message.text,
                    msgctxt=message.context or None,
                    msgid_plural=message.plural,
                    msgstr=entry.msgstr,
                    msgstr_plural=entry.msgstr_plural,
                    occurrences=[(place, "")],
                )
            )
    return result


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def _in_python(text: str, name: str) -> Iterator[Use]:
    """Find the calls of gettext's functions with literal arguments; a variable was a literal elsewhere."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = str(getattr(node.func, "id", "") or getattr(node.func, "attr", ""))
        names = _CALLS.get(called, ())
        values = [arg.value for arg in node.args[: len(names)] if isinstance(arg, ast.Constant)]
        if names and len(values) == len(names) and all(isinstance(value, str) for value in values):
            parts = {part: str(value) for part, value in zip(names, values, strict=True)}
            yield Use(Message(**parts), f"{name}:{node.lineno}")


def _in_template(text: str, name: str) -> Iterator[Use]:
    """Find the translate and blocktranslate tags as Django's own extraction sees them."""
    code = django_template.templatize(text, origin=name)
    for match in _TEMPLATE_CALL.finditer(code):
        values = ast.literal_eval(f"[{match[2]}]")
        parts = dict(zip(_CALLS[match[1]], values, strict=False))
        line = code.count("\n", 0, match.start()) + 1
        yield Use(Message(**parts), f"{name}:{line}")


def _faults(message: Message, entry: polib.POEntry) -> Iterator[str]:
    """Say what is wrong with one translation."""
    forms = [entry.msgstr_plural.get(number, "") for number in range(3)] if message.plural else [entry.msgstr]
    if not all(forms):
        yield "not translated"
    if entry.fuzzy:
        yield "marked fuzzy"
    allowed = set(_PLACEHOLDER.findall(message.text + message.plural))
    needed = set() if message.plural else allowed
    for form in filter(None, forms):
        placeholders = set(_PLACEHOLDER.findall(form))
        if not needed <= placeholders <= allowed:
            yield "other placeholders than the message"
        if _UNWANTED.search(form):
            yield "an unwanted word"
        if any(len(sentence.split()) > _MOST_WORDS for sentence in re.split(r"[.!?:;]\s", form)):
            yield f"a sentence of more than {_MOST_WORDS} words"
