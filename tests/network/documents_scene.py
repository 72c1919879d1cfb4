"""A clinic, an insurer with kinds of documents, and what tests of documents do again and again."""

from datetime import datetime, timedelta
from uuid import UUID

from tests import cast, scenes
from tests.cast import AT, Firm

from ols.accounts.permissions import Role
from ols.network import models, selectors, services
from ols.network.document_rules import NO_DATES, Dates
from ols.notifications.models import OutboxMessage

POLICY = services.DocumentKind(
    "Polisa OC", "Liability policy", explanation="Suma gwarancyjna co najmniej 75 000 euro.", has_end=True
)
SOON = cast.TODAY + timedelta(days=40)
POLICY_DATES = Dates(valid_until=SOON)
ENDING = Dates(valid_until=cast.TODAY + timedelta(days=20))


def pair() -> tuple[Firm, Firm]:
    """Return a clinic ready to begin and an insurer that asks for one document, its policy."""
    insurer, clinic = cast.insurer(), cast.provider()
    scenes.prepare_insurer(insurer)
    scenes.finish_stage_two(cast.operator(), clinic)
    return clinic, insurer


def set_kind(insurer: Firm, kind: services.DocumentKind, *, code: str = "OC", at: datetime = AT) -> None:
    """Let the insurer say something else of its kind."""
    row = models.DocumentRequirement.objects.get(insurer_id=insurer.id, code=code)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    services.change_document_kind(actor=manager, requirement_uuid=row.uuid, kind=kind, at=at)


def add(
    clinic: Firm, contract: str, dates: Dates = NO_DATES, *, code: str = "OC", name: str = "oc.pdf"
) -> UUID:
    """Add a file as the owner."""
    return services.add_document(
        actor=clinic.actor(Role.OWNER),
        contract_uuid=contract,
        requirement_code=code,
        file=scenes.PDF,
        name=name,
        dates=dates,
        at=AT,
    )


def replace(
    clinic: Firm,
    contract: str,
    old: UUID,
    dates: Dates = NO_DATES,
    *,
    name: str = "new.pdf",
    at: datetime = AT,
) -> UUID:
    """Replace a file as the owner."""
    return services.replace_document(
        actor=clinic.actor(Role.OWNER),
        contract_uuid=contract,
        file_uuid=old,
        upload=services.Upload(scenes.PDF, name, dates),
        at=at,
    )


def draft(clinic: Firm, insurer: Firm) -> str:
    """Begin an offer and fill in all but the documents."""
    contract = scenes.start(clinic, insurer)
    services.set_parameters(
        actor=clinic.actor(Role.OWNER), contract_uuid=contract, parameters=scenes.parameters(), at=AT
    )
    return contract


def active(clinic: Firm, insurer: Firm, dates: Dates = POLICY_DATES) -> tuple[str, UUID]:
    """Return an active co-operation and its policy, which ends in forty days."""
    set_kind(insurer, POLICY)
    contract = draft(clinic, insurer)
    file = add(clinic, contract, dates)
    services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=contract, at=AT)
    services.accept_offer(actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=contract, at=AT)
    return contract, file


def wanted(firm: Firm, contract: str, role: str = Role.OWNER) -> selectors.RequiredDocument:
    """Return the only kind as somebody sees it."""
    (found,) = selectors.contract(firm.actor(role), uuid=contract).documents
    return found


def names(files: tuple[selectors.DocumentFile, ...]) -> list[str]:
    """Return the files' names."""
    return [file.file_name for file in files]


def letters(template: str) -> list[str]:
    """Return to whom the letter was promised."""
    found = OutboxMessage.objects.filter(payload__template=template).order_by("id")
    return [message.payload["to"] for message in found]
