"""A QR code as one SVG path: it needs neither an image file nor a style of its own."""

from dataclasses import dataclass

import qrcode


@dataclass(frozen=True)
class QrCode:
    """The modules as a path in a square of `size` units."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """Return the code of a text."""
    made = qrcode.QRCode(border=4)
    made.add_data(text)
    rows = made.get_matrix()
    dark = [
        f"M{column} {line}h1v1h-1z"
        for line, row in enumerate(rows)
        for column, is_dark in enumerate(row)
        if is_dark
    ]
    return QrCode(len(rows), "".join(dark))
