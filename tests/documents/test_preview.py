"""A page as a picture, painted apart."""

import io

import pikepdf
import pytest
from PIL import Image

from ols.documents import preview


def pdf(pages: int = 2) -> bytes:
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=["JPEG"])


def test_a_page_becomes_a_picture() -> None:
    assert picture(preview.page(pdf(), kind="pdf", number=2)).size == (1000, 1416)


@pytest.mark.parametrize("number", [0, 3, 21])
def test_a_page_that_is_not_there_is_not_painted(number: int) -> None:
    with pytest.raises(preview.CannotShow):
        preview.page(pdf(), kind="pdf", number=number)


def test_a_broken_file_is_not_painted() -> None:
    for data in (b"%PDF-1.7 rubbish", b""):
        with pytest.raises(preview.CannotShow):
            preview.page(data, kind="pdf", number=1)


def test_a_photo_is_made_smaller() -> None:
    out = io.BytesIO()
    Image.new("RGB", (3000, 1500), (200, 30, 30)).save(out, "JPEG")
    assert picture(preview.page(out.getvalue(), kind="jpeg", number=1)).size == (1000, 500)
    with pytest.raises(preview.CannotShow):
        preview.page(out.getvalue(), kind="jpeg", number=2)
