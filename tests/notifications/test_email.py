"""What an e-mail looks like when it leaves."""

import re

import pytest
from django.core import mail
from django.template.utils import get_app_template_dirs

from ols.notifications import email

HOSTILE = "Firma & Syn [tu](https://evil.example.org) <b>*x*"


def sent(context: dict[str, object], **more: object) -> mail.EmailMultiAlternatives:
    email.send(
        {"to": "a@example.org", "template": "password_link", "language": "pl", "context": context, **more}
    )
    message = mail.outbox[-1]
    assert isinstance(message, mail.EmailMultiAlternatives)
    return message


def test_values_are_shown_as_they_are_and_never_become_markup(settings) -> None:
    settings.PUBLIC_URL = "http://ols.example.org"
    message = sent({"secret": HOSTILE, "hours": 24})
    assert message.subject == "System OLS: ustaw hasło"
    assert f"http://ols.example.org/password/{HOSTILE}/" in message.body
    html = str(message.alternatives[0][0])
    assert "Firma &amp; Syn [tu](https://evil.example.org) &lt;b&gt;*x*" in html
    assert "<a " not in html


def test_the_secret_of_a_link_stays_whole_in_both_parts() -> None:
    message = sent({"secret": "a_b-c_d", "hours": 24})
    assert "/password/a_b-c_d/" in message.body
    assert "/password/a_b-c_d/" in str(message.alternatives[0][0])


def test_attachments_are_texts() -> None:
    message = sent({"secret": "x", "hours": 24}, attachments={"regulamin.txt": "Treść"})
    assert message.attachments == [("regulamin.txt", "Treść", "text/plain")]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_address_of_ours_is_a_link_in_the_html_part(language) -> None:
    """A bare address is mere text in HTML: whoever reads mail in a browser could not click it."""
    folders = [folder / "emails" / language for folder in get_app_template_dirs("templates")]
    sources = [path for folder in folders for path in folder.glob("*.md")]
    assert len(sources) > 40
    bare = re.compile(r"(?<!<)\{\{ public_url")
    assert [path.name for path in sources if bare.search(path.read_text())] == []
