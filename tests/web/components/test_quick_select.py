"""The quick list to choose from is Django's own, letter for letter of what counts."""

import re

from django import forms

from ols.web.components.fields import QuickSelect

CHOICES = [("", "wszystkie"), ("a", "A & <b>"), ("b", 'B "c"'), (3, "trzy")]


def written(widget: type[forms.Select], value: object) -> list[str]:
    class Chosen(forms.Form):
        one = forms.ChoiceField(choices=CHOICES, widget=widget, required=False, help_text="x")

    html = str(Chosen({"one": value})["one"])
    # The order of attributes and white space between elements mean nothing.
    return [" ".join(sorted(part.split())) for part in re.split(r"\s*[<>]\s*", html)]


def test_it_is_the_same_html() -> None:
    for value in ("", "a", "b", "3", "nothing", '"><script>'):
        assert written(QuickSelect, value) == written(forms.Select, value)
    # Negative control: another choice is another page.
    assert written(QuickSelect, "a") != written(forms.Select, "b")
