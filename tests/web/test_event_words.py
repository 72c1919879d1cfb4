"""Every event the code records has Polish and English words, and the test would see one without."""

import textwrap

from django.utils import translation
from tests.architecture import source
from tests.web import events_in_source

from ols.web.components import event_words

PLANTED = """
    from ols.audit import services as audit

    def pay(actor, at):
        audit.record(event="invoice.forge", subject_kind="invoice", actor=actor, at=at)
        _note("invoice.hide", actor)

    def guess(actor, name):
        audit.record(event=f"invoice.{name}", subject_kind="invoice", actor=actor)

    def _note(event, actor):
        audit.record(event=event, subject_kind="invoice", actor=actor)
"""


def test_every_event_in_the_source_has_words():
    found, unread = events_in_source.events(source.modules())
    assert unread == []
    assert {"claim.authorize", "plan.draft_terms", "user.block", "bank_entry.match"} <= found
    assert sorted(found - set(event_words.EVENTS)) == []


def test_the_words_are_in_both_languages():
    tables = (event_words.EVENTS, event_words.SUBJECTS, event_words.CHANNELS)
    for table in tables:
        texts = {}
        for language in ("en", "pl"):
            with translation.override(language):
                texts[language] = {code: str(words) for code, words in table.items()}
        assert all(texts["en"].values())
        assert [code for code in table if texts["en"][code] == texts["pl"][code]] == [
            code for code in table if code == "api"
        ]


def test_an_event_without_words_is_found(tmp_path, monkeypatch):
    """Negative control: planted events, plain, through a helper, and one nobody could read."""
    monkeypatch.setattr(source, "SOURCE", tmp_path)
    path = tmp_path / "claims" / "services.py"
    path.parent.mkdir()
    path.write_text(textwrap.dedent(PLANTED), encoding="utf-8")
    found, unread = events_in_source.events([path])
    assert found - set(event_words.EVENTS) == {"invoice.forge", "invoice.hide"}
    assert unread == ["claims/services.py:9"]
