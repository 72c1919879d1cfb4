"""Reading the register and the facilities that joined."""

from ols.registry.selectors.facility import (
    ConfirmationRow,
    FacilityRow,
    data_confirmation,
    facility_of,
    own_facility,
)
from ols.registry.selectors.imports import (
    ImportDetail,
    ImportRow,
    NewestImport,
    RefusalRow,
    RegisterFigures,
    imports,
    newest_import,
    register_figures,
    register_import,
)
from ols.registry.selectors.register import (
    CellRow,
    EntryRow,
    Found,
    cells,
    entry,
    entry_id,
    search_entries,
    suggested_areas,
    teryt_of,
)

__all__ = [
    "CellRow",
    "ConfirmationRow",
    "EntryRow",
    "FacilityRow",
    "Found",
    "ImportDetail",
    "ImportRow",
    "NewestImport",
    "RefusalRow",
    "RegisterFigures",
    "cells",
    "data_confirmation",
    "entry",
    "entry_id",
    "facility_of",
    "imports",
    "newest_import",
    "own_facility",
    "register_figures",
    "register_import",
    "search_entries",
    "suggested_areas",
    "teryt_of",
]
