"""Why a file cannot be taken or written, as a code for programs and a sentence for people."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar


def gettext_noop(text: str) -> str:
    """Mark a sentence for the translation catalog; the reader's language is chosen where it is shown."""
    return text


class FileRefused(Exception):
    """A file, or the data for it, break a rule.

    `code` is stable. `message` is a translatable sentence with named places and `params` fill them:
    an interface shows `gettext(error.message) % error.params`.
    """

    messages: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        self.message = self.messages[code]
        super().__init__(self.message % params)
