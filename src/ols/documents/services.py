"""Storing files: what was checked goes to disk under a random name, with its owner and its readers."""

import logging
import secrets
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from ols.audit import services as audit
from ols.db.fields import new_uuid
from ols.db.transactions import use_case, within_transaction
from ols.documents import content, models
from ols.kernel.actor import Actor

logger = logging.getLogger(__name__)


def receive(*, actor: Actor, stream: BinaryIO | None, at: datetime) -> content.CheckedFile:
    """Check what somebody uploads; an infected file leaves a record, a silent scanner a line in the log.

    :raises content.UploadRefused: nothing of it may be kept
    """
    try:
        return content.check_upload(stream)
    except content.UploadRefused as refusal:
        if refusal.code == "INFECTED":
            _record_infected(actor=actor, found=refusal.params, at=at)
        elif refusal.code == "SCANNER_AWAY":
            logger.exception("the virus scanner does not answer; an upload was refused")
        raise


@use_case
def _record_infected(*, actor: Actor, found: dict[str, str], at: datetime) -> None:
    """Leave a record of what was refused; the file itself is gone."""
    data = {"virus": found["virus"][:100], "sha256": found["sha256"], "size": int(found["size"])}
    audit.record(
        event="upload.infected",
        subject_kind="upload",
        subject_uuid=new_uuid(),
        actor=actor,
        at=at,
        data=data,
    )


@within_transaction
def keep(
    *, actor: Actor, organization_id: int, file: content.CheckedFile, name: str, at: datetime
) -> models.Document:
    """Keep an upload with what its check found."""
    document = store(
        actor=actor,
        organization_id=organization_id,
        kind=file.kind,
        name=name,
        content=file.clean_bytes,
        at=at,
    )
    document.pages, document.scan = file.pages, file.scan
    document.save(update_fields=["pages", "scan"])
    return document


@within_transaction
def store(
    *, actor: Actor, organization_id: int, kind: str, name: str, content: bytes, at: datetime
) -> models.Document:
    """Keep a file whose content the caller produced or has checked (`content.check_upload`).

    `kind` is pdf, jpeg, xml, csv or xlsx. A rolled-back transaction may leave an
    unreferenced file behind, never a row without its file; a job removes such orphans.
    """
    storage_name = f"{at:%Y/%m}/{secrets.token_hex(24)}"
    saved = default_storage.save(storage_name, ContentFile(content))
    try:
        document = models.Document.objects.create(
            organization_id=organization_id,
            kind=kind,
            original_name=name[:200],
            sha256=sha256(content).hexdigest(),
            size=len(content),
            storage_name=saved,
            created_at=at,
            created_by_id=actor.user_id,
        )
    except Exception:
        default_storage.delete(saved)
        raise
    return document


@within_transaction
def discard(*, document_id: int) -> None:
    """Delete a file that nothing refers to any more; it leaves the disk once the caller has committed.

    :raises django.db.models.ProtectedError: something still refers to it
    """
    document = models.Document.objects.get(pk=document_id)
    document.delete()
    transaction.on_commit(lambda: default_storage.delete(document.storage_name))


@within_transaction
def grant(*, document_id: int, organization_id: int) -> None:
    """Let another organization read the document."""
    models.Grant.objects.get_or_create(document_id=document_id, organization_id=organization_id)
