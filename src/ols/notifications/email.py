"""One Markdown source a message and language: the text part is the source, the HTML part its rendering."""

import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from mimetypes import guess_type

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.utils import translation
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
# Numbers, addresses and secrets of links hold nothing that Markdown would take for markup.
_HARMLESS = re.compile(r"[\w .,:/@+%-]*")
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+.!|<>&~-])")


@dataclass(frozen=True, slots=True)
class File:
    """A file to go with a letter."""

    name: str
    content: bytes
    type: str


def send(payload: Mapping[str, object], made: Sequence[File] = ()) -> None:
    """Deliver what `enqueue_email` promised, with files made at the time of sending.

    The template's first line is the subject, the rest the message. Values are data, never markup: the
    text part shows them as they are, for the HTML part they are escaped before Markdown is rendered.
    """
    language = str(payload["language"])
    name = f"emails/{language}/{payload['template']}.md"
    context = {"public_url": settings.PUBLIC_URL, **_mapping(payload["context"])}
    with translation.override(language):
        subject, _, text = _written(name, context).partition("\n")
        _, _, source = _written(name, {key: _escaped(value) for key, value in context.items()}).partition(
            "\n"
        )
        html = render_to_string(
            "emails/base.html",
            {"body": _MARKDOWN.render(source), "language": language, "subject": subject.strip()},
        )
    message = EmailMultiAlternatives(subject=subject.strip(), body=text.strip(), to=[str(payload["to"])])
    message.attach_alternative(html, "text/html")
    for file_name, content in _mapping(payload.get("attachments", {})).items():
        message.attach(file_name, str(content), "text/plain")
    for file_name, content in _mapping(payload.get("files", {})).items():
        message.attach(file_name, b64decode(str(content)), guess_type(file_name)[0])
    for file in made:
        message.attach(file.name, file.content, file.type)
    message.send()


def _written(name: str, context: Mapping[str, object]) -> str:
    """Fill the template in; its output is Markdown, so nothing is escaped for HTML here."""
    template: Template = get_template(name).template  # type: ignore[attr-defined]  # Django's own backend
    return str(template.render(Context(dict(context), autoescape=False))).strip()


def _escaped(value: object) -> object:
    """Return the value with every text in it escaped for Markdown."""
    if isinstance(value, str):
        return value if _HARMLESS.fullmatch(value) else _MARKUP.sub(r"\\\1", value)
    if isinstance(value, list):
        return [_escaped(item) for item in value]
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items()}
    return value


def _mapping(value: object) -> dict[str, object]:
    """Narrow the payload's context, which `enqueue_email` wrote as a JSON object."""
    if not isinstance(value, dict):
        raise TypeError("an e-mail's context is a JSON object")
    return value
