"""Files that leave and enter settlement: KSeF invoices, payment orders, bank statements.

Pure functions between bytes and frozen dataclasses; no database, no clock, no network.
"""
