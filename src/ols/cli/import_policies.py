"""`ols import-policies FILE --insurer NIP`: the same import as the insurer's upload page."""

import argparse
import sys
from pathlib import Path

from django.utils import timezone

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.coverage import services as coverage
from ols.kernel.actor import Actor


def run(arguments: list[str]) -> int:
    """Import the file and print the report; 0 when read, 1 when the file or the insurer cannot be used."""
    parser = argparse.ArgumentParser(prog="ols import-policies", description=__doc__)
    parser.add_argument("file", type=Path, help="semicolon CSV, see docs/formats/policies.md")
    parser.add_argument("--insurer", help="NIP of the insurer; may be left out when there is only one")
    options = parser.parse_args(arguments)
    insurers = accounts.organizations(kind="insurer")
    chosen = [row for row in insurers if options.insurer in {None, row.nip}]
    if len(chosen) != 1:
        names = "\n".join(f"  {row.nip}  {row.name}" for row in insurers)
        sys.stderr.write(f"Say which insurer with --insurer NIP:\n{names}\n")
        return 1
    try:
        report = coverage.import_policies(
            actor=Actor.system("command", permissions=frozenset({Permission.POLICY_IMPORT})),
            insurer_id=chosen[0].id,
            file_name=options.file.name,
            content=options.file.read_bytes(),
            at=timezone.now(),
        )
    except (coverage.BrokenFile, OSError) as error:
        sys.stderr.write(f"{options.file}: {error}. Nothing was changed.\n")
        return 1
    _print(report)
    return 0


def _print(report: coverage.ImportReport) -> None:
    """Say what the import did, refused lines with their reasons."""
    sys.stdout.write(
        f"added {report.added}, changed {report.changed}, "
        f"unchanged {report.unchanged}, refused {report.refused}\n"
    )
    for refusal in report.refusals:
        sys.stdout.write(f"  line {refusal.line}: {refusal.field} {refusal.code}\n")
