"""Templates and data to PDF: A4, tagged (PDF/UA-1), made to last (PDF/A-2a)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import typst

from ols.documents.typeset import lettering

_FOLDER: Final = Path(__file__).parent
_TEMPLATES: Final = _FOLDER / "templates"
_FONTS: Final = _FOLDER / "fonts"
TEMPLATES: Final = frozenset(
    {"acceptance", "decision", "extract", "guide", "invoice", "statement", "table", "terms"}
)


class UnknownTemplate(LookupError):
    """There is no printed document of this name."""


def render_pdf(template_name: str, data: Mapping[str, object]) -> bytes:
    """Print one document.

    `data` comes from the form of the same name in `forms`; it reaches the template as values and is never
    read as markup. The same data give the same bytes. Raises `UnknownTemplate`.
    """
    if template_name not in TEMPLATES:
        raise UnknownTemplate(template_name)
    values = json.dumps(lettering.printable_data(dict(data)), ensure_ascii=False, allow_nan=False)
    pdf: bytes = typst.compile(
        str(_TEMPLATES / f"{template_name}.typ"),
        root=str(_TEMPLATES),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": values},
        pdf_standards=["ua-1", "a-2a"],
    )
    return pdf
