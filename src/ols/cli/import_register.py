"""`ols import-register FILE`: the same import as the operator's upload page."""

import argparse
import sys
from datetime import date
from pathlib import Path

from django.utils import timezone

from ols.accounts.permissions import Permission
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.registry import services as registry

_SHOWN = 50


def run(arguments: list[str]) -> int:
    """Import the file and print the report; 0 when read, 1 when the file cannot be used."""
    parser = argparse.ArgumentParser(prog="ols import-register", description=__doc__)
    parser.add_argument("file", type=Path, help="semicolon CSV, see docs/formats/register.md")
    parser.add_argument("--snapshot-date", type=_day, help="the day the file describes (default: today)")
    options = parser.parse_args(arguments)
    try:
        report = registry.import_register(
            actor=Actor.system("command", permissions=frozenset({Permission.REGISTER_IMPORT})),
            file_name=options.file.name,
            content=options.file.read_bytes(),
            at=timezone.now(),
            snapshot_date=options.snapshot_date,
        )
    except (registry.BrokenFile, OSError) as error:
        sys.stderr.write(f"{options.file}: {error} Nothing was changed.\n")
        return 1
    _print(report)
    return 0


def _day(text: str) -> date:
    """Read a day of the command line in any accepted form."""
    try:
        return days.parse_date(text)
    except days.DateError as error:
        raise argparse.ArgumentTypeError(f"not a date: {text}") from error


def _print(report: registry.ImportReport) -> None:
    """Say what the import did, the first refused lines with their reasons."""
    sys.stdout.write(
        f"added {report.added}, changed {report.changed}, unchanged {report.unchanged},"
        f" vanished {report.vanished}, refused lines {report.refused}\n"
    )
    for refusal in report.refusals[:_SHOWN]:
        sys.stdout.write(f"  line {refusal.line}: {refusal.field or 'line'} {refusal.code}\n")
    if len(report.refusals) > _SHOWN:
        sys.stdout.write(f"  … and {len(report.refusals) - _SHOWN} more; the operator's page shows all\n")
