"""Which cells a service needs: those of its field where its name says which, else any cell of its area.

Names are compared by their stems („Konsultacja kardiologa” and „Konsultacja kardiologiczna” need a
cardiological cell). What no stem knows is left to the area: a warning must not cry wolf.
"""

from collections.abc import Collection
from typing import Final

from ols.kernel.sortkey import search_key
from ols.registry import cell_types

# Of each area: the stem of a service's name and the beginnings of the cell codes that cover it.
# The first stem that fits counts: longer fields stand before those they contain.
_FIELDS: Final[dict[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "CONS": (
        ("kardiochirurg", ("156",)),
        ("neurochirurg", ("157",)),
        ("gastroskopi", ("7910", "105")),
        ("kolonoskopi", ("7910", "105")),
        ("konsultacja kardiolog", ("110", "112")),
        ("konsultacja ginekolog", ("145", "146", "1032")),
        ("konsultacja laryngolog", ("161",)),
        ("konsultacja neurolog", ("122",)),
        ("konsultacja ortoped", ("158",)),
        ("konsultacja chirurg", ("15",)),
        ("konsultacja urolog", ("164",)),
        ("konsultacja dermatolog", ("120",)),
        ("konsultacja anestezjolog", ("167", "1222")),
        ("konsultacja endokrynolog", ("103", "1027", "1038")),
        ("konsultacja gastroenterolog", ("105",)),
        ("konsultacja okulist", ("160",)),
        ("konsultacja alergolog", ("101",)),
        ("konsultacja reumatolog", ("128",)),
        ("konsultacja psychiatr", ("170", "171", "175")),
        ("konsultacja diabetolog", ("102",)),
        ("konsultacja onkolog", ("124", "154")),
        ("konsultacja pulmonolog", ("127",)),
        ("konsultacja pediatr", ("0010", "0012", "0014", "140", "142")),
    ),
    "IMG": (
        ("usg", ("7210", "110", "145")),
        ("echokardiograf", ("7210", "110")),
        ("mammograf", ("7242",)),
        ("densytometr", ("7244",)),
        ("tomograf", ("7220", "7222")),
        ("tk ", ("7220", "7222")),
        ("rezonans", ("7250",)),
        ("rm ", ("7250",)),
        ("rtg", ("7240", "7230")),
    ),
}  # fmt: skip


def is_covered(cells: Collection[str], *, area_code: str, name: str) -> bool:
    """Say whether one of the cells (their part VIII codes) covers the service."""
    fields = _FIELDS.get(area_code, ())
    key = search_key(name) if fields else ""
    for stem, beginnings in fields:
        if key.startswith(stem) or (" " not in stem and stem in key):
            return any(cell.startswith(beginnings) for cell in cells)
    return any(area_code in cell_types.areas_of(cell) for cell in cells)
