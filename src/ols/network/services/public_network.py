"""What the public sees of a network: the insurer's page, and the prices a clinic agrees to show."""

import re
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from ols.accounts.permissions import Permission
from ols.audit import services as audit
from ols.db.errors import NotFound
from ols.db.transactions import use_case
from ols.kernel.actor import Actor
from ols.network import models
from ols.network.selectors import public_network as selectors
from ols.network.states import ContractStatus

MOST_ORIGINS: Final = 20
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.ASCII)
_LOCAL: Final = frozenset({"localhost", "127.0.0.1"})
_GIVEABLE: Final = (ContractStatus.ACTIVE, ContractStatus.SUSPENDED)


class NotAnOrigin(ValueError):
    """The text is no origin whose page may show ours: https://host, without a path."""


class AddressTaken(Exception):
    """Another insurer's network has the address."""


class NotActive(Exception):
    """There is no co-operation in force whose prices could be shown."""


def parse_origin(text: str) -> str:
    """Return the origin as a browser writes it; plain http only for one's own machine.

    :raises NotAnOrigin: it is none
    """
    parts = urlsplit(text.strip().rstrip("/").lower())
    try:
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError as error:  # of which the errors of names are
        raise NotAnOrigin from error
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL)
    rest = (parts.path, parts.query, parts.fragment, parts.username, parts.password)
    if not is_safe or any(rest) or not _HOST.fullmatch(host):
        raise NotAnOrigin
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


@use_case
def change_public_network(
    *,
    actor: Actor,
    slug: str,
    is_public: bool,
    may_be_embedded: bool,
    origins: tuple[str, ...],
    at: datetime,
) -> None:
    """Set how the actor's network is shown.

    :raises ols.db.errors.NotFound: the actor works for no insurer
    :raises AddressTaken: another network has the address
    :raises NotAnOrigin: one of the origins is none
    """
    selectors.own_network(actor)
    if not _SLUG.fullmatch(slug) or len(origins) > MOST_ORIGINS:
        raise NotAnOrigin
    if selectors.is_taken(slug=slug, insurer_id=actor.organization()):
        raise AddressTaken
    values = {
        "slug": slug,
        "is_public": is_public,
        "may_be_embedded": may_be_embedded,
        "origins": list(dict.fromkeys(parse_origin(origin) for origin in origins)),
    }
    row, _ = models.PublicNetwork.objects.update_or_create(insurer_id=actor.organization(), defaults=values)
    _record(actor, "public_network.change", "public_network", row.uuid, at, **values)


@use_case
def give_price_consent(*, actor: Actor, contract_uuid: UUID, at: datetime) -> None:
    """Let everybody see the prices of the co-operation; given twice it is the same.

    :raises ols.db.errors.NotFound: the clinic has no such contract
    :raises NotActive: the co-operation is not in force
    """
    row = _own_contract(actor, contract_uuid)
    if row.status not in _GIVEABLE:
        raise NotActive
    if row.price_consents.filter(withdrawn_at=None).exists():
        return
    row.price_consents.create(given_at=at, given_by=actor.name, given_by_id=actor.person())
    _record(actor, "price_consent.give", "contract", row.uuid, at)


@use_case
def withdraw_price_consent(*, actor: Actor, contract_uuid: UUID, at: datetime) -> None:
    """Hide the prices again at once; the consent stays as history.

    :raises ols.db.errors.NotFound: the clinic has no such contract
    """
    row = _own_contract(actor, contract_uuid)
    if row.price_consents.filter(withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=actor.name):
        _record(actor, "price_consent.withdraw", "contract", row.uuid, at)


def _own_contract(actor: Actor, uuid: UUID) -> models.Contract:
    """Return the clinic's contract, locked."""
    actor.require(Permission.CONTRACT_OFFER)
    rows = models.Contract.objects.select_for_update().filter(provider_id=actor.organization())
    row = rows.filter(uuid=uuid).first()
    if row is None:
        raise NotFound
    return row


def _record(actor: Actor, event: str, kind: str, uuid: UUID, at: datetime, **data: object) -> None:
    audit.record(event=event, subject_kind=kind, subject_uuid=uuid, actor=actor, at=at, data=data)
