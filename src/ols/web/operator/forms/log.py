"""Narrowing the log of everything."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ols.accounts import oversight
from ols.audit.log import LogFilters
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.web.components import event_words, fields
from ols.web.components.forms import Form

_ALL = ("", pgettext_lazy("log", "All"))


class LogFilter(Form):
    """Period, what happened to what, who for whom, through what and from where."""

    since = fields.DateField(label=_("From the day"), required=False)
    until = fields.DateField(label=_("To the day"), required=False)
    event = forms.ChoiceField(label=_("What happened"), required=False)
    subject_kind = forms.ChoiceField(label=_("To what"), required=False)
    organization = forms.CharField(label=_("For whom: NIP or name"), max_length=100, required=False)
    person = forms.CharField(label=_("Who: e-mail or name"), max_length=120, required=False)
    channel = forms.ChoiceField(label=_("Through what"), required=False)
    ip = forms.GenericIPAddressField(
        label=_("Network address"),
        required=False,
        error_messages={"invalid": _("Network address: enter one like 192.0.2.7.")},
    )
    looking = forms.BooleanField(label=_("Also who looked at the log"), required=False)
    subject = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, kinds: dict[str, str], *args: Any, **kwargs: Any) -> None:
        """Offer what exists: `kinds` are the events that happened, with the kinds of their subjects."""
        super().__init__(*args, **kwargs)
        self._offer("event", {code: str(event_words.title(code)) for code in kinds})
        self._offer("subject_kind", {code: str(event_words.subject(code)) for code in kinds.values()})
        self._offer("channel", {code: str(words) for code, words in event_words.CHANNELS.items()})

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("To the day: choose a day not before the first one."))
        return given

    def filters(self, actor: Actor) -> LogFilters:
        """Return the filters as the selector takes them; names become ids."""
        given = self.cleaned_data
        firm, person = given["organization"].strip(), given["person"].strip()
        return LogFilters(
            since=_begin(given["since"]) if given["since"] else None,
            until=_begin(given["until"] + timedelta(days=1)) if given["until"] else None,
            event=given["event"],
            subject_kind=given["subject_kind"],
            subject_uuid=given["subject"],
            organization_ids=oversight.organization_ids(actor, text=firm) if firm else None,
            user_ids=oversight.person_ids(actor, text=person) if person else None,
            channel=given["channel"],
            ip=given["ip"],
            with_looking=given["looking"],
        )

    def _offer(self, name: str, words: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_ALL, *sorted(words.items(), key=lambda item: item[1].lower())]


def _begin(day: Any) -> datetime:
    """Return when the day begins in Warsaw."""
    return datetime.combine(day, time(), tzinfo=days.WARSAW)
