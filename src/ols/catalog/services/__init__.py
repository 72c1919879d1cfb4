"""Writing the catalog."""

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
    "RetirementInPast",
    "ServiceCodeTaken",
    "ServiceRefused",
    "add_own_service",
    "edit_own_service",
    "import_own_services",
    "load_starter_catalog",
    "retire_own_service",
]
