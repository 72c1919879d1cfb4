"""The part of a business card that its clinic's preview and the public page share, as plain values."""

from dataclasses import dataclass
from datetime import datetime

from ols.kernel import days, hours, identifiers
from ols.kernel.closures import Closure
from ols.web.components import card_words
from ols.web.components.shapes import Tag, Text


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to show and to dial."""

    shown: str
    dialled: str


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day and its hours; empty: closed."""

    name: Text
    hours: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What `_clinic_card.html` shows."""

    phones: tuple[Phone, ...]
    email: str
    website: str
    opening: Tag | None
    weekdays: tuple[Weekday, ...]
    closed_on_holidays: bool
    is_holiday: bool
    closures: tuple[card_words.ClosedDays, ...]
    hours_note: str
    specialities: tuple[str, ...]
    languages: tuple[Text, ...]
    wheelchair: Text
    access_note: str
    description: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the clinic says, whichever table it comes from."""

    phones: tuple[str, str]
    email: str
    website: str
    week: hours.Week
    closed_on_holidays: bool
    closures: tuple[Closure, ...]
    hours_note: str
    specialities: tuple[str, ...]
    languages: tuple[str, ...]
    wheelchair: str
    access_note: str
    description: str


def card(said: Said, *, at: datetime) -> Card:
    """Put what the clinic says into words, as of the moment."""
    today = days.local_date(at)
    return Card(
        phones=tuple(Phone(identifiers.format_phone(number), number) for number in said.phones if number),
        email=said.email,
        website=said.website,
        opening=card_words.opening(
            said.week, at, closed_on_holidays=said.closed_on_holidays, closed=said.closures
        ),
        weekdays=_weekdays(said.week, today.weekday()) if any(said.week) else (),
        closed_on_holidays=said.closed_on_holidays,
        is_holiday=said.closed_on_holidays and days.is_holiday(today),
        closures=card_words.closed_days(said.closures, today=today),
        hours_note=said.hours_note,
        specialities=said.specialities,
        languages=tuple(
            card_words.LANGUAGES[code] for code in said.languages if code in card_words.LANGUAGES
        ),
        wheelchair=card_words.WHEELCHAIR.get(said.wheelchair, ""),
        access_note=said.access_note,
        description=said.description,
    )


def _weekdays(week: hours.Week, today: int) -> tuple[Weekday, ...]:
    return tuple(
        Weekday(card_words.WEEKDAYS[number], hours.format_day(spans), number == today)
        for number, spans in enumerate(week)
    )
