"""Each e-mail in both languages says who, what, until when, and where to click."""

import pytest

from ols.notifications import email

CONTEXT = {
    "number": "R/2026/11/0001",
    "amount": "438,92\u00a0zł",
    "provider": "Przychodnia „Żuraw” & Spółka (demo)",
    "insurer": "TU Przykładowe S.A. (demo)",
    "document": "OLS/2026/11/0001",
    "due": "25.11.2026",
    "paid": "23.11.2026",
    "account": "…5387",
    "path": "/panel/settlements/x/",
}


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("statement_confirmed", ("25.11.2026", "OLS/2026/11/0001", "Przychodnia „Żuraw” & Spółka (demo)")),
        ("statement_paid", ("23.11.2026", "TU Przykładowe S.A. (demo)")),
        ("statement_returned", ("…5387", "Przychodnia „Żuraw” & Spółka (demo)")),
    ],
)
def test_what_it_says(mailoutbox, settings, language, template, said):
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    email.send({"to": "a@example.org", "template": template, "context": CONTEXT, "language": language})

    (message,) = mailoutbox
    assert "R/2026/11/0001" in message.subject
    for words in (*said, "438,92\u00a0zł", "http://127.0.0.1:8000/panel/settlements/x/"):
        assert words in message.body
