"""Texts that organizations publish (Markdown) as part of a page."""

from typing import Final

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})
_LOWEST = 6


def render(text: str) -> SafeString:
    """Return the text as HTML; HTML inside it is shown, never obeyed.

    Headings go below the page's own, and none is more than one level below the heading before it.
    """
    tokens = _MARKDOWN.parse(text)
    level = 0
    for token in tokens:
        if token.type == "heading_open":
            level = min(int(token.tag[1:]), level + 1)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(level + 1, _LOWEST)}"
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return mark_safe(html)  # noqa: S308 - made by the renderer with HTML switched off
