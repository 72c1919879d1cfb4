"""A picture painted anew: only its pixels survive."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from ols.documents.verdicts import MAX_PIXELS, Unacceptable, Verdict

_QUALITY = 90


def clean(data: bytes) -> bytes:
    """The same picture as a new JPEG, upright, without metadata, comments or anything appended.

    Raises `Unacceptable`: WRONG_TYPE, BROKEN (also when cut off) or TOO_COMPLEX (too many pixels).
    """
    # The size is checked below, before any pixel is unpacked; a warning would only repeat it.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Unacceptable(Verdict.TOO_COMPLEX)
            image.load()
            upright = ImageOps.exif_transpose(image)
            return _encoded(upright)
    except UnidentifiedImageError as error:
        raise Unacceptable(Verdict.BROKEN) from error
    except Image.DecompressionBombError as error:
        raise Unacceptable(Verdict.TOO_COMPLEX) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Unacceptable(Verdict.BROKEN) from error


def _encoded(image: Image.Image) -> bytes:
    painted = image.convert("L" if image.mode == "L" else "RGB")
    # Pillow writes comments and profiles it finds here into the new file.
    painted.info.clear()
    out = io.BytesIO()
    painted.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
