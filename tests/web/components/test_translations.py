"""Every text has its Polish, and the checks notice when one has not."""

import io
from textwrap import dedent

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from ols.web.components import translations
from ols.web.components.translations import Message

PYTHON = """
    from django.utils.translation import gettext as _, ngettext
    first = _("The claim was sent.")
    second = ngettext("%(count)s claim", "%(count)s claims", 3)
    third = pgettext("plan", "Terms")
    unknown = _(variable)
"""
TEMPLATE = """
    <c-heading title="{% translate 'Claims' %}" />
    {% blocktranslate count counter=n %}{{ counter }} day{% plural %}{{ counter }} days{% endblocktranslate %}
    {% translate "Terms" context "plan" %}
"""
POLISH = {
    Message("Claims"): ["Wnioski"],
    Message("Terms", context="plan"): ["Warunki"],
    Message("The claim was sent."): ["Wniosek został wysłany."],
    Message("%(count)s claim", "%(count)s claims"): [
        "%(count)s wniosek",
        "%(count)s wnioski",
        "%(count)s wniosków",
    ],
    Message("%(counter)s day", "%(counter)s days"): ["%(counter)s dzień", *["%(counter)s dni"] * 2],
}


@pytest.fixture
def source(tmp_path):
    (tmp_path / "views.py").write_text(dedent(PYTHON), encoding="utf-8")
    (tmp_path / "list.html").write_text(dedent(TEMPLATE), encoding="utf-8")
    return translations.used(tmp_path)


def catalog(polish):
    made = polib.POFile()
    for key, forms in polish.items():
        plural = dict(enumerate(forms)) if key.plural else {}
        made.append(
            polib.POEntry(
                msgid=key.text,
                msgctxt=key.context or None,
                msgid_plural=key.plural,
                msgstr="" if plural else forms[0],
                msgstr_plural=plural,
            )
        )
    return made


def test_messages_of_code_and_templates_are_found(source):
    assert source.keys() == POLISH.keys()
    assert source[Message("The claim was sent.")] == "views.py:3"
    assert source[Message("Claims")] == "list.html:2"


def test_a_complete_catalog_has_no_problems(source):
    assert translations.problems(source, catalog(POLISH)) == []


@pytest.mark.parametrize(
    ("key", "forms", "problem"),
    [
        (Message("Claims"), [""], "not translated: 'Claims'"),
        (Message("Claims"), ["Wnioski %(n)s"], "other placeholders than the message: 'Claims'"),
        (Message("Claims"), ["Proszę, wnioski"], "an unwanted word: 'Claims'"),
        (Message("Claims"), ["słowo " * 21], "a sentence of more than 20 words: 'Claims'"),
        (
            Message("%(count)s claim", "%(count)s claims"),
            ["%(count)s wniosek", "%(count)s wnioski", ""],
            "not translated: '%(count)s claim'",
        ),
        (Message("Gone"), ["Nie ma"], "nothing uses 'Gone'"),
    ],
)
def test_each_fault_is_named(source, key, forms, problem):
    assert translations.problems(source, catalog({**POLISH, key: forms})) == [problem]


def test_a_missing_message_is_named_with_its_place(source):
    known = {key: forms for key, forms in POLISH.items() if key.text != "Claims"}
    assert translations.problems(source, catalog(known)) == ["list.html:2: no translation of 'Claims'"]


def test_catalogs_that_disagree_are_reported_and_the_later_one_counts(source):
    other = catalog({Message("Claims"): ["Roszczenia"], Message("Gone"): ["Nie ma"]})
    assert translations.disagreements(catalog(POLISH), other) == ["'Claims': 'Wnioski' or 'Roszczenia'"]
    result = translations.merged(source, catalog(POLISH), other)
    assert [entry.msgstr for entry in result if entry.msgid == "Claims"] == ["Roszczenia"]
    assert "Gone" not in [entry.msgid for entry in result]


def test_the_command_writes_compiles_and_notices_a_stale_file(tmp_path):
    new = tmp_path / "new.po"
    messages = translations.used(settings.ROOT / "src" / "ols")
    everything = {key: ["ó"] * 3 if key.plural else [_same_placeholders(key.text)] for key in messages}
    catalog(everything).save(str(new))
    call_command("check_translations", write=True, merge=[new], locale=tmp_path, stdout=io.StringIO())
    said = io.StringIO()
    call_command("check_translations", locale=tmp_path, stdout=said)
    assert said.getvalue().strip() == f"{len(messages)} messages, all in Polish"
    (tmp_path / "django.mo").write_bytes(b"old")
    with pytest.raises(CommandError, match=r"django\.mo is not what django\.po compiles to"):
        call_command("check_translations", locale=tmp_path)


def _same_placeholders(text):
    """Return a short text with the message's placeholders."""
    return "ó " + " ".join(translations._PLACEHOLDER.findall(text))
