"""A page of a stored file as a picture, so that a browser shows it without opening the file itself."""

import io
from typing import Final

from PIL import Image

from ols.documents import apart

# So many pages are shown; the whole file can be downloaded.
MOST_PAGES: Final = 20
_WIDTH: Final = 1000


class CannotShow(Exception):
    """The page cannot be painted: there is none, or it takes too much."""


def page(content: bytes, *, kind: str, number: int) -> bytes:
    """Return the page (counted from 1) as a JPEG of readable size.

    :raises CannotShow: no such page, or painting it takes too long or too much memory
    """
    if kind == "jpeg" and number == 1:
        return _smaller(content)
    if kind != "pdf" or not 1 <= number <= MOST_PAGES:
        raise CannotShow
    answer = apart.answer("ols.documents.preview_child", number.to_bytes(2) + content)
    if not answer:
        raise CannotShow
    return answer


def _smaller(content: bytes) -> bytes:
    """Return our own re-saved picture no wider than a page is shown."""
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
        image.draft("RGB", (_WIDTH, 2 * _WIDTH))  # unpacks no more pixels than are shown
        image.thumbnail((_WIDTH, 2 * _WIDTH))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=85)
    return out.getvalue()
