"""Terms written in Markdown as a list of blocks: headings, paragraphs and lists, nothing else."""

from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

# The smallest set of rules: no HTML, links, pictures or tables; what they look like stays text.
_PARSER: Final = MarkdownIt("zero").enable(["heading", "list", "emphasis", "escape", "newline"])
_MAX_LEVEL: Final = 3


def blocks(text: str) -> list[dict[str, object]]:
    """Blocks in reading order: `kind` heading, paragraph or item; `runs` of text with `strong` or not.

    A heading also has its `level`: 1 for the first, never more than one below the heading before it,
    since a tagged document may not skip levels however its author numbered them.
    An item also has its `depth` (1 at the margin) and its `marker` ("1." or a bullet).
    """
    return list(_blocks(_PARSER.parse(text)))


def _blocks(tokens: list[Token]) -> Iterator[dict[str, object]]:
    numbers: list[int | None] = []
    fresh_item = False
    level = last_level = 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            numbers.append(None if token.type[0] == "b" else int(token.attrGet("start") or 1) - 1)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            numbers.pop()
        elif token.type == "list_item_open":
            last = numbers[-1]
            numbers[-1] = None if last is None else last + 1
            fresh_item = True
        elif token.type == "heading_open":
            level = last_level = min(int(token.tag[1:]), last_level + 1, _MAX_LEVEL)
        elif token.type == "inline":
            yield _block(token, level, numbers, fresh_item=fresh_item)
            level, fresh_item = 0, False


def _block(token: Token, level: int, numbers: list[int | None], *, fresh_item: bool) -> dict[str, object]:
    runs = list(_runs(token.children or []))
    if level:
        return {"kind": "heading", "level": level, "runs": runs}
    if not numbers:
        return {"kind": "paragraph", "runs": runs}
    number = numbers[-1]
    marker = "" if not fresh_item else "•" if number is None else f"{number}."
    return {"kind": "item", "depth": len(numbers), "marker": marker, "runs": runs}


def _runs(children: list[Token]) -> Iterator[dict[str, object]]:
    strong = 0
    for child in children:
        if child.type in ("strong_open", "strong_close"):
            strong += child.nesting
        elif child.type in ("softbreak", "hardbreak"):
            yield {"text": " ", "strong": strong > 0}
        elif child.content:
            yield {"text": child.content, "strong": strong > 0}
