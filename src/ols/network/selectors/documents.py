"""The documents of a co-operation: what is wanted, the files given, what each lacks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from ols.db.errors import NotFound
from ols.kernel import days
from ols.kernel.actor import Actor
from ols.network import document_rules, models
from ols.network.document_rules import Dates, Problem, Rules
from ols.network.states import ContractStatus, DocumentStatus

EDITABLE = (ContractStatus.DRAFT, ContractStatus.RETURNED)
LASTING = (ContractStatus.ACTIVE, ContractStatus.SUSPENDED)
_OVER = (ContractStatus.REJECTED, ContractStatus.ENDED)
_GONE = (DocumentStatus.REPLACED, DocumentStatus.REMOVED)
ON_ITS_WAY = (DocumentStatus.WAITING, DocumentStatus.RETURNED)


@dataclass(frozen=True)
class DocumentFile:
    """A file given for a kind: what its check found, its dates, and `problem`: why it does not count (or "").

    `document_uuid` is the stored file; `uuid` this giving of it. `renewal` is the file that shall take its
    place. `days_left` is known once a new one is asked for. `scan` is clean, off (no scanner is configured)
    or empty (kept before files were scanned).
    """

    uuid: str
    document_uuid: str
    file_name: str
    kind: str
    size: int
    pages: int | None
    scan: str
    status: str
    added_at: datetime
    added_by: str
    issued_on: date | None
    valid_until: date | None
    ends_on: date | None
    replaced_at: datetime | None
    remark: str
    problem: str = ""
    days_left: int | None = None
    renewal: "DocumentFile | None" = None


@dataclass(frozen=True)
class RequiredDocument:
    """A kind of document the insurer wants, and the files given for it.

    `document_uuid`, `file_name`, `size` and `added_at` are those of the first file (empty: none yet).
    `coming` are files of a lasting co-operation that shall count, too, once the insurer accepts them;
    `earlier` are the replaced and removed files, the newest first.
    """

    code: str
    name: str
    explanation: str
    is_required: bool
    rules: Rules
    files: tuple[DocumentFile, ...]
    earlier: tuple[DocumentFile, ...] = ()
    coming: tuple[DocumentFile, ...] = ()

    @property
    def document_uuid(self) -> str:
        """The first file's identity."""
        return self.files[0].document_uuid if self.files else ""

    @property
    def file_name(self) -> str:
        """The first file's name."""
        return self.files[0].file_name if self.files else ""

    @property
    def size(self) -> int:
        """The first file's size in bytes."""
        return self.files[0].size if self.files else 0

    @property
    def added_at(self) -> datetime | None:
        """When the first file was added."""
        return self.files[0].added_at if self.files else None

    @property
    def problem(self) -> str:
        """Why what is given does not do, a code of `document_rules.Problem`; empty also when nothing is."""
        return next((file.problem for file in self.files if file.problem), "")

    @property
    def is_missing(self) -> bool:
        """Whether an offer cannot go out because of it."""
        return bool(self.problem) or (self.is_required and not self.files)

    @property
    def has_dates(self) -> bool:
        """Whether dates are asked for with a file."""
        return self.rules.max_age is not None or self.rules.has_end

    @property
    def has_room(self) -> bool:
        """Whether one more file may be added."""
        return len(self.files) + len(self.coming) < self.rules.max_files


def documents_of(
    row: models.Contract, *, on: date | None = None, for_insurer: bool = False
) -> tuple[RequiredDocument, ...]:
    """Return the kinds that concern the contract with their files, judged on the day (None: today).

    The insurer sees the files sent to it, nobody's preparations.
    """
    today = on or days.local_date(timezone.now())
    files = row.documents.select_related("document").order_by("-id")
    if for_insurer:
        files = files.exclude(sent_at=None)
    given: dict[int, list[models.ContractDocument]] = defaultdict(list)
    for item in files:
        given[item.requirement_id].append(item)
    wanted = Q(pk__in=given)
    if row.status not in _OVER:
        wanted |= Q(is_active=True)
    kinds = models.DocumentRequirement.objects.filter(wanted, insurer_id=row.insurer_id)
    found = (_required(row, kind, given[kind.pk], today) for kind in kinds.order_by("position", "id"))
    return tuple(found)


def file_of(row: models.Contract, *, file_uuid: str) -> models.ContractDocument:
    """Return one file of the contract.

    :raises NotFound: the contract has no such file
    """
    found = row.documents.select_related("document", "requirement").filter(uuid=file_uuid).first()
    if found is None:
        raise NotFound
    return found


def visible_files(actor: Actor) -> "QuerySet[models.ContractDocument]":
    """Return the files the actor may see: a clinic its own, an insurer those that were sent to it."""
    if actor.organization_id is None:
        return models.ContractDocument.objects.none()
    sent = Q(contract__insurer_id=actor.organization_id, sent_at__isnull=False)
    rows = models.ContractDocument.objects.filter(Q(contract__provider_id=actor.organization_id) | sent)
    return rows.select_related("document", "requirement", "contract__insurer", "contract__provider")


def contract_file(actor: Actor, *, contract_uuid: str, document_uuid: str) -> DocumentFile:
    """Return a file of a contract, also an earlier one, for who looks at it.

    :raises NotFound: there is none this actor may see
    """
    rows = visible_files(actor).filter(contract__uuid=contract_uuid, document__uuid=document_uuid)
    found = rows.order_by("-id").first()
    if found is None:
        raise NotFound
    return translate(found)


def file_by_uuid(actor: Actor, *, contract_uuid: str, file_uuid: str) -> DocumentFile:
    """Return a file of a contract by its giving, not by the stored file.

    :raises NotFound: there is none this actor may see
    """
    found = visible_files(actor).filter(contract__uuid=contract_uuid, uuid=file_uuid).first()
    if found is None:
        raise NotFound
    return translate(found)


def lacking(contracts: Sequence[models.Contract], *, on: date) -> dict[int, tuple[str, ...]]:
    """Return for each offer being prepared the names of the kinds that keep it from going out."""
    kinds = models.DocumentRequirement.objects.filter(
        insurer_id__in=[row.insurer_id for row in contracts], is_active=True
    ).order_by("position", "id")
    given: dict[tuple[int, int], list[models.ContractDocument]] = defaultdict(list)
    for item in models.ContractDocument.objects.filter(contract__in=contracts, status=DocumentStatus.GIVEN):
        given[item.contract_id, item.requirement_id].append(item)
    wanted = list(kinds) if contracts else []
    return {
        row.pk: tuple(
            localized(kind.name, kind.name_en)
            for kind in wanted
            if kind.insurer_id == row.insurer_id and _is_lacking(kind, given[row.pk, kind.pk], on)
        )
        for row in contracts
    }


def rules_of(kind: models.DocumentRequirement) -> Rules:
    """Return what the kind demands now."""
    return Rules(kind.max_age, kind.age_unit, kind.is_renewed, kind.has_end, kind.max_files)


def localized(name: str, name_en: str) -> str:
    """Return the name in the reader's language; the Polish one where there is no other."""
    return name_en if name_en and translation.get_language() == "en" else name


def _is_lacking(kind: models.DocumentRequirement, files: list[models.ContractDocument], on: date) -> bool:
    rules = rules_of(kind)
    if not files:
        return kind.is_required
    return any(document_rules.problem(rules, dates_of(item), on=on) for item in files)


def dates_of(item: models.ContractDocument) -> Dates:
    """Return the dates typed for a file."""
    return Dates(item.issued_on, item.valid_until)


def _required(
    row: models.Contract,
    kind: models.DocumentRequirement,
    files: list[models.ContractDocument],
    on: date,
) -> RequiredDocument:
    """Join a kind with its files; what was sent keeps the words it was sent under."""
    given = [item for item in reversed(files) if item.status == DocumentStatus.GIVEN]
    on_its_way = [item for item in reversed(files) if item.status in ON_ITS_WAY]
    renewals = {item.renews_id: translate(item) for item in on_its_way}
    asked = given[0].asked if given and row.status not in EDITABLE else {}
    return RequiredDocument(
        code=kind.code,
        name=localized(asked.get("name", kind.name), asked.get("name_en", kind.name_en)),
        explanation=localized(kind.explanation, kind.explanation_en),
        is_required=bool(asked.get("is_required", _is_needed(row, kind))),
        rules=rules_of(kind),
        files=tuple(
            replace(
                translate(item),
                problem=_problem(row, kind, item, on),
                days_left=_days_left(row, item, on),
                renewal=renewals.get(item.pk),
            )
            for item in given
        ),
        earlier=tuple(translate(item) for item in files if item.status in _GONE),
        coming=tuple(translate(item) for item in on_its_way if item.renews_id is None),
    )


def _is_needed(row: models.Contract, kind: models.DocumentRequirement) -> bool:
    """Say whether an offer needs the kind; what lasts was accepted without the kinds that came later."""
    return kind.is_required and kind.is_active and row.status not in LASTING


def _problem(
    row: models.Contract, kind: models.DocumentRequirement, item: models.ContractDocument, on: date
) -> str:
    """Return why a given file does not count: before it is sent by today's rules, then only by its end."""
    if row.status in EDITABLE:
        return document_rules.problem(rules_of(kind), dates_of(item), on=on)
    return Problem.EXPIRED if item.ends_on is not None and item.ends_on < on else ""


def _days_left(row: models.Contract, item: models.ContractDocument, on: date) -> int | None:
    """Return how long a document of a lasting co-operation counts yet, once a new one is asked for."""
    if row.status not in LASTING or item.ends_on is None:
        return None
    return None if document_rules.notice(item.ends_on, on=on) is None else (item.ends_on - on).days


def translate(item: models.ContractDocument) -> DocumentFile:
    """Translate the table's row."""
    return DocumentFile(
        uuid=str(item.uuid),
        document_uuid=str(item.document.uuid),
        file_name=item.document.original_name,
        kind=item.document.kind,
        size=item.document.size,
        pages=item.document.pages,
        scan=item.document.scan,
        status=item.status,
        added_at=item.added_at,
        added_by=item.added_by,
        issued_on=item.issued_on,
        valid_until=item.valid_until,
        ends_on=item.ends_on,
        replaced_at=item.replaced_at,
        remark=item.remark,
    )
