"""Writing the catalog."""

from ols.catalog.services.icd9 import Icd9Report, load_icd9
from ols.catalog.services.own import (
    RetirementInPast,
    ServiceCodeTaken,
    ServiceRefused,
    add_own_service,
    edit_own_service,
    import_own_services,
    retire_own_service,
)
from ols.catalog.services.starter import load_starter_catalog

__all__ = [
    "Icd9Report",
    "RetirementInPast",
    "ServiceCodeTaken",
    "ServiceRefused",
    "add_own_service",
    "edit_own_service",
    "import_own_services",
    "load_icd9",
    "load_starter_catalog",
    "retire_own_service",
]
