"""The job that reads an extract, keeps what the comparison gave, and may approve by itself.

What an approval without a person relies on: docs/adr/0008-automatic-approval.md.
"""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.transactions import use_case
from ols.documents import selectors as documents
from ols.documents import text
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.onboarding import extract_comparison, extract_policy, models, selectors, states
from ols.onboarding.extract_comparison import Comparison, GivenReason, Reason
from ols.onboarding.services import review
from ols.onboarding.services.applicant import ProviderJoined
from ols.registry import extract_reader
from ols.registry import selectors as registry
from ols.registry.extract_reader import ExtractFacts

_Read = tuple[ExtractFacts, str, str]


def read_extract(*, actor: Actor, reading_uuid: UUID, at: datetime) -> str:
    """Read the extract and keep the outcome; return it, empty when there is nothing (any more) to do.

    `actor` is the platform itself. The file is opened before the transaction, which stays short.
    """
    waiting = _waiting().filter(uuid=reading_uuid).values_list("document_id", flat=True).first()
    if waiting is None:
        return ""
    stored = documents.stored_file(document_id=waiting)
    words = text.read(stored.content)
    read = (extract_reader.read_facts(words), words.verdict, stored.sha256)
    return _keep(actor=actor, reading_uuid=reading_uuid, read=read, at=at)


def overdue_readings(*, before: datetime) -> list[UUID]:
    """Return the readings asked for before the moment that no job has done: their job was lost."""
    return list(_waiting().filter(requested_at__lt=before).values_list("uuid", flat=True))


def _waiting() -> QuerySet[models.ExtractReading]:
    return models.ExtractReading.objects.filter(outcome=states.ExtractOutcome.WAITING)


@use_case
def _keep(*, actor: Actor, reading_uuid: UUID, read: _Read, at: datetime) -> str:
    """Store the outcome once; the lock on the application makes operators and other jobs wait."""
    applications = models.AccessApplication.objects.select_related("terms")
    row = applications.select_for_update(of=("self",)).filter(extract_readings__uuid=reading_uuid).first()
    reading = _waiting().filter(uuid=reading_uuid).first()
    if row is None or reading is None:
        return ""
    facts, verdict, sha256 = read
    entry = registry.entry(register_book_no=row.register_book_no) if row.entry_id else None
    compared = _compared(row, entry, facts, verdict, at)
    hindrances = _hindrances(row, entry, at)
    newest = registry.newest_import()
    reading.outcome, reading.read_at, reading.sha256 = compared.outcome, at, sha256
    reading.register_import_id = newest.id if newest else None
    reading.facts = facts.as_json()
    reading.comparison = [asdict(field) for field in compared.rows]
    evidence: dict[str, object] = {
        "outcome": compared.outcome,
        "extract_sha256": sha256,
        "register_import": str(newest.uuid) if newest else "",
        "register_sha256": newest.sha256 if newest else "",
    }
    audit.record(
        event="application.extract", subject_kind="application", subject_uuid=row.uuid, actor=actor, at=at,
        data=evidence,
    )  # fmt: skip
    if not compared.reasons and not hindrances and _may_approve(row, reading):
        hindrances = _approve(row, evidence, at)
    reading.reasons = [asdict(reason) for reason in (*compared.reasons, *hindrances)]
    reading.save()
    return compared.outcome


def _compared(
    row: models.AccessApplication,
    entry: registry.EntryRow | None,
    facts: ExtractFacts,
    verdict: str,
    at: datetime,
) -> Comparison:
    if verdict:
        return Comparison((), states.ExtractOutcome.UNREADABLE, (GivenReason(verdict),))
    names = (*extract_comparison.FIELDS, "legal_form")
    return extract_comparison.compare(
        facts,
        register={name: getattr(entry, name) for name in names} if entry else None,
        application={name: getattr(row, name) for name in names},
        on=days.local_date(at),
        fresh_days=extract_policy.current().fresh_days,
    )


def _hindrances(
    row: models.AccessApplication, entry: registry.EntryRow | None, at: datetime
) -> list[GivenReason]:
    """Return what makes a person decide although the extract may match."""
    today = days.local_date(at)
    duplicates = selectors.application(_decider(), uuid=row.uuid).duplicates
    found = {
        Reason.JOINED: any(item.status == "joined" for item in duplicates),
        Reason.DUPLICATES: any(item.status != "joined" for item in duplicates),
    }
    if entry is not None:
        gone = (entry.struck_off_on, entry.vanished_on, entry.active_to)
        oldest = today - timedelta(days=extract_policy.current().fresh_days)
        found |= {
            Reason.STRUCK_OFF: any(day is not None and day <= today for day in gone),
            Reason.REGISTER_OLD: entry.last_seen_on < oldest,
            # Who reads the register's own mailbox gets the password link; nobody else may get in this way.
            Reason.OTHER_EMAIL: not entry.email or entry.email.casefold() != row.email.casefold(),
        }
    return [GivenReason(reason) for reason, is_there in found.items() if is_there]


def _may_approve(row: models.AccessApplication, reading: models.ExtractReading) -> bool:
    is_current = row.status == states.S.SUBMITTED and row.extract_id == reading.document_id
    return is_current and extract_policy.current().approves_by_itself


def _approve(row: models.AccessApplication, evidence: dict[str, object], at: datetime) -> list[GivenReason]:
    """Let the provider in as the platform itself; a provider who joined this moment goes to a person."""
    try:
        with transaction.atomic():
            review.let_in(actor=_decider(), row=row, evidence=evidence, at=at)
    except ProviderJoined:
        return [GivenReason(Reason.JOINED)]
    return []


def _decider() -> Actor:
    """Return the platform as who decides applications."""
    return replace(Actor.system("job"), permissions=frozenset({Permission.APPLICATION_REVIEW}))
