"""Printed documents: plain data in, tagged PDF out."""

from ols.documents.typeset.forms import (
    AcceptancePrint,
    DecisionLinePrint,
    DecisionPrint,
    ExtractPrint,
    FirmPrint,
    InvoicePrint,
    StatementLinePrint,
    StatementPrint,
    TermsPrint,
)
from ols.documents.typeset.plain import GuidePrint, TablePrint
from ols.documents.typeset.rendering import UnknownTemplate, render_pdf

__all__ = [
    "AcceptancePrint",
    "DecisionLinePrint",
    "DecisionPrint",
    "ExtractPrint",
    "FirmPrint",
    "GuidePrint",
    "InvoicePrint",
    "StatementLinePrint",
    "StatementPrint",
    "TablePrint",
    "TermsPrint",
    "UnknownTemplate",
    "render_pdf",
]
