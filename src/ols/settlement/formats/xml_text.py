"""XML in and out: reading files of strangers safely, writing text that XML can carry."""

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

# What XML 1.0 cannot carry, control characters that it can, and lone surrogates.
_NOT_PRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BIDIRECTIONAL = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class UnsafeXml(ValueError):
    """The bytes are not XML that may be read; `reason` is TOO_BIG, BROKEN or DOCTYPE."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def clean_text(text: str, *, max_length: int) -> str:
    """Text for one line of a file: no control or direction characters, single spaces, cut to length.

    Polish letters stay: the files are UTF-8.
    """
    visible = _BIDIRECTIONAL.sub("", _NOT_PRINTABLE.sub(" ", text))
    return " ".join(visible.split())[:max_length].rstrip()


def parse_untrusted(data: bytes, *, max_bytes: int) -> etree._Element:
    """Root of an XML file of unknown origin.

    Nothing is fetched, no entity is expanded and no DTD is accepted, so neither external files nor
    entity bombs can come in. Raises `UnsafeXml`.
    """
    if len(data) > max_bytes:
        raise UnsafeXml("TOO_BIG")
    if b"<!DOCTYPE" in data[:4096]:
        raise UnsafeXml("DOCTYPE")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeXml("BROKEN") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml("DOCTYPE")
    return root


def schema_errors(schema: etree.XMLSchema, root: etree._Element) -> list[str]:
    """Every complaint of the schema, as "line: words"; empty if the document is valid."""
    schema.validate(root)
    # The stubs of lxml leave out that the log is iterable.
    complaints: Iterable[Any] = schema.error_log  # type: ignore[assignment]
    return [f"{entry.line}: {entry.message}" for entry in complaints]


def new_root(name: str, namespace: str) -> etree._Element:
    """An empty document whose elements all belong to the namespace, written without prefixes."""
    # The stubs of lxml leave out that None stands for the default namespace.
    return etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})  # type: ignore[dict-item]


def add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """Append an element in the parent's namespace."""
    namespace = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = text
    return element


def to_bytes(root: etree._Element) -> bytes:
    """UTF-8 with an XML declaration and without a byte order mark."""
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
