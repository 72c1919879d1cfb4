"""What a PDF says: columns and fields are read, strangers' files never hurt whoever reads them."""

import io
import json
import subprocess
import zlib

import pikepdf
import pypdf
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ols.documents import apart, pdf_text, text
from ols.documents.verdicts import Unacceptable

GOOD = """
#set page(paper: "a4")
#set text(size: 10pt)
= KSIĘGA REJESTROWA
#grid(columns: (1fr, 1fr), [Nr księgi: 000000017916], [NIP: 526-000-12-46])
zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ
#pagebreak()
Druga strona
"""
MUTATED = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> bytes:
    return typeset(GOOD, tmp_path_factory.mktemp("typst"))


def typeset(source: str, folder) -> bytes:
    path = folder / "source.typ"
    path.write_text(source, encoding="utf-8")
    return typst.compile(str(path))


def pdf(change) -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        change(document)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def with_fields(document):
    fields = [
        document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=name, V=value, **more))
        for name, value, more in [
            ("nip", "526-000-12-46", {}),
            ("pole7", "Świt (demo)", {"TU": "Nazwa podmiotu"}),
        ]
    ]
    document.Root.AcroForm = document.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array(fields)))


def with_xfa(xml: bytes):
    def change(document):
        packets = pikepdf.Array([pikepdf.String("datasets"), document.make_stream(xml)])
        document.Root.AcroForm = pikepdf.Dictionary(XFA=packets, Fields=pikepdf.Array([]))

    return change


def flood(document):
    packed = zlib.compress(b"0" * 300_000_000, 9)
    for _ in range(8):
        packed = zlib.compress(packed, 9)
    stream = document.make_stream(b"")
    stream.write(packed, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 9))
    document.pages[0].obj.Contents = stream


def endless(document):
    page = document.pages[0].obj
    form = document.make_stream(b"/F Do /F Do", Subtype=pikepdf.Name.Form, Type=pikepdf.Name.XObject)
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.Contents = document.make_stream(b"/F Do")


def encrypted(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    return out.getvalue()


def test_lines_columns_and_polish_letters_are_read(good):
    words = text.read(good)
    assert words.verdict == ""
    first, second = words.pages
    assert first[0] == "KSIĘGA REJESTROWA"
    number, _, nip = first[1].partition("   ")
    assert (number, nip.strip()) == ("Nr księgi: 000000017916", "NIP: 526-000-12-46")
    assert first[2] == "zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ"
    assert second == ("Druga strona",)


def test_form_fields_are_read_with_their_hints():
    assert text.read(pdf(with_fields)).fields == (
        ("nip", "526-000-12-46"),
        ("Nazwa podmiotu", "Świt (demo)"),
    )


def test_xfa_data_are_read():
    xml = "<d:data xmlns:d='u'><NIP>5260001246</NIP><adres><ulica>Źródlana</ulica></adres></d:data>".encode()
    assert text.read(pdf(with_xfa(xml))).fields == (("NIP", "5260001246"), ("ulica", "Źródlana"))


@pytest.mark.parametrize(
    "xml",
    [b"<!DOCTYPE a [<!ENTITY b 'lol'>]><a><c>&b;</c></a>", b"<a><b>1</a>", b"", b"\xff\xfe\x00"],
)
def test_hostile_xfa_data_give_nothing(xml):
    assert text.read(pdf(with_xfa(xml))).fields == ()


def test_a_page_without_words_has_none():
    assert text.read(pdf(lambda document: None)) == text.Words(pages=((),))


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (b"", "WRONG_TYPE"),
        (b"\xff\xd8\xff\xe0JFIF", "WRONG_TYPE"),
        (b"%PDF-1.7\n", "BROKEN"),
        (b"%PDF-1.7\n" + b"\x00" * 5_000, "BROKEN"),
    ],
)
def test_what_is_no_pdf_is_said(data, verdict):
    assert text.read(data) == text.Words(verdict=verdict)


def test_an_encrypted_file_is_not_read(good):
    assert text.read(encrypted(good)) == text.Words(verdict="ENCRYPTED")


def test_a_flood_and_an_endless_page_end_within_the_limits():
    for change in (flood, endless):
        words = text.read(pdf(change))
        assert words.verdict in {"TOO_COMPLEX", "BROKEN"} or words.pages == ((),)


def test_a_reader_that_dies_or_hangs_is_a_verdict(monkeypatch):
    def died(command, **options):
        return subprocess.CompletedProcess(command, -9, b"", b"")

    def hung(command, **options):
        raise subprocess.TimeoutExpired(command, options["timeout"])

    for fate in (died, hung):
        monkeypatch.setattr(apart.subprocess, "run", fate)
        assert text.read(b"%PDF-") == text.Words(verdict="TOO_COMPLEX")


def test_no_more_is_read_than_promised(monkeypatch, good):
    monkeypatch.setattr(pdf_text, "MAX_CHARACTERS", 30)
    pages = pdf_text.words(good)["pages"]
    assert sum(len(line) for page in pages for line in page) == 30
    monkeypatch.setattr(pdf_text, "MAX_CHARACTERS", 10_000)
    monkeypatch.setattr(pdf_text, "MAX_PAGES", 1)
    assert len(pdf_text.words(good)["pages"]) == 1


def test_signs_no_database_keeps_are_dropped(monkeypatch):
    found = {"pages": [["a\x00b\ud800c\u200b"]], "fields": [["n\x07", "\udfff"]]}
    monkeypatch.setattr(apart, "answer", lambda module, data: json.dumps(found).encode())
    assert text.read(b"%PDF-") == text.Words(pages=(("a bc ",),), fields=(("n ", ""),))


def mutate(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """Cut out, overwrite or insert at places the strategy chose."""
    for place, length, piece in changes:
        at = place % (len(data) + 1)
        data = data[:at] + piece + data[at + length :]
    return b"%PDF-" + data[5:]


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 1 << 20),
        st.sampled_from([0, 1, 2, 7, 400]),
        st.one_of(
            st.binary(max_size=6),
            st.sampled_from([b"/Kids [1 0 R]", b" 0 R", b"<<", b"99999999999", b"/Length 0", b"/Prev 0"]),
        ),
    ),
    min_size=1,
    max_size=12,
)


def plain(data: bytes) -> bytes:
    """Spread the structure out, so that a changed byte changes more than packed data."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(
            out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    return out.getvalue()


def unguarded(data: bytes) -> None:
    """The planted fault: the library used as it is."""
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        page.extract_text(extraction_mode="layout")


def test_damaged_files_give_words_or_a_verdict(good):
    source, escaped = plain(good), []

    @MUTATED
    @given(CHANGES)
    def tried(changes):
        data = mutate(source, changes)
        try:
            found = pdf_text.words(data)
        except Unacceptable:
            found = {}
        assert set(found) in ({"pages", "fields"}, set())
        try:
            unguarded(data)
        except Exception as error:  # noqa: BLE001 (counting what the guard keeps away)
            escaped.append(error)

    tried()
    assert len(escaped) > 10


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(CHANGES)
def test_damaged_files_do_not_reach_whoever_asks(good, changes):
    words = text.read(mutate(plain(good), changes))
    assert isinstance(words, text.Words)
