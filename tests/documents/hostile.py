"""Files as nobody should send them, made byte by byte, and how the check of uploads takes them."""

import io

import pikepdf
import pytest
from PIL import Image

from ols.documents import clean_pdf, content

SOURCE = b"app.alert('demo')"


def jpeg(size=(40, 30), *, mode="RGB", color=(200, 30, 30), **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, "JPEG", **options)
    return out.getvalue()


def pdf(change=None, **save) -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        if change is not None:
            change(document)
        out = io.BytesIO()
        document.save(out, **save)
        return out.getvalue()


def check(data: bytes) -> content.CheckedFile:
    return content.check_upload(io.BytesIO(data))


def refusal(data: bytes | None, **options) -> content.UploadRefused:
    with pytest.raises(content.UploadRefused) as caught:
        content.check_upload(None if data is None else io.BytesIO(data), **options)
    assert "%(" not in str(caught.value)
    return caught.value


def action(kind: str, **more) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


def annotate(document: pikepdf.Pdf, **fields) -> None:
    annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **fields)
    page = document.pages[0].obj
    page.Annots = document.make_indirect(pikepdf.Array([document.make_indirect(annotation)]))


def open_javascript(document):
    document.Root.OpenAction = action("JavaScript", JS=pikepdf.String("app.alert(1)"))


def named_javascript(document):
    script = document.make_indirect(action("JavaScript", JS=document.make_stream(SOURCE)))
    names = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script]))
    document.Root.Names = pikepdf.Dictionary(JavaScript=names)


def page_actions(document):
    document.pages[0].obj.AA = pikepdf.Dictionary(O=action("Launch", F=pikepdf.String("calc.exe")))


def launching_link(document):
    annotate(document, Subtype=pikepdf.Name.Link, A=action("Launch", F=pikepdf.String("calc.exe")))


def chained_action(document):
    following = pikepdf.Array([action("SubmitForm", F=pikepdf.String("http://example.org"))])
    annotate(document, Subtype=pikepdf.Name.Link, A=action("GoTo", D=pikepdf.Array([]), Next=following))


def attachment(document):
    document.attachments["tool.exe"] = b"MZ"


def attachment_annotation(document):
    stream = document.make_stream(SOURCE, Type=pikepdf.Name.EmbeddedFile)
    spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="a.exe", EF=pikepdf.Dictionary(F=stream))
    annotate(document, Subtype=pikepdf.Name.FileAttachment, FS=spec)


def xfa_form(document):
    form = pikepdf.Dictionary(XFA=document.make_stream(b"<xdp/>"), Fields=pikepdf.Array([]))
    document.Root.AcroForm = form


def external_stream(document):
    document.pages[0].obj.Contents = document.make_stream(b"", F=pikepdf.String("/etc/passwd"))


ACTIVE = [
    open_javascript,
    named_javascript,
    page_actions,
    launching_link,
    chained_action,
    attachment,
    attachment_annotation,
    xfa_form,
    external_stream,
]


def active_parts(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as document:
        return clean_pdf.remove_active_parts(document)
