"""The register as imported; the facilities that joined and their business cards."""

from ols.registry.models.cards import BusinessCard, BusinessCardVersion
from ols.registry.models.joined import DataConfirmation, Facility, Practitioner
from ols.registry.models.register import (
    RegisterAlert,
    RegisterCell,
    RegisterChange,
    RegisterEntry,
    RegisterFacility,
    RegisterImport,
    RegisterUnit,
)

__all__ = [
    "BusinessCard",
    "BusinessCardVersion",
    "DataConfirmation",
    "Facility",
    "Practitioner",
    "RegisterAlert",
    "RegisterCell",
    "RegisterChange",
    "RegisterEntry",
    "RegisterFacility",
    "RegisterImport",
    "RegisterUnit",
]
