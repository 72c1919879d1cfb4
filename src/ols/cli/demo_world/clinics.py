"""Clinics of the register that joined: their staff, their data and what they accepted."""

from dataclasses import asdict
from datetime import datetime, timedelta

from ols.accounts.permissions import Role
from ols.cli.demo_world.firms import add_firm
from ols.cli.demo_world.world import Clinic, Firm, World
from ols.kernel import generated, identifiers
from ols.network import selectors as network
from ols.registry import selectors as registry

# The register file gives every sixteenth entity to the same voivodeship.
_VOIVODESHIPS = 16
_AFTER_FOUNDING = timedelta(days=2)


def join_clinics(world: World) -> None:
    """Let the clinics join, spread evenly over the voivodeships; all of them finished stage II."""
    rounds = max(world.size.facilities // _VOIVODESHIPS, 1)
    for place in range(world.size.joined):
        turn, voivodeship = divmod(place, _VOIVODESHIPS)
        number = 1 + voivodeship + _VOIVODESHIPS * (turn * 7 % rounds)
        world.clinics.append(_join(world, place, f"{number:012d}"))


def accept(world: World, firm: Firm, terms: network.TermsRow, at: datetime) -> None:
    """Let the owner open and accept a text."""
    owner = firm.people[Role.OWNER]
    common = {"terms_id": terms.id, "organization_id": firm.id, "user_id": owner.id}
    world.tables.add("network.TermsOpening", **common, at=at - timedelta(minutes=10))
    uuid = world.chance.uuid()
    world.tables.add(
        "network.TermsAcceptance", uuid=uuid, **common, user_name=owner.name, at=at, sha256=terms.sha256
    )
    data = {"terms": terms.uuid, "kind": terms.kind, "version": terms.version, "sha256": terms.sha256}
    by = firm.actor(Role.OWNER)
    world.record("terms.accept", "terms_acceptance", uuid, by=by, at=at, data=data)


def _join(world: World, place: int, book: str) -> Clinic:
    """Make an organization of a register entry; the first clinic has the short addresses."""
    entry = registry.entry(register_book_no=book)
    at = world.chance.moment(world.founded + _AFTER_FOUNDING)
    address = {"street": entry.street, "postal_code": entry.postal_code, "city": entry.city}
    contact = {"email": entry.email, "phone": identifiers.parse_phone(entry.phone)}
    mailbox = f".{place + 1}" if place else ""
    firm = add_firm(
        world, "provider", at=at, mailbox=mailbox, name=entry.name, nip=entry.nip, **address, **contact
    )
    facility = registry.FacilityRow(
        organization_name=firm.name, nip=firm.nip, name=firm.name, register_book_no=book, **address, **contact
    )
    _add_facility(world, firm, facility, entry.teryt, at)
    for days_later, kind in enumerate(("platform", "insurance-service")):
        accept(world, firm, world.texts[kind, None, None], at + timedelta(days=days_later, hours=1))
    return Clinic(firm, tuple(_add_doctor(world, firm) for _ in range(world.chance.randrange(2, 6))))


def _add_facility(world: World, firm: Firm, facility: registry.FacilityRow, teryt: str, at: datetime) -> None:
    """Add the facility and the owner's word that its data are right."""
    values = asdict(facility)
    book = values["register_book_no"]
    own = {name: values[name] for name in ("name", "street", "postal_code", "city", "phone", "email")}
    uuid = world.chance.uuid()
    world.tables.add(
        "registry.Facility",
        uuid=uuid,
        organization_id=firm.id,
        entry_id=registry.entry_id(register_book_no=book),
        teryt=teryt,
        **own,
    )
    owner = firm.actor(Role.OWNER)
    world.tables.add(
        "registry.DataConfirmation",
        organization_id=firm.id,
        user_id=owner.user_id,
        at=at + timedelta(minutes=30),
        data=values,
    )
    world.record("facility.create", "facility", uuid, by=world.operator.actor(Role.OPERATOR), at=at)
    world.record("facility.confirm", "facility", uuid, by=owner, at=at + timedelta(minutes=30))


def _add_doctor(world: World, firm: Firm) -> str:
    """Add somebody who performs services; return the licence number."""
    npwz = generated.make_npwz(world.chance)
    name = f"{world.names.first_name()} {world.names.last_name()} (demo)"
    world.tables.add(
        "registry.Practitioner", organization_id=firm.id, name=name, profession="doctor", npwz=npwz
    )
    return npwz
