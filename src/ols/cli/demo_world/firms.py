"""Organizations and their staff: the operator, two insurers, and whoever is added later."""

from datetime import datetime, timedelta
from functools import cache

from django.contrib.auth.hashers import make_password

from ols.accounts import codes, factors
from ols.accounts.permissions import ROLES_OF, Role
from ols.cli.demo_world.chance import at_hour
from ols.cli.demo_world.world import Firm, Person, World
from ols.kernel import generated
from ols.kernel.actor import Actor
from ols.kernel.sortkey import polish_sort_key

# Everybody's, printed at every start of a development installation: a demo world guards nothing.
DEMO_PASSWORD = "demo-haslo-ols"  # noqa: S105 - see above
# The end of the staff's mailbox names, the name, the seat.
INSURERS = (
    ("lipa", "Towarzystwo Ubezpieczeń Zdrowotnych Lipa S.A. (demo)", "Lublin", "20-001"),
    ("bursztyn", "Ubezpieczenia Bursztyn S.A. (demo)", "Gdańsk", "80-001"),
)
MAILBOX_OF = {
    Role.OPERATOR: "operator",
    Role.ADMINISTRATOR: "administrator",
    Role.NETWORK_MANAGER: "siec",
    Role.PLAN_MANAGER: "plany",
    Role.CLAIMS_HANDLER: "swiadczenia",
    Role.FINANCE_PREPARER: "platnosci",
    Role.FINANCE_APPROVER: "akceptacja",
    Role.OWNER: "wlasciciel",
    Role.RECEPTIONIST: "rejestracja",
    Role.ACCOUNTANT: "ksiegowosc",
}
# Who shares the network manager's work; they come last, so that everybody else stays who they are.
FINER_MAILBOX_OF = {
    Role.OFFER_REVIEWER: "oferty",
    Role.TERMS_EDITOR: "regulaminy",
    Role.NETWORK_VIEWER: "podglad",
}


def found_firms(world: World) -> None:
    """Add the operator and the insurers with a person for each of their roles."""
    at = at_hour(world.founded, 8) - timedelta(days=30)
    world.operator = add_firm(
        world, "operator", at=at, name="Operator Systemu OLS (demo)", postal_code="00-001", city="Warszawa"
    )
    for mailbox, name, city, postal_code in INSURERS:
        firm = add_firm(
            world, "insurer", at=at, mailbox=f".{mailbox}", name=name, postal_code=postal_code, city=city
        )
        world.insurers.append(firm)


def hire_finer_staff(world: World) -> None:
    """Give every insurer a reviewer, an editor of terms and somebody who only looks."""
    at = at_hour(world.founded, 8)
    for (ending, *_rest), firm in zip(INSURERS, world.insurers, strict=True):
        for role, mailbox in FINER_MAILBOX_OF.items():
            firm.people[role] = _add_person(world, firm, role, f"{mailbox}.{ending}@example.org", at)


def add_firm(world: World, kind: str, *, at: datetime, mailbox: str = "", **contact: str) -> Firm:
    """Add an organization with its staff; `contact` are columns, `mailbox` ends their addresses' names."""
    chance = world.chance
    columns = {
        "nip": generated.make_nip(chance),
        "street": f"ul. Lipowa {chance.randrange(1, 120)}",
        "email": f"kontakt{mailbox or '.' + kind}@example.org",
        "phone": f"+486000000{chance.randrange(10, 100)}",
        "iban": generated.make_nrb(chance),
        **contact,
    }
    uuid = chance.uuid()
    firm_id = world.tables.add(
        "accounts.Organization",
        uuid=uuid,
        kind=kind,
        sort_key=polish_sort_key(columns["name"])[:250],
        created_at=at,
        **columns,
    )
    world.record("organization.create", "organization", uuid, by=Actor.system("command"), at=at)
    firm = Firm(firm_id, uuid, kind, columns["name"], columns["nip"], columns["iban"])
    for role in ROLES_OF[kind]:
        # The finer roles of clinics are ticked by their owners; a demo clinic has three people.
        if role not in MAILBOX_OF:
            continue
        firm.people[role] = _add_person(world, firm, role, f"{MAILBOX_OF[role]}{mailbox}@example.org", at)
    return firm


def _add_person(world: World, firm: Firm, role: str, email: str, at: datetime) -> Person:
    """Add somebody with one role in the firm; one hash does for all, for the password is everybody's."""
    name = f"{world.names.first_name()} {world.names.last_name()} (demo)"
    uuid = world.chance.uuid()
    user_id = world.tables.add(
        "accounts.User", uuid=uuid, email=email, name=name, password=_password(), created_at=at
    )
    world.tables.add("accounts.Membership", user_id=user_id, organization_id=firm.id, roles=[role])
    if firm.kind in factors.REQUIRED_FOR:
        secret = codes.secret_from(f"{world.seed}:{email}")
        data = codes.stored(secret, last_period=-1)
        world.tables.add("mfa.Authenticator", user_id=user_id, type=factors.CODES, data=data, created_at=at)
    given = {"organization": firm.id, "roles": [role]}
    world.record("membership.grant", "user", uuid, by=Actor.system("command"), at=at, data=given)
    return Person(user_id, email, name)


@cache
def _password() -> str:
    return make_password(DEMO_PASSWORD)
