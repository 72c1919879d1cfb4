"""Tables and instructions: printed without forms of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ols.documents.typeset import markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePrint:
    """A table with a few facts above it; every text is printed as it is, amounts come written out.

    `columns` are titles with "left" or "right"; `facts` are labels with values.
    """

    title: str
    facts: Sequence[tuple[str, str]]
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]
    made_at: datetime

    def data(self) -> dict[str, object]:
        """Texts for the template."""
        return {
            "created": _moment(self.made_at),
            "title": self.title,
            "facts": [list(fact) for fact in self.facts],
            "columns": [title for title, _ in self.columns],
            "sides": [side for _, side in self.columns],
            "rows": [list(row) for row in self.rows],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePrint:
    """An instruction written in Markdown; `owner` stands under the title."""

    title: str
    owner: str
    text: str
    made_at: datetime

    def data(self) -> dict[str, object]:
        """Texts and blocks for the template."""
        return {
            "created": _moment(self.made_at),
            "title": self.title,
            "owner": self.owner,
            "blocks": markdown.blocks(self.text),
        }


def _moment(moment: datetime) -> dict[str, int]:
    """Return the moment as numbers in UTC: it becomes the date of the file."""
    utc = moment.astimezone(UTC)
    return {part: getattr(utc, part) for part in ("year", "month", "day", "hour", "minute", "second")}
