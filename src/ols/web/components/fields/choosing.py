"""A list to choose from, written at once: Django renders a template for every option."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class QuickSelect(forms.Select):
    """The same HTML as `forms.Select` gives, without groups of options."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 the signature is Django's
    ) -> SafeString:
        """Write the element with its options."""
        chosen = {str(one) for one in self.format_value(value)}
        options = (
            (key, SafeString(" selected") if str(key) in chosen else "", label) for key, label in self.choices
        )
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            format_html_join("\n", '<option value="{}"{}>{}</option>', options),
        )
