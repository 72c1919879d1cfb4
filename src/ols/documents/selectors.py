"""Opening stored files; only the owner and organizations with a grant ever get one."""

from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db.models import Q

from ols.db.errors import NotFound
from ols.documents import models
from ols.kernel.actor import Actor


@dataclass(frozen=True)
class OpenedDocument:
    """A file ready to be sent."""

    kind: str
    name: str
    content: bytes


@dataclass(frozen=True)
class StoredFile:
    """A file for a job that works on what another table refers to."""

    sha256: str
    content: bytes


def stored_file(*, document_id: int) -> StoredFile:
    """Return a file by the reference another table holds; the caller decides who sees what comes of it."""
    row = models.Document.objects.get(pk=document_id)
    with default_storage.open(row.storage_name) as stream:
        return StoredFile(sha256=row.sha256, content=stream.read())


def open_document(*, actor: Actor, uuid: str) -> OpenedDocument:
    """Return the file's bytes.

    :raises ols.db.errors.NotFound: no such file for this organization (also when it is somebody else's)
    """
    allowed = Q(organization_id=actor.organization_id) | Q(grants__organization_id=actor.organization_id)
    row = models.Document.objects.filter(allowed, uuid=uuid).distinct().first()
    if row is None or actor.organization_id is None:
        raise NotFound
    with default_storage.open(row.storage_name) as stream:
        return OpenedDocument(kind=row.kind, name=row.original_name, content=stream.read())


def document_id(*, organization_id: int, uuid: str) -> int:
    """Return the inner id of an organization's own file, for a reference from another table.

    :raises ols.db.errors.NotFound: the organization has no such file
    """
    found = models.Document.objects.filter(organization_id=organization_id, uuid=uuid)
    row_id = found.values_list("pk", flat=True).first()
    if row_id is None:
        raise NotFound
    return row_id


def document_uuid(*, document_id: int) -> str:
    """Return the outer identity of a file another table refers to."""
    return str(models.Document.objects.values_list("uuid", flat=True).get(pk=document_id))
