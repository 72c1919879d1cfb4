"""A PDF written anew without anything that acts, hides or unpacks to a flood."""

import io
import zlib
from collections.abc import Iterator
from typing import Final

import pikepdf

from ols.documents.verdicts import Unacceptable, Verdict

MAX_PAGES: Final = 1_000
# A color page scanned at 600 dpi unpacks to 105 MB; drawing commands never come near 30 MB.
_MAX_IMAGE_BYTES: Final = 150_000_000
_MAX_STREAM_BYTES: Final = 30_000_000
_MAX_TOTAL_BYTES: Final = 600_000_000
_CHUNK: Final = 1 << 20

# Actions that run code, start programs, open or send files. Links inside the document and to web pages stay.
_ACTIVE_ACTIONS: Final = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/ResetForm",
        "/GoToR",
        "/GoToE",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/RichMediaExecute",
        "/GoTo3DView",
        "/Hide",
        "/SetOCGState",
        "/Thread",
    }
)
_ACTIVE_ANNOTATIONS: Final = frozenset(
    {
        "/FileAttachment",
        "/RichMedia",
        "/Movie",
        "/Sound",
        "/Screen",
        "/3D",
    }
)
_ACTIVE_KEYS: Final = frozenset(
    {
        "/OpenAction",
        "/AA",
        "/JS",
        "/JavaScript",
        "/EmbeddedFiles",
        "/EF",
        "/AF",
        "/XFA",
        "/Collection",
        "/RichMediaContent",
    }
)
# A font or picture may happen to be called /AA or /JS in a list of resources.
_RESOURCES: Final = frozenset(
    {
        "/Font",
        "/ExtGState",
        "/XObject",
        "/Pattern",
        "/Image",
        "/Form",
    }
)


def clean(data: bytes) -> tuple[bytes, int]:
    """The same pages as a new file, and how many they are.

    Raises `Unacceptable`: BROKEN (damaged, cut off, no pages), ENCRYPTED (any password, even only the
    owner's) or TOO_COMPLEX (too many pages or too much data inside).
    """
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            pages = _check_openness(pdf)
            _check_streams(pdf)
            remove_active_parts(pdf)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True, encryption=False)
        return _confirmed(out.getvalue()), pages
    except pikepdf.PasswordError as error:
        raise Unacceptable(Verdict.ENCRYPTED) from error
    except (pikepdf.PdfError, zlib.error, ValueError, TypeError, KeyError) as error:
        raise Unacceptable(Verdict.BROKEN) from error


def remove_active_parts(pdf: pikepdf.Pdf) -> int:
    """Take every acting part out of the document; returns how many there were."""
    return sum(_strip(container) for root in pdf.objects for container in _containers(root))


def _confirmed(cleaned: bytes) -> bytes:
    """Open what was written and make sure that nothing acting is left in it."""
    with pikepdf.open(io.BytesIO(cleaned), attempt_recovery=False, suppress_warnings=True) as pdf:
        if remove_active_parts(pdf) != 0:
            raise Unacceptable(Verdict.BROKEN)
    return cleaned


def _check_openness(pdf: pikepdf.Pdf) -> int:
    if pdf.is_encrypted:
        raise Unacceptable(Verdict.ENCRYPTED)
    pages = len(pdf.pages)
    if pages == 0:
        raise Unacceptable(Verdict.BROKEN)
    if pages > MAX_PAGES:
        raise Unacceptable(Verdict.TOO_COMPLEX)
    return pages


def _check_streams(pdf: pikepdf.Pdf) -> None:
    left = _MAX_TOTAL_BYTES
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            is_image = str(item.get("/Subtype", "")) == "/Image"
            left -= _unpacked_size(item, min(left, _MAX_IMAGE_BYTES if is_image else _MAX_STREAM_BYTES))


def _unpacked_size(stream: pikepdf.Stream, limit: int) -> int:
    """Bytes the stream holds once unpacked; raises TOO_COMPLEX as soon as the limit is passed."""
    raw = stream.read_raw_bytes()
    if str(stream.get("/Filter", "")) != "/FlateDecode":
        # Rare chains of filters are unpacked by the library, under the memory limit of the process.
        size = len(raw) if "/Filter" not in stream else _library_size(stream, len(raw))
        if size > limit:
            raise Unacceptable(Verdict.TOO_COMPLEX)
        return size
    unpacker = zlib.decompressobj()
    size = 0
    while raw and not unpacker.eof:
        size += len(unpacker.decompress(raw, _CHUNK))
        raw = unpacker.unconsumed_tail
        if size > limit:
            raise Unacceptable(Verdict.TOO_COMPLEX)
    return size


def _library_size(stream: pikepdf.Stream, packed_size: int) -> int:
    try:
        return len(stream.read_bytes())
    except pikepdf.PdfError:
        # Pictures in JPEG, fax or JPEG 2000 coding are not unpacked at all.
        return packed_size


def _containers(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The object and everything written directly inside it, without following references."""
    waiting = [root]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            continue
        yield item
        children = item if isinstance(item, pikepdf.Array) else (item[key] for key in item.keys())  # noqa: SIM118 - a PDF object iterates otherwise
        waiting.extend(
            child for child in children if isinstance(child, pikepdf.Object) and not child.is_indirect
        )


def _strip(container: pikepdf.Object) -> int:
    if isinstance(container, pikepdf.Array):
        doomed = [index for index, value in enumerate(container) if _acts(value)]
        for index in reversed(doomed):
            del container[index]
        return len(doomed)
    # A stream with /F takes its content from another file.
    external = {"/F", "/FFilter"} if isinstance(container, pikepdf.Stream) else set()
    names = [
        key
        for key in container.keys()  # noqa: SIM118 - a PDF object iterates otherwise
        if key in external
        or _acts(container[key])
        or (key in _ACTIVE_KEYS and not _is_resource(container[key]))
    ]
    for name in names:
        del container[name]
    return len(names)


def _acts(value: object) -> bool:
    if not isinstance(value, pikepdf.Dictionary):
        return False
    return (
        str(value.get("/S", "")) in _ACTIVE_ACTIONS or str(value.get("/Subtype", "")) in _ACTIVE_ANNOTATIONS
    )


def _is_resource(value: object) -> bool:
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return bool({str(value.get("/Type", "")), str(value.get("/Subtype", ""))} & _RESOURCES)
