"""Writing coverage: one module a use case."""

from ols.coverage.services.checks import log_check
from ols.coverage.services.import_policies import ImportReport, import_policies
from ols.coverage.services.policy_file import BrokenFile, RefusedLine

__all__ = ["BrokenFile", "ImportReport", "RefusedLine", "import_policies", "log_check"]
