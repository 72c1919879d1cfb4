"""Writing settlement: one module a use case, all of them reachable here."""

from ols.settlement.services.accounting import DocumentRefused
from ols.settlement.services.bank_import import AlreadyImported, ForeignAccount, import_bank_statement
from ols.settlement.services.batch import (
    ExecutionDayRefused,
    NothingChosen,
    OwnAccountMissing,
    PaymentFileInvalid,
    SamePerson,
    StatementNotPayable,
    approve_batch,
    cancel_batch,
    prepare_batch,
)
from ols.settlement.services.confirm import StatementOutdated, TotalsDiffer, confirm_statement
from ols.settlement.services.document_file import open_accounting_document
from ols.settlement.services.generate import (
    CorrectionsExceedClaims,
    NothingToSettle,
    PeriodRefused,
    discard_statement,
    generate_statement,
)
from ols.settlement.services.reconcile import EntryTaken, PaymentDoesNotFit, match_entry, set_entry_aside

__all__ = [
    "AlreadyImported",
    "CorrectionsExceedClaims",
    "DocumentRefused",
    "EntryTaken",
    "ExecutionDayRefused",
    "ForeignAccount",
    "NothingChosen",
    "NothingToSettle",
    "OwnAccountMissing",
    "PaymentDoesNotFit",
    "PaymentFileInvalid",
    "PeriodRefused",
    "SamePerson",
    "StatementNotPayable",
    "StatementOutdated",
    "TotalsDiffer",
    "approve_batch",
    "cancel_batch",
    "confirm_statement",
    "discard_statement",
    "generate_statement",
    "import_bank_statement",
    "match_entry",
    "open_accounting_document",
    "prepare_batch",
    "set_entry_aside",
]
