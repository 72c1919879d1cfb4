"""One Markdown source a message and language: the text part is the source, the HTML part its rendering."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def send(payload: Mapping[str, object]) -> None:
    """Deliver what `enqueue_email` promised.

    The template's first line is the subject, the rest the message. Values are data, not
    markup: they are escaped for Markdown before they enter it (filter `plain` of the page tags).
    """
    context = {"public_url": settings.PUBLIC_URL, **_mapping(payload["context"])}
    language = str(payload["language"])
    with translation.override(language):
        text = render_to_string(f"emails/{language}/{payload['template']}.md", context)
        subject, _, body = text.strip().partition("\n")
        html = render_to_string(
            "emails/base.html", {"body": _MARKDOWN.render(body), "language": language, "subject": subject}
        )
    message = EmailMultiAlternatives(subject=subject.strip(), body=body.strip(), to=[str(payload["to"])])
    message.attach_alternative(html, "text/html")
    message.send()


def _mapping(value: object) -> dict[str, object]:
    """Narrow the payload's context, which `enqueue_email` wrote as a JSON object."""
    if not isinstance(value, dict):
        raise TypeError("an e-mail's context is a JSON object")
    return value
