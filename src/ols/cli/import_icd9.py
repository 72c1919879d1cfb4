"""`ols import-icd9 FILE`: loads the dictionary of ICD-9-PL codes that own services are checked against."""

import argparse
import csv
import io
import sys
from pathlib import Path

from django.utils import timezone

from ols.accounts.permissions import Permission
from ols.catalog import icd9, services
from ols.kernel.actor import Actor

_SHOWN = 50


def run(arguments: list[str]) -> int:
    """Load the file and print the report; 0 when read, 1 when the file cannot be used."""
    parser = argparse.ArgumentParser(prog="ols import-icd9", description=__doc__)
    parser.add_argument(
        "file", type=Path, help="CSV with code;name;valid_from;valid_to, see docs/formats/icd9.md"
    )
    options = parser.parse_args(arguments)
    try:
        found = icd9.read_dictionary(_rows(options.file.read_bytes()))
    except icd9.ColumnsMissing:
        sys.stderr.write(f"{options.file}: the first row must name code and name. Nothing was changed.\n")
        return 1
    except (csv.Error, OSError) as error:
        sys.stderr.write(f"{options.file}: {error}. Nothing was changed.\n")
        return 1
    if not found.codes:
        sys.stderr.write(f"{options.file}: no code could be read. Nothing was changed.\n")
        return 1
    report = services.load_icd9(
        actor=Actor.system("command", permissions=frozenset({Permission.REGISTER_IMPORT})),
        file=found,
        file_name=options.file.name,
        at=timezone.now(),
    )
    _print(report, found)
    return 0


def _rows(content: bytes) -> list[list[str]]:
    """Read semicolon CSV in UTF-8, or in Windows-1250 as Polish spreadsheets write it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", errors="replace")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def _print(report: services.Icd9Report, found: icd9.Icd9File) -> None:
    """Say what the file did, the first refused rows with their reasons."""
    sys.stdout.write(
        f"added {report.added}, changed {report.changed}, unchanged {report.unchanged},"
        f" ended {report.ended}, refused rows {report.refused}\n"
    )
    for line, code, reason in found.refused[:_SHOWN]:
        sys.stdout.write(f"  row {line}: {code} {reason}\n")
