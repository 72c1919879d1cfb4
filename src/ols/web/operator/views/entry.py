"""One entity of the register: what it says now, and what imports changed."""

from django.http import HttpResponse

from ols.accounts.permissions import Permission
from ols.registry import selectors
from ols.web import page
from ols.web.components.shapes import SummaryRow
from ols.web.operator import comparison, register_words
from ols.web.page import PageRequest


@page.page(Permission.REGISTER_IMPORT, methods=("GET",))
def entry_show(request: PageRequest, book: str) -> HttpResponse:
    """Show the entry with its cells and its history."""
    entry = selectors.entry(register_book_no=book)
    changes = selectors.entry_changes(request.actor, register_book_no=book)
    context = {
        "entry": entry,
        "facts": [
            SummaryRow(label, comparison.show(name, getattr(entry, name)) or "–")
            for name, label in comparison.LABELS.items()
        ],
        "cells": selectors.cells(register_book_no=book),
        "changes": [
            (row, register_words.KINDS[row.kind], register_words.differences(row)) for row in changes
        ],
    }
    return page.render(request, "operator/entry/show.html", context)
