"""What a clinic says of itself beside what the register knows of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ols.db.errors import NotFound
from ols.kernel.sortkey import search_key
from ols.registry import selectors as registry

# The fields both sides have, in the order of the page; the last ones people may lawfully have otherwise.
COMPARED = ("name", "nip", "street", "postal_code", "city", "phone", "email")
MAY_DIFFER = frozenset({"phone", "email"})
_ADDRESS = ("street", "postal_code", "city")


@dataclass(frozen=True)
class CheckedField:
    """One field as the clinic and as the register has it; empty `known`: the register has none."""

    name: str
    said: str
    known: str
    differs: bool


@dataclass(frozen=True)
class RegisterCheck:
    """The clinic beside its entry; without an entry there is nothing to compare and `standing` is empty.

    `places` are the entity's addresses besides its seat; `matched` the one that the clinic's address agrees
    with, compared instead of the seat: a clinic may be a branch.
    """

    facility: registry.FacilityRow
    entry: registry.EntryRow | None
    standing: str
    fields: tuple[CheckedField, ...]
    cells: tuple[registry.CellRow, ...]
    areas: frozenset[str]
    alerts: tuple[registry.AlertRow, ...]
    places: tuple[registry.PlaceRow, ...] = ()
    matched: registry.PlaceRow | None = None

    @property
    def differing(self) -> tuple[str, ...]:
        """Which fields differ that should not."""
        return tuple(row.name for row in self.fields if row.differs and row.name not in MAY_DIFFER)


def register_check(*, organization_id: int, on: date) -> RegisterCheck:
    """Compare a clinic with its register entry, for somebody entitled to its offer.

    :raises ols.db.errors.NotFound: the organization has no facility
    """
    facility = registry.facility_of(organization_id=organization_id)
    book = facility.register_book_no
    entry = _entry(book)
    known = _besides(entry) if entry else ()
    branch = _branch(facility, entry, known)
    return RegisterCheck(
        facility=facility,
        entry=entry,
        standing=entry.standing(on) if entry else "",
        fields=tuple(
            _field(name, facility, branch if branch and name in _ADDRESS else entry) for name in COMPARED
        ),
        cells=tuple(registry.cells(register_book_no=book)) if book else (),
        areas=registry.suggested_areas(register_book_no=book) if book else frozenset(),
        alerts=registry.alerts_in_force(organization_id=organization_id),
        places=known,
        matched=branch,
    )


def _entry(book: str) -> registry.EntryRow | None:
    try:
        return registry.entry(register_book_no=book)
    except NotFound:
        return None


def _besides(entry: registry.EntryRow) -> tuple[registry.PlaceRow, ...]:
    """Return the addresses of the entity that are not its seat's."""
    found = registry.places(register_book_no=entry.register_book_no)
    return tuple(
        place
        for place in found
        if any(_same(name, getattr(place, name)) != _same(name, getattr(entry, name)) for name in _ADDRESS)
    )


def _branch(
    facility: registry.FacilityRow, entry: registry.EntryRow | None, known: Iterable[registry.PlaceRow]
) -> registry.PlaceRow | None:
    """Return the place the clinic's address is of, unless it is that of the seat."""
    if entry is None or _agrees(facility, entry):
        return None
    return next((place for place in known if _agrees(facility, place)), None)


def _agrees(facility: registry.FacilityRow, known: registry.EntryRow | registry.PlaceRow) -> bool:
    return not any(_field(name, facility, known).differs for name in _ADDRESS)


def _field(
    name: str, facility: registry.FacilityRow, entry: registry.EntryRow | registry.PlaceRow | None
) -> CheckedField:
    said = facility.organization_name if name == "name" else str(getattr(facility, name))
    known = str(getattr(entry, name)) if entry else ""
    # What the register leaves empty contradicts nobody.
    return CheckedField(name, said, known, bool(known) and _same(name, said) != _same(name, known))


def _same(name: str, value: str) -> str:
    """Return the value as it is compared: case, accents, spaces and the country's prefix do not matter."""
    if name in {"nip", "phone"}:
        return "".join(filter(str.isdigit, value))[-10 if name == "nip" else -9 :]
    return search_key(value)
