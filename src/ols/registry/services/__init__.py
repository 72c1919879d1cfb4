"""Writing the register and the facilities of organizations: one module a use case."""

from ols.registry.services.cards import (
    MOST_CARDS,
    CardChanged,
    ClosureWrong,
    NotAWebsite,
    OutsidePoland,
    TooManyCards,
    add_card,
    make_missing_cards,
    restore_card,
    save_card,
)
from ols.registry.services.facility import FacilityData, confirm_data, create_facility, update_facility
from ols.registry.services.import_register import ImportReport, import_register
from ols.registry.services.register_alerts import RemarkMissing, handle_alert
from ols.registry.services.register_csv import BrokenFile
from ols.registry.services.register_lines import RefusedLine

__all__ = [
    "MOST_CARDS",
    "BrokenFile",
    "CardChanged",
    "ClosureWrong",
    "FacilityData",
    "ImportReport",
    "NotAWebsite",
    "OutsidePoland",
    "RefusedLine",
    "RemarkMissing",
    "TooManyCards",
    "add_card",
    "confirm_data",
    "create_facility",
    "handle_alert",
    "import_register",
    "make_missing_cards",
    "restore_card",
    "save_card",
    "update_facility",
]
