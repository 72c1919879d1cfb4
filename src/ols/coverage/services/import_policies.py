"""Importing policies: an upsert by policy, person and first day; a broken file changes nothing."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.coverage import models
from ols.coverage.services.overlaps import without_overlaps
from ols.coverage.services.policy_file import PolicyLine, RefusedLine, read
from ols.db import crypto, locks
from ols.db.fields import new_uuid
from ols.db.transactions import use_case
from ols.kernel import days
from ols.kernel.actor import Actor, NotPermitted
from ols.notifications import services as notifications
from ols.plans import selectors as plans

MAX_KEPT_REFUSALS = 10_000
_BATCH = 2000
_CHANGING = ("plan_id", "card_number", "cover_to", "waiting_from", "suspended_from", "family_id")
_PERSON_CHANGING = ("first_name", "last_name", "email", "phone")


@dataclass(frozen=True)
class ImportReport:
    """What an import did; `refusals` holds at most MAX_KEPT_REFUSALS of the `refused` lines."""

    uuid: str
    added: int
    changed: int
    unchanged: int
    refused: int
    refusals: tuple[RefusedLine, ...]


@use_case
def import_policies(
    *, actor: Actor, insurer_id: int, file_name: str, content: bytes, at: datetime
) -> ImportReport:
    """Import the file's good lines and report the others; the same file again changes nothing.

    :raises kernel.actor.NotPermitted: the actor may not import, or acts for another organization
    :raises BrokenFile: the file as a whole cannot be read; nothing was changed
    """
    _require_own(actor, insurer_id)
    plan_ids = plans.plan_ids_by_code(insurer_id=insurer_id)
    lines = list(read(content, plan_ids=plan_ids, today=days.local_date(at)))
    _lock(insurer_id)
    good, refusals = _without_duplicates(lines)
    good, overlapping = without_overlaps(insurer_id, good)
    refusals = sorted([*refusals, *overlapping], key=lambda refusal: refusal.line)
    people = _save_people(insurer_id, good)
    policies = _save_policies(insurer_id, good)
    counts = _save_coverages(insurer_id, good, people, policies)
    kept = tuple(refusals[:MAX_KEPT_REFUSALS])
    row = models.PolicyImport.objects.create(
        insurer_id=insurer_id,
        at=at,
        user_id=actor.user_id,
        file_name=file_name[:200],
        sha256=sha256(content).hexdigest(),
        refused=len(refusals),
        refusals=[asdict(refusal) for refusal in kept],
        **counts,
    )
    audit.record(
        event="policy.import",
        subject_kind="policy_import",
        subject_uuid=row.uuid,
        actor=actor,
        at=at,
        data={**counts, "refused": len(refusals), "sha256": row.sha256},
    )
    notifications.enqueue(kind="coverage.imported", payload={"insurer_id": insurer_id}, at=at)
    return ImportReport(str(row.uuid), refused=len(refusals), refusals=kept, **counts)


def _lock(insurer_id: int) -> None:
    """Let one import of an insurer run at a time: two would make the same people."""
    locks.hold("coverage.import", insurer_id)


def _require_own(actor: Actor, insurer_id: int) -> None:
    """Let people import for their own insurer only, commands for any."""
    actor.require(Permission.POLICY_IMPORT)
    if actor.organization_id not in {None, insurer_id}:
        raise NotPermitted(Permission.POLICY_IMPORT)


def _without_duplicates(
    lines: Sequence[PolicyLine | RefusedLine],
) -> tuple[list[PolicyLine], list[RefusedLine]]:
    """Separate good lines from refused ones; a second line for the same cover is refused."""
    good: dict[tuple[str, str, object], PolicyLine] = {}
    refusals: list[RefusedLine] = []
    for line in lines:
        if isinstance(line, RefusedLine):
            refusals.append(line)
            continue
        key = (line.policy_number, line.pesel, line.cover_from)
        if key in good:
            refusals.append(RefusedLine(line.line, "pesel", "TWICE_IN_FILE"))
        else:
            good[key] = line
    return list(good.values()), refusals


def _save_people(insurer_id: int, lines: Sequence[PolicyLine]) -> dict[str, int]:
    """Upsert the people of the lines; return person id by PESEL."""
    by_pesel = {line.pesel: line for line in lines}
    index = {pesel: crypto.blind_index(pesel, purpose="pesel") for pesel in by_pesel}
    known = {
        bytes(row.pesel_index): row
        for row in models.InsuredPerson.objects.filter(
            insurer_id=insurer_id, pesel_index__in=list(index.values())
        )
    }
    new, changed = [], []
    for pesel, line in by_pesel.items():
        row = known.get(index[pesel])
        if row is None:
            new.append(_person(insurer_id, pesel, index[pesel], line))
        elif any(getattr(row, name) != getattr(line, name) for name in _PERSON_CHANGING):
            for name in _PERSON_CHANGING:
                setattr(row, name, getattr(line, name))
            changed.append(row)
    made = models.InsuredPerson.objects.bulk_create(new, batch_size=_BATCH)
    models.InsuredPerson.objects.bulk_update(changed, _PERSON_CHANGING, batch_size=_BATCH)
    ids = {bytes(row.pesel_index): row.pk for row in [*known.values(), *made]}
    return {pesel: ids[hashed] for pesel, hashed in index.items()}


def _person(insurer_id: int, pesel: str, hashed: bytes, line: PolicyLine) -> models.InsuredPerson:
    """Build a new person with the PESEL encrypted for this very row."""
    identity: uuid.UUID = new_uuid()
    return models.InsuredPerson(
        uuid=identity,
        insurer_id=insurer_id,
        pesel_encrypted=crypto.encrypt(pesel, place=f"coverage_person.pesel:{identity}"),
        pesel_index=hashed,
        first_name=line.first_name,
        last_name=line.last_name,
        birth_date=line.birth_date,
        sex=line.sex,
        email=line.email,
        phone=line.phone,
    )


def _save_policies(insurer_id: int, lines: Sequence[PolicyLine]) -> dict[str, int]:
    """Upsert the policies of the lines; return policy id by number."""
    by_number = {line.policy_number: line for line in lines}
    models.Policy.objects.bulk_create(
        [
            models.Policy(
                insurer_id=insurer_id, number=number, plan_id=line.plan_id, holder_name=line.holder_name
            )
            for number, line in by_number.items()
        ],
        update_conflicts=True,
        unique_fields=["insurer", "number"],
        update_fields=["plan_id", "holder_name"],
        batch_size=_BATCH,
    )
    found = models.Policy.objects.filter(insurer_id=insurer_id, number__in=list(by_number))
    return dict(found.values_list("number", "id"))


def _save_families(lines: Sequence[PolicyLine], policies: dict[str, int]) -> dict[tuple[int, str], int]:
    """Make the families that are new; return family id by policy id and key."""
    years: dict[tuple[int, str], date] = {}
    for line in lines:
        if line.family_key:
            key = policies[line.policy_number], line.family_key
            years[key] = min(line.cover_from, years.get(key, line.cover_from))
    models.Family.objects.bulk_create(
        [
            models.Family(policy_id=policy_id, key=key, year_from=start)
            for (policy_id, key), start in years.items()
        ],
        ignore_conflicts=True,
        batch_size=_BATCH,
    )
    found = models.Family.objects.filter(policy_id__in={policy_id for policy_id, _ in years})
    return {(policy_id, key): pk for policy_id, key, pk in found.values_list("policy_id", "key", "id")}


def _save_coverages(
    insurer_id: int, lines: Sequence[PolicyLine], people: dict[str, int], policies: dict[str, int]
) -> dict[str, int]:
    """Upsert the covers; return how many were added, changed and unchanged."""
    known = {
        (row.policy_id, row.person_id, row.cover_from): row
        for row in models.Coverage.objects.filter(insurer_id=insurer_id, policy_id__in=set(policies.values()))
    }
    waiting = _waiting_days(insurer_id, lines, people)
    families = _save_families(lines, policies)
    new, changed = [], []
    for line in lines:
        key = (policies[line.policy_number], people[line.pesel], line.cover_from)
        row = known.get(key)
        values = {name: getattr(line, name) for name in _CHANGING if name != "family_id"}
        values["family_id"] = families.get((key[0], line.family_key))
        values["waiting_from"] = line.waiting_from or waiting.get(key[1:], line.cover_from)
        if row is None:
            new.append(
                models.Coverage(
                    insurer_id=insurer_id,
                    policy_id=key[0],
                    person_id=key[1],
                    cover_from=line.cover_from,
                    **values,
                )
            )
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    models.Coverage.objects.bulk_create(new, batch_size=_BATCH)
    models.Coverage.objects.bulk_update(changed, _CHANGING, batch_size=_BATCH)
    return {
        "added": len(new),
        "changed": len(changed),
        "unchanged": len(lines) - len(new) - len(changed),
    }


def _waiting_days(
    insurer_id: int, lines: Sequence[PolicyLine], people: dict[str, int]
) -> dict[tuple[int, date], date]:
    """Return the day from which waiting counts for covers that continue an earlier one without a gap.

    A renewal without a gap does not repeat waiting periods already served (they are waived on renewal).
    Keys are person id and first day of the new cover.
    """
    earlier = {
        (row.person_id, row.cover_to + timedelta(days=1)): row.waiting_from
        for row in models.Coverage.objects.filter(insurer_id=insurer_id, person_id__in=set(people.values()))
    }
    for line in sorted(lines, key=lambda one: one.cover_from):
        person = people[line.pesel]
        start = line.waiting_from or earlier.get((person, line.cover_from), line.cover_from)
        earlier[person, line.cover_to + timedelta(days=1)] = start
    return earlier
