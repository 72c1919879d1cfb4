"""The inside of a register file: every line judged by itself, then as part of its entity."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from ols.kernel.sortkey import search_key
from ols.registry.services import register_fields
from ols.registry.services.register_csv import Row
from ols.registry.services.register_fields import BOOK, FieldRefused, Value

_KEYS = frozenset({BOOK.name, *(key for _, key in register_fields.LEVELS.values())})
_NAME, _CITY = 2, 12  # places of an entity's name and city among its values


@dataclass(frozen=True)
class RefusedLine:
    """Why a line was not taken: `field` is a column (empty: the line as a whole), `code` the reason."""

    line: int
    field: str
    code: str


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A good line: `key` is its own code within the book, `values` fill the level's columns in order."""

    line: int
    level: str
    book: str
    key: str
    values: tuple[Value, ...]


@dataclass
class Register:
    """A whole file read: good lines by level, refused ones, and the keys refused lines spoke about."""

    lines: dict[str, list[RegisterLine]] = field(
        default_factory=lambda: {level: [] for level in register_fields.LEVELS}
    )
    refusals: list[RefusedLine] = field(default_factory=list)
    kept: set[tuple[str, str, str]] = field(default_factory=set)
    content_hashes: dict[str, str] = field(default_factory=dict)


class _Layout:
    """Where one level's fields stand in the file; worked out once, used for every line."""

    def __init__(self, header: list[str], level: str) -> None:
        """Place the fields; a missing column stands behind the last one, where rows get an empty text."""
        fields, self.key_name = register_fields.LEVELS[level]
        places = {name: place for place, name in enumerate(header)}
        # With each field: what an empty one gives (None: it is refused), worked out once.
        self.fields = tuple(
            (places.get(item.name, len(header)), item, None if item.required else item.blank())
            for item in (BOOK, *fields)
        )


def read_lines(header: list[str], rows: Iterable[Row]) -> Register:
    """Judge all rows.

    What a refused line says about an entity, facility, unit or cell is not known, so what the register
    already holds of it must stay: its key goes to `kept`.

    :raises ols.registry.services.register_csv.BrokenFile: while the rows are being read
    """
    register = Register()
    layouts = {level: _Layout(header, level) for level in register_fields.LEVELS}
    level_place = header.index("level")
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        if len(row.fields) != len(header):
            register.refusals.append(RefusedLine(row.line, "", "FIELD_COUNT"))
            continue
        level = row.fields[level_place].strip().lower()
        if level not in layouts:
            register.refusals.append(RefusedLine(row.line, "level", "NOT_ON_LIST"))
            continue
        line = _read(row, level, layouts[level], register)
        if line is not None:
            _add(line, seen, register)
    register.kept -= seen
    _refuse_orphans(register)
    register.refusals.sort(key=lambda refusal: refusal.line)
    _hash(register)
    return register


def _add(line: RegisterLine, seen: set[tuple[str, str, str]], register: Register) -> None:
    """Take a good line, unless the file already said something about the same thing."""
    identity = (line.level, line.book, line.key)
    if identity in seen:
        register.refusals.append(RefusedLine(line.line, "", "TWICE_IN_FILE"))
    else:
        seen.add(identity)
        register.lines[line.level].append(line)


def _read(row: Row, level: str, layout: _Layout, register: Register) -> RegisterLine | None:
    """Return the line, or note why it is refused; all wrong fields of a line are noted."""
    wrong: list[RefusedLine] = []
    values: list[Value] = []
    known: dict[str, str] = {}
    texts = [*row.fields, ""]
    for place, field_, blank in layout.fields:
        text = texts[place]
        if not text and blank is not None:
            values += blank
            continue
        try:
            read = field_.values(text)
        except FieldRefused as refusal:
            wrong.append(RefusedLine(row.line, field_.name, refusal.code))
            continue
        values += read
        if field_.name in _KEYS:
            known[field_.name] = str(read[0])
    book, key = known.get(BOOK.name, ""), known.get(layout.key_name, "")
    if not wrong:
        return RegisterLine(row.line, level, book, key, tuple(values[1:]))
    register.refusals += wrong
    if book and key:
        register.kept.add((level, book, key))
    return None


def _refuse_orphans(register: Register) -> None:
    """Refuse facilities, units and cells whose entity has no good line in the file."""
    books = {line.book for line in register.lines["entity"]}
    for level, lines in register.lines.items():
        orphans = [line for line in lines if line.book not in books]
        if orphans:
            register.refusals += [RefusedLine(line.line, "register_book_no", "NO_ENTITY") for line in orphans]
            register.lines[level] = [line for line in lines if line.book in books]


def _hash(register: Register) -> None:
    """Make one hash of all an entity's good lines, whatever their order in the file."""
    parts: dict[str, list[str]] = {}
    for level, lines in register.lines.items():
        for line in lines:
            parts.setdefault(line.book, []).append("\x1f".join((level, line.key, *map(str, line.values))))
    for book, texts in parts.items():
        register.content_hashes[book] = sha256("\x1e".join(sorted(texts)).encode()).hexdigest()


def entity_search_key(line: RegisterLine) -> str:
    """Return what an entity is searched by: its name and town, without accents."""
    return search_key(f"{line.values[_NAME]} {line.values[_CITY]}")[:450]
