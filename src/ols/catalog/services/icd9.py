"""Loading the ICD-9-PL dictionary from a file of the installation's own."""

from dataclasses import dataclass
from datetime import datetime

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.catalog import models
from ols.catalog.icd9 import Icd9File
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor


@dataclass(frozen=True)
class Icd9Report:
    """How many codes were new, changed, as before, no longer in the file (ended), and rows refused."""

    added: int
    changed: int
    unchanged: int
    ended: int
    refused: int


@use_case
def load_icd9(*, actor: Actor, file: Icd9File, file_name: str, at: datetime) -> Icd9Report:
    """Take the whole dictionary from a file: a code that it no longer has ends today.

    What services were given before stays with them.
    """
    actor.require(Permission.REGISTER_IMPORT)
    today = days.local_date(at)
    known = {row.code: row for row in models.Icd9Entry.objects.select_for_update()}
    given = {
        code: models.Icd9Entry(code=code, name=one.name, valid_from=one.valid_from, valid_to=one.valid_to)
        for code, one in file.codes.items()
    }
    new = [row for code, row in given.items() if code not in known]
    changed = [row for code, row in given.items() if code in known and _facts(row) != _facts(known[code])]
    gone = [
        row
        for code, row in known.items()
        if code not in given and (row.valid_to is None or row.valid_to > today)
    ]
    for row in gone:
        row.valid_to = today
    models.Icd9Entry.objects.bulk_create(new, batch_size=2000)
    models.Icd9Entry.objects.bulk_update(
        [*changed, *gone], ["name", "valid_from", "valid_to"], batch_size=500
    )
    report = Icd9Report(
        len(new), len(changed), len(given) - len(new) - len(changed), len(gone), len(file.refused)
    )
    _keep(actor, report, file_name, at)
    return report


def _keep(actor: Actor, report: Icd9Report, file_name: str, at: datetime) -> None:
    """Keep that the file was loaded, and what it did."""
    made = models.Icd9Import.objects.create(
        at=at,
        file_name=file_name[-200:],
        added=report.added,
        changed=report.changed,
        ended=report.ended,
        refused=report.refused,
    )
    audit.record(
        event="procedure_codes.import",
        subject_kind="procedure_codes",
        subject_uuid=made.uuid,
        actor=actor,
        at=at,
        data={"added": report.added, "changed": report.changed, "ended": report.ended},
    )


def _facts(row: models.Icd9Entry) -> tuple[object, ...]:
    return (row.name, row.valid_from, row.valid_to)
