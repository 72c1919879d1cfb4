"""Reading the register and the facilities that joined."""

from ols.registry.selectors.facility import (
    ConfirmationRow,
    FacilityRow,
    data_confirmation,
    facility_of,
    own_facility,
)

__all__ = ["ConfirmationRow", "FacilityRow", "data_confirmation", "facility_of", "own_facility"]
