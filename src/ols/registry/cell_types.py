"""Part VIII of the departmental codes: what an organizational cell does (a closed list of the ministry).

Source of the list: Minister of Health regulation of 17 May 2012, annex (cell_types.csv beside this file).
"""

import csv
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("cell_types.csv")

# Thematic areas by cell code: single codes and whole groups (the first two digits). Codes of areas are
# those of the service catalog.
_AREA_CODES: dict[str, frozenset[str]] = {
    "CONS": frozenset({"0010", "0012", "0014"}),
    "NURS": frozenset({"0032", "0036", "9450"}),
    "HOME": frozenset({"0010", "0012", "0014", "0016", "2142"}),
    "LAB": frozenset({"7100", "7102", "7104", "7110", "7120", "7130", "7140", "7150"}),
    "IMG": frozenset(
        {"7210", "7220", "7222", "7230", "7232", "7234", "7236", "7240", "7242", "7244", "7250", "7910"}
    ),
    "REHAB": frozenset({"7400"}),
    "DENT": frozenset({"3040"}),
}
_AREA_GROUPS: dict[str, frozenset[str]] = {
    "CONS": frozenset({"10", "11", "12", "13", "14", "15", "16", "17"}),
    "REHAB": frozenset({"13", "23"}),
    "DENT": frozenset({"18"}),
}


@cache
def names() -> dict[str, str]:
    """Return the Polish name of every cell type by its four digits."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row["name"] for row in csv.DictReader(stream, delimiter=";")}


def areas_of(specialty_code: str) -> frozenset[str]:
    """Return the codes of the thematic areas a cell of this type can plausibly join."""
    return frozenset(
        area
        for area, codes in _AREA_CODES.items()
        if specialty_code in codes or specialty_code[:2] in _AREA_GROUPS.get(area, frozenset())
    )
