"""Texts of terms as a page shows them: CommonMark without raw HTML."""

from typing import Final

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})
_LOWEST: Final = 6


def to_html(text: str) -> SafeString:
    """Return the rendered text; whatever HTML it holds is shown as letters, never run.

    Headings go below the page's own: equal ones stay equal, and none is more than one level below the
    heading it belongs to, whatever level the text begins with.
    """
    tokens = _MARKDOWN.parse(text)
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            above = [*(tag for tag in above if tag < token.tag), token.tag]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(len(above) + 1, _LOWEST)}"
    return SafeString(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
