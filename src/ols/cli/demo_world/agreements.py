"""What operator and insurers ask of clinics: terms to accept, documents to send, areas to agree prices in."""

from datetime import datetime, timedelta

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.cli.demo_world.chance import at_hour
from ols.cli.demo_world.world import Firm, World
from ols.network import selectors
from ols.network import services as network
from ols.network.suggested_kinds import SUGGESTED

# The areas each insurer offers, in the order of the insurers; the last one is announced, not open yet.
AREAS_OF = (
    ("CONS", "NURS", "HOME", "LAB", "IMG", "REHAB", "DENT"),
    ("CONS", "LAB", "IMG", "REHAB", "DENT", "NURS"),
)
DOCUMENTS = ("OC", "RPWDL", "PERSONEL")
_TEXT = """## §1. Postanowienia ogólne

1. {title} obowiązuje od dnia jego akceptacji.
2. Wszystkie podmioty i osoby wymienione w systemie demonstracyjnym są zmyślone.

## §2. Zasady

1. Świadczeniodawca sprawdza ochronę osoby ubezpieczonej przed udzieleniem świadczenia.
2. Decyzja systemu jest ważna przez 24 godziny.
3. Raport rozliczeniowy powstaje dwa razy w miesiącu.
4. Zapłata następuje w ciągu 3 dni roboczych od potwierdzenia raportu.
"""
_THEMATIC = "Regulamin zakresu: {area} ({insurer})"


def publish_agreements(world: World) -> None:
    """Publish the operator's and the insurers' terms; open the insurers' areas."""
    at = at_hour(world.founded, 9) - timedelta(days=20)
    _publish(world, world.operator, "platform", "Regulamin platformy OLS (demo)", at)
    _publish(world, world.operator, "insurance-service", "Regulamin usługi Ubezpieczenia (demo)", at)
    for insurer, codes in zip(world.insurers, AREAS_OF, strict=True):
        _publish(world, insurer, "general", f"Ogólne warunki współpracy – {insurer.name}", at)
        manager = insurer.actor(Role.NETWORK_MANAGER)
        for code in DOCUMENTS:
            network.add_document_kind(actor=manager, kind=SUGGESTED[code], code=code, at=at)
        for code in codes:
            _open_area(world, insurer, code, is_announced=code == codes[-1], at=at)


def _open_area(world: World, insurer: Firm, code: str, *, is_announced: bool, at: datetime) -> None:
    """Offer an area with its terms; an announced one opens in a month."""
    area = catalog.area(code=code)
    opens_on = world.today + timedelta(days=30) if is_announced else world.founded - timedelta(days=20)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    network.open_area(actor=manager, area_id=area.id, opens_on=opens_on, at=at)
    title = _THEMATIC.format(area=area.name_pl, insurer=insurer.name)
    _publish(world, insurer, "thematic", title, at, area_id=area.id)


def _publish(
    world: World, firm: Firm, kind: str, title: str, at: datetime, area_id: int | None = None
) -> None:
    role = Role.OPERATOR if firm.kind == "operator" else Role.NETWORK_MANAGER
    draft = network.TermsDraft(
        kind=kind,
        version="1.0",
        valid_from=world.founded - timedelta(days=20),
        title=title[:200],
        body=_TEXT.format(title=title),
        area_id=area_id,
    )
    uuid = network.publish_terms(actor=firm.actor(role), draft=draft, at=at)
    insurer_id = firm.id if firm.kind == "insurer" else None
    world.texts[kind, insurer_id, area_id] = selectors.terms(uuid=str(uuid))
