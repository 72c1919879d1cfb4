"""Storing files: what was checked goes to disk under a random name, with its owner and its readers."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from ols.db.transactions import within_transaction
from ols.documents import models
from ols.kernel.actor import Actor


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
