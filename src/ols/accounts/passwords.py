"""What a password must be (NIST SP 800-63B-4): long, and not what everybody would try; its letters are free.

Any Unicode is welcome. It is normalised first: the same letters typed on another keyboard are the same.
"""

import re
import string
import unicodedata
from functools import cache
from pathlib import Path

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ols.accounts import models

_EDGES = string.digits + string.punctuation + string.whitespace
# What Poles choose; the English list comes with Django (20,000 passwords).
_POLISH = frozenset(
    """
    haslo hasło maslo masło mojehaslo mojehasło tajnehaslo trudnehaslo polska polskapolska warszawa
    krakow kraków poznan wroclaw gdansk kochamcie kochamcię misiek misiaczek kasia basia ania asia gosia
    monika agnieszka karolina natalia paulina mateusz bartek michal michał lukasz łukasz damian dawid
    kacper kamil marcin tomek piotrek wojtek zaqwsx zaqxsw qwerty qwertyuiop asdfghjkl zxcvbnm samsung
    komputer internet przychodnia lekarz recepcja rejestracja klinika szpital pacjent medycyna apteka
    ubezpieczenia wiosna lato jesien zima styczen jp2gmd
    """.split()  # noqa: SIM905 - words read better as words
)
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = 4
# So much must be left of a password besides words anybody knows about its person.
_LEFT = 8


def normalized(password: str) -> str:
    """Return the password as it is hashed and compared."""
    return unicodedata.normalize("NFKC", password)


class NotCommon:
    """Refuses what is on the list of common passwords, also between digits and signs or repeated."""

    def validate(self, password: str, user: models.User | None = None) -> None:
        """Refuse a common password."""
        del user
        plain = password.casefold().strip()
        unit = _unit(plain)
        if {plain, plain.strip(_EDGES), unit, unit.strip(_EDGES)} & _common():
            raise ValidationError(
                _("This password is one of those everybody tries first. Put several words together."),
                code="common",
            )

    def get_help_text(self) -> str:
        """Return nothing: the field says it all."""
        return ""


class NotMonotonous:
    """Refuses a few characters over and over, and rows of the keyboard or the alphabet."""

    def validate(self, password: str, user: models.User | None = None) -> None:
        """Refuse a monotonous password."""
        del user
        plain = password.casefold()
        if len(_unit(plain)) <= _WORD or len(set(plain)) <= _WORD or len(_without_rows(plain)) < _WORD:
            raise ValidationError(
                _("This password repeats itself or follows the keyboard. Put several words together."),
                code="monotonous",
            )

    def get_help_text(self) -> str:
        """Return nothing: the field says it all."""
        return ""


class NotAboutThePerson:
    """Refuses a password made of the person's name or address, or of what the service is called."""

    def validate(self, password: str, user: models.User | None = None) -> None:
        """Refuse a password somebody could guess from the login page and a business card."""
        left = password.casefold()
        for word in _context(user):
            left = left.replace(word, "")
        if left != password.casefold() and len(left) < _LEFT:
            raise ValidationError(
                _("This password is made of your name, your address or the service's name. Add other words."),
                code="context",
            )

    def get_help_text(self) -> str:
        """Return nothing: the field says it all."""
        return ""


def _context(user: models.User | None) -> list[str]:
    """Return the words a stranger would try, the longest first."""
    text = f"{user.name} {user.email}" if user else ""
    words = {word for word in re.split(r"[\W_\d]+", text.casefold()) if len(word) >= _WORD}
    return sorted(words | {"system ols", "systemols", "system-ols", "ols"}, key=len, reverse=True)


def _unit(text: str) -> str:
    """Return the shortest piece whose repetition the text is (the text itself if it is none)."""
    place = (text + text).find(text, 1)
    return text[:place] if place < len(text) else text


def _without_rows(text: str) -> str:
    """Return the text without pieces of four and more that follow a row, forwards or backwards."""
    for row in _ROWS:
        for line in (row * 2, (row * 2)[::-1]):
            for size in range(len(row), _WORD - 1, -1):
                for start in range(len(line) - size + 1):
                    text = text.replace(line[start : start + size], "")
    return text


@cache
def _common() -> frozenset[str]:
    """Return the passwords everybody tries."""
    known: set[str] = password_validation.CommonPasswordValidator(
        Path(password_validation.__file__).parent / "common-passwords.txt.gz"
    ).passwords
    return frozenset(known) | _POLISH
