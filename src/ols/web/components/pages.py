"""Pages of a long list: numbers only; the selector fetches the rows."""

from dataclasses import dataclass

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Pages:
    """Where in a list of `total` rows the shown page is; `number` counts from 1."""

    total: int
    number: int
    size: int

    @property
    def count(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """Number of the first row shown, counting from 1."""
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.total, self.offset + self.size)

    @property
    def previous(self) -> int | None:
        """Number of the page before, if any."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """Number of the page after, if any."""
        return self.number + 1 if self.number < self.count else None


def paginate(*, total: int, wanted: str | None, size: int = PAGE_SIZE) -> Pages:
    """Return the page asked for in the address; nonsense gives the first, too high the last."""
    number = int(wanted) if wanted and wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 1
    last = max(1, -(-total // size))
    return Pages(total=total, number=min(max(1, number), last), size=size)
