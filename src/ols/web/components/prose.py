"""Texts that organizations publish (Markdown) as part of a page."""

from typing import Final

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})
_LOWEST = 6


def render(text: str) -> SafeString:
    """Return the text as HTML. HTML inside it is shown, never obeyed; its headings go below the page's own."""
    tokens = _MARKDOWN.parse(text)
    highest = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=2)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_LOWEST, int(token.tag[1]) - highest + 2)}"
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return mark_safe(html)  # noqa: S308 - made by the renderer with HTML switched off
