"""Texts of terms as a page shows them: CommonMark without raw HTML."""

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def to_html(text: str) -> SafeString:
    """Return the rendered text; whatever HTML it holds is shown as letters, never run."""
    return mark_safe(_MARKDOWN.render(text))  # noqa: S308 (the renderer escapes all but its own tags)
