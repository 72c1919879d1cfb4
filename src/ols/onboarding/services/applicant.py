"""What the applicant does: keeps an extract and sends an application."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.catalog import selectors as catalog
from ols.db.transactions import use_case, within_transaction
from ols.documents import selectors as documents_read
from ols.documents import services as documents
from ols.documents.content import CheckedFile
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.kernel.sortkey import search_key
from ols.network import selectors as network
from ols.notifications import services as notifications
from ols.onboarding import clock, models, selectors, states
from ols.onboarding.services.extract_request import request_reading
from ols.registry import selectors as registry


class ProviderJoined(Exception):
    """A provider with this NIP already has access."""


class ApplicationOpen(Exception):
    """An application with this NIP is already waiting for a decision or a correction."""


class TermsOutdated(Exception):
    """The platform's terms changed since the applicant read them."""


class NotReady(Exception):
    """The platform cannot take applications: it has no operator or no published terms."""


@dataclass(frozen=True)
class ApplicationDraft:
    """What the applicant says. Numbers are canonical; `register_book_no` is empty when not on the register.

    `extract_uuid` names a file kept by `keep_extract`; `terms_uuid` the platform terms that were shown;
    `areas` are codes of thematic areas, the kinds of service the clinic provides.
    """

    register_book_no: str
    name: str
    nip: str
    regon: str
    krs: str
    legal_form: str
    street: str
    postal_code: str
    city: str
    representative_name: str
    representative_function: str
    email: str
    phone: str
    extract_uuid: str
    terms_uuid: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submitted:
    """The application as it was taken."""

    uuid: UUID
    number: str


@use_case
def keep_extract(*, actor: Actor, file: CheckedFile, name: str, at: datetime) -> str:
    """Keep a checked register extract with the operator; return its identity for the draft.

    :raises NotReady: there is no operator yet
    """
    return store_extract(actor, file, name, at)


@within_transaction
def store_extract(actor: Actor, file: CheckedFile, name: str, at: datetime) -> str:
    """Do what `keep_extract` does, inside the caller's transaction."""
    document = documents.keep(actor=actor, organization_id=_operator_id(), file=file, name=name, at=at)
    return str(document.uuid)


@use_case
def submit_application(
    *, actor: Actor, draft: ApplicationDraft, submission_key: UUID, at: datetime
) -> Submitted:
    """Take an application, tell the applicant and the operators.

    The same `submission_key` again gives the first answer and changes nothing.

    :raises ProviderJoined: the provider already has access
    :raises ApplicationOpen: an application of this provider is being decided
    :raises TermsOutdated: newer terms are in force
    :raises NotReady: the platform cannot take applications yet
    """
    return take(actor=actor, draft=draft, submission_key=submission_key, at=at)


@within_transaction
def take(*, actor: Actor, draft: ApplicationDraft, submission_key: UUID, at: datetime) -> Submitted:
    """Do what `submit_application` does, inside the caller's transaction."""
    known = models.AccessApplication.objects.filter(submission_key=submission_key).first()
    if known is not None:
        return Submitted(known.uuid, known.number)
    _require_free(draft.nip)
    row = models.AccessApplication(
        number=_next_number(at),
        submission_key=submission_key,
        ip=actor.ip,
        submitted_at=at,
        due_at=_due(at),
        **columns(draft, at),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        return _first_answer(submission_key, error)
    audit.record(
        event="application.submit", subject_kind="application", subject_uuid=row.uuid, actor=actor, at=at
    )
    request_reading(row, at=at)
    tell(row, at)
    return Submitted(row.uuid, row.number)


def columns(draft: ApplicationDraft, at: datetime) -> dict[str, object]:
    """Turn the draft into columns, its references resolved."""
    values: dict[str, object] = asdict(draft)
    terms = network.current_terms(kind="platform", on=days.local_date(at))
    if terms is None:
        raise NotReady
    if str(terms.uuid) != values.pop("terms_uuid"):
        raise TermsOutdated
    values |= {"terms_id": terms.id, "terms_sha256": terms.sha256}
    values["areas"] = [area.code for area in catalog.areas() if area.code in draft.areas]
    values["extract_id"] = extract_id(str(values.pop("extract_uuid")))
    values["search_key"] = search_key(f"{draft.name} {draft.city}")[:450]
    values["entry_id"] = registry.entry_id(register_book_no=draft.register_book_no)
    return values


def extract_id(uuid: str) -> int | None:
    """Return the inner id of a kept extract; it belongs to the operator."""
    if not uuid:
        return None
    return documents_read.document_id(organization_id=_operator_id(), uuid=uuid)


def _operator_id() -> int:
    """Return the organization that keeps what applicants send."""
    found = accounts.organizations(kind="operator")
    if not found:
        raise NotReady
    return found[0].id


def _require_free(nip: str) -> None:
    if accounts.provider_by_nip(nip=nip) is not None:
        raise ProviderJoined
    if models.AccessApplication.objects.filter(nip=nip, status__in=states.OPEN).exists():
        raise ApplicationOpen


def _first_answer(submission_key: UUID, error: IntegrityError) -> Submitted:
    """Return what the same submission made a moment ago; otherwise the provider's other application did."""
    known = models.AccessApplication.objects.filter(submission_key=submission_key).first()
    if known is None:
        raise ApplicationOpen from error
    return Submitted(known.uuid, known.number)


def _next_number(at: datetime) -> str:
    """Return the number people use: P/2026/00001 (claims have W)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('onboarding_application_number')")
        (number,) = cursor.fetchone()
    return f"P/{days.local_date(at).year}/{number:05d}"


def _due(at: datetime) -> datetime:
    """Return until when the operator answers: the end of the last day (calendar or working, a setting)."""
    platform = selectors.platform()
    return clock.due(at, answer_days=platform.answer_days, working=platform.answer_in_working_days)


def tell(row: models.AccessApplication, at: datetime) -> None:
    """E-mail the applicant a link to follow, and the operators that one more waits."""
    due = f"{row.due_at.astimezone(days.WARSAW):%d.%m.%Y %H:%M}"
    notifications.enqueue_email(
        to=row.email,
        template="application_received",
        context={"number": row.number, "due": due, "path": selectors.status_path(row.uuid)},
        at=at,
    )
    for email in accounts.member_emails(
        organization_id=_operator_id(), permission=Permission.APPLICATION_REVIEW
    ):
        notifications.enqueue_email(
            to=email,
            template="application_waiting",
            context={"number": row.number, "due": due, "path": f"/operator/applications/{row.uuid}/"},
            at=at,
        )
