"""Reading one access application: beside the register for the operator, by its address for who applied."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from ols.accounts.permissions import Permission
from ols.audit import selectors as audit
from ols.db.errors import NotFound
from ols.documents import selectors as documents
from ols.kernel.actor import Actor
from ols.kernel.sortkey import search_key
from ols.onboarding import asked, models, states
from ols.onboarding.selectors.duplicates import Duplicate, duplicates
from ols.registry import likeness
from ols.registry import selectors as registry

# What an application and a register entry both say.
COMPARED = (
    "name", "nip", "regon", "krs", "register_book_no", "legal_form", "street", "postal_code", "city", "phone",
    "email",
)  # fmt: skip
# Whoever opened an application so long ago counts as still reading it.
READING = timedelta(minutes=5)
_SIGNER_SALT = "onboarding.application"


@dataclass(frozen=True)
class PublicApplication:
    """An application as the applicant sees it."""

    uuid: UUID
    number: str
    status: str
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
    submitted_at: datetime
    due_at: datetime
    decided_at: datetime | None
    remark: str
    asked_fields: list[str]
    asked_remarks: dict[str, str]
    returned_at: datetime | None
    paused_seconds: int
    areas: list[str]
    has_extract: bool


@dataclass(frozen=True)
class ApplicationDetail:
    """An application beside what is known of the provider; `differences` names fields of COMPARED."""

    application: PublicApplication
    extract_uuid: str
    terms_version: str
    entry: registry.EntryRow | None
    differences: frozenset[str]
    duplicates: tuple[Duplicate, ...]
    actions: tuple[str, ...]
    history: tuple[audit.HistoryRow, ...]


def status_path(uuid: UUID) -> str:
    """Return the address at which the applicant follows the application; signed against guessing."""
    return f"/applications/{signing.Signer(salt=_SIGNER_SALT).sign(uuid.hex)}/"


def application_by_token(*, token: str) -> PublicApplication:
    """Return the application whose signed address somebody has. Public.

    :raises ols.db.errors.NotFound: the address was not made by us
    """
    try:
        uuid = UUID(hex=signing.Signer(salt=_SIGNER_SALT).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound from error
    return _public(_one(uuid))


def public_history(*, uuid: UUID) -> list[audit.HistoryRow]:
    """Return the application's way for whoever has its signed address: steps and times, nobody's name."""
    shown = {f"{states.APPLICATION.name}.{action}" for action in ("submit", *states.APPLICATION.transitions)}
    return [
        replace(row, actor_name="", organization_id=None, remark="", data={})
        for row in audit.history(subject_uuid=uuid)
        if row.event in shown
    ]


def application(actor: Actor, *, uuid: UUID) -> ApplicationDetail:
    """Return one application with its register entry, differences and duplicates.

    :raises ols.db.errors.NotFound: there is none
    """
    actor.require(Permission.APPLICATION_REVIEW)
    row = _one(uuid)
    entry = registry.entry(register_book_no=row.register_book_no) if row.entry_id else None
    return ApplicationDetail(
        application=_public(row),
        extract_uuid=documents.document_uuid(document_id=row.extract_id) if row.extract_id else "",
        terms_version=row.terms.version,
        entry=entry,
        differences=_differences(row, entry),
        duplicates=duplicates(row),
        actions=tuple(states.APPLICATION.actions_from(row.status, actor)),
        history=tuple(
            replace(step, remark=asked.recorded(step.remark, step.data))
            for step in audit.history(subject_uuid=row.uuid)
        ),
    )


def readers(actor: Actor, *, uuid: UUID, at: datetime) -> list[str]:
    """Return the names of colleagues who opened the application within the last minutes."""
    actor.require(Permission.APPLICATION_REVIEW)
    rows = models.ApplicationReader.objects.filter(application__uuid=uuid, seen_at__gt=at - READING)
    return list(rows.exclude(user_id=actor.person()).order_by("-seen_at").values_list("user_name", flat=True))


def _one(uuid: UUID) -> models.AccessApplication:
    row = models.AccessApplication.objects.select_related("terms").filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def _public(row: models.AccessApplication) -> PublicApplication:
    names = [name for name in PublicApplication.__dataclass_fields__ if name != "has_extract"]
    values = {name: getattr(row, name) for name in names}
    return PublicApplication(**values, has_extract=row.extract_id is not None)


def _differences(row: models.AccessApplication, entry: registry.EntryRow | None) -> frozenset[str]:
    """Name the fields in which they differ as people mean them; an empty one differs from a full one."""
    if entry is None:
        return frozenset()
    return frozenset(
        name for name in COMPARED if not _same(name, getattr(row, name), getattr(entry, name), row)
    )


def _same(name: str, said: str, known: str, row: models.AccessApplication) -> bool:
    if not said or not known:
        return said == known
    if name == "name":
        return likeness.same_name(said, known, legal_form=row.legal_form)
    if name == "street":
        return likeness.same_street(said, known, city=row.city)
    if name == "regon":
        return likeness.same_regon(said, known)
    if name == "phone":
        return likeness.same_digits(said.removeprefix("+48"), known.removeprefix("+48"))
    return search_key(said) == search_key(known)
