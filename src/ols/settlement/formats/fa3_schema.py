"""The official FA(3) schema, read offline, and the words for data that cannot meet it."""

import importlib.util
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree

from ols.documents.refusals import gettext_noop as _

_FILES: Final = frozenset(
    {
        "schemat_FA(3)_v1-0E.xsd",
        "StrukturyDanych_v10-0E.xsd",
        "ElementarneTypyDanych_v10-0E.xsd",
        "KodyKrajow_v10-0E.xsd",
    }
)

MESSAGES: Final[Mapping[str, str]] = {
    "NIP": _("The tax number %(nip)s is wrong."),
    "NAME": _("The firm's name is missing."),
    "ADDRESS": _("The firm's address is missing."),
    "NUMBER": _("The document number %(number)s has signs that are not allowed."),
    "STATEMENT_NUMBER": _("The statement number %(number)s has a wrong shape."),
    "ACCOUNT": _("The account %(iban)s is not a Polish bank account."),
    "AMOUNT": _("The invoice total must be above zero."),
    "NO_DIFFERENCE": _("A correction needs a difference other than zero."),
    "PERIOD": _("The period ends before it begins."),
    "CREATED": _("The moment of creation is missing its time zone or is too early."),
}


class _PackagedFiles(etree.Resolver):
    """Maps the schema's absolute addresses to the files beside it; anything else fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        super().__init__()

    # The stubs of lxml know neither the third argument nor `resolve_filename`.
    def resolve(self, system_url: str, public_id: str | None, context: object) -> Any:  # type: ignore[override]
        del public_id
        name = Path(system_url).name
        if name not in _FILES:
            raise LookupError(system_url)
        return self.resolve_filename(str(self._folder / name), context)  # type: ignore[attr-defined]


@cache
def load() -> etree.XMLSchema:
    """The compiled schema; the files are the copy inside the ksef-client package.

    The package itself is not imported: its client takes most of a second and is not needed here.
    """
    spec = importlib.util.find_spec("ksef_client")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("ksef_client")
    folder = Path(spec.submodule_search_locations[0]) / "documents" / "fa3" / "schemas"
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_PackagedFiles(folder))
    return etree.XMLSchema(etree.parse(str(folder / "schemat_FA(3)_v1-0E.xsd"), parser))
