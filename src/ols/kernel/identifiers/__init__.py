"""Polish identifiers: each `parse_x` returns the canonical text or raises IdentifierError.

Spaces and dashes are welcome in what people paste; what is returned has none of them.
"""

from ols.kernel.identifiers.bank import Bank, bank_of, format_nrb, parse_nrb
from ols.kernel.identifiers.contact import format_phone, parse_phone, parse_postal_code
from ols.kernel.identifiers.errors import IdentifierError
from ols.kernel.identifiers.firms import (
    format_nip,
    format_regon,
    parse_krs,
    parse_nip,
    parse_regon,
    parse_regon9,
    parse_regon14,
    parse_rpwdl,
)
from ols.kernel.identifiers.invoices import parse_ksef_number
from ols.kernel.identifiers.people import (
    PeselFacts,
    format_pesel,
    mask_pesel,
    parse_npwz,
    parse_npwz_doctor,
    parse_npwz_nurse,
    parse_pesel,
    pesel_facts,
)
from ols.kernel.identifiers.recognition import Recognized, recognize

__all__ = [
    "Bank",
    "IdentifierError",
    "PeselFacts",
    "Recognized",
    "bank_of",
    "format_nip",
    "format_nrb",
    "format_pesel",
    "format_phone",
    "format_regon",
    "mask_pesel",
    "parse_krs",
    "parse_ksef_number",
    "parse_nip",
    "parse_npwz",
    "parse_npwz_doctor",
    "parse_npwz_nurse",
    "parse_nrb",
    "parse_pesel",
    "parse_phone",
    "parse_postal_code",
    "parse_regon",
    "parse_regon9",
    "parse_regon14",
    "parse_rpwdl",
    "pesel_facts",
    "recognize",
]
