"""Which insurers show their network to everybody, under which address, and who may put it into a page."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.text import slugify

from ols.accounts import selectors as accounts
from ols.accounts.permissions import Permission
from ols.db.errors import NotFound
from ols.kernel.actor import Actor
from ols.kernel.sortkey import search_key
from ols.network import models

_LONGEST_SLUG = 40


@dataclass(frozen=True)
class NetworkRow:
    """One insurer's public network. `origins` may show it inside their own pages while `may_be_embedded`."""

    insurer_id: int
    insurer_name: str
    insurer_phone: str
    insurer_email: str
    slug: str
    is_public: bool = True
    may_be_embedded: bool = False
    origins: tuple[str, ...] = ()


def public_networks() -> list[NetworkRow]:
    """Return the networks everybody may look at, in the Polish order of the insurers' names. Public."""
    return [row for row in _all() if row.is_public]


def public_network(*, slug: str) -> NetworkRow:
    """Return the network with the address. Public.

    :raises ols.db.errors.NotFound: there is none, or its insurer does not show it
    """
    for row in public_networks():
        if row.slug == slug:
            return row
    raise NotFound


def own_network(actor: Actor) -> NetworkRow:
    """Return how the actor's own network is shown.

    :raises ols.kernel.actor.NotPermitted: the actor does not publish
    :raises ols.db.errors.NotFound: the actor works for no insurer
    """
    actor.require(Permission.TERMS_PUBLISH)
    for row in _all():
        if row.insurer_id == actor.organization_id:
            return row
    raise NotFound


def is_taken(*, slug: str, insurer_id: int) -> bool:
    """Say whether another insurer's network has the address."""
    return any(row.slug == slug and row.insurer_id != insurer_id for row in _all())


def _all() -> list[NetworkRow]:
    chosen = {row.insurer_id: row for row in models.PublicNetwork.objects.all()}
    taken = {row.slug for row in chosen.values()}
    found = []
    for insurer in accounts.organizations(kind="insurer"):
        kept = chosen.get(insurer.id)
        slug = kept.slug if kept else _free_slug(insurer, taken)
        taken.add(slug)
        found.append(_row(insurer, slug, kept))
    return found


def _row(insurer: accounts.OrganizationRow, slug: str, kept: models.PublicNetwork | None) -> NetworkRow:
    return NetworkRow(
        insurer_id=insurer.id,
        insurer_name=insurer.name,
        insurer_phone=insurer.phone,
        insurer_email=insurer.email,
        slug=slug,
        is_public=kept.is_public if kept else True,
        may_be_embedded=kept.may_be_embedded if kept else False,
        origins=tuple(kept.origins) if kept else (),
    )


def _free_slug(insurer: accounts.OrganizationRow, taken: set[str]) -> str:
    """Return an address made of the name, with a mark of its own where another one has it already."""
    slug = slugify(search_key(insurer.name))[:_LONGEST_SLUG].strip("-")
    if slug and slug not in taken:
        return slug
    return f"{slug[: _LONGEST_SLUG - 7]}-{sha256(str(insurer.uuid).encode()).hexdigest()[:6]}".strip("-")
