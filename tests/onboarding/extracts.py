"""Applications with an extract: good by default, each thing changeable."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from tests import cast
from tests.onboarding import world
from tests.registry import register_files

from ols.documents.content import CheckedFile, check_upload
from ols.kernel.actor import Actor
from ols.onboarding import models, selectors
from ols.onboarding import services as onboarding
from ols.onboarding.extract_comparison import FIELDS
from ols.registry import sample_extract
from ols.registry import selectors as registry

AT = cast.AT
SYSTEM = Actor.system("job")
BOOK = "000000000001"


def let_matches_in(operator: cast.Firm) -> None:
    """Let the operator switch approvals without a person on."""
    wanted = replace(selectors.platform(), approves_by_itself=True)
    onboarding.change_platform_settings(actor=operator.actor("operator"), wanted=wanted, at=AT)


def register(**changes: str) -> registry.EntryRow:
    """Import a register of three clinics, the first of them changed."""
    rows = register_files.rows()
    rows[0] |= changes
    register_files.load(rows)
    return registry.entry(register_book_no=BOOK)


def known(entry: registry.EntryRow) -> dict[str, str]:
    return {name: getattr(entry, name) for name in FIELDS}


def extract(facts: dict[str, str], *, made_at: datetime = AT - timedelta(days=3)) -> CheckedFile:
    return check_upload(io.BytesIO(sample_extract.extract_pdf(facts, made_at=made_at)))


def apply(
    entry: registry.EntryRow, *, file: CheckedFile | None = None, said: dict[str, str] | None = None
) -> UUID:
    """Send the clinic's application with its extract, what is said taken from the register."""
    file = file or extract(known(entry))
    kept = onboarding.keep_extract(actor=world.VISITOR, file=file, name="wypis.pdf", at=AT)
    values = {**known(entry), "legal_form": entry.legal_form, "email": entry.email, **(said or {})}
    return world.submit(extract_uuid=kept, **values).uuid


def waiting(application: UUID) -> UUID:
    return models.ExtractReading.objects.get(application__uuid=application, outcome="waiting").uuid


def read(application: UUID, *, at: datetime = AT) -> str:
    return onboarding.read_extract(actor=SYSTEM, reading_uuid=waiting(application), at=at)
