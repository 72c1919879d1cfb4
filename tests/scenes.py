"""How far a provider and an insurer have come, built through the services: terms, contract, prices."""

from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from tests import cast
from tests.cast import AT, TODAY, Firm

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.documents.content import CheckedFile
from ols.documents.verdicts import Kind
from ols.kernel.identifiers import parse_nrb
from ols.network import selectors, services
from ols.network.models import TermsKind
from ols.registry import services as registry

IBAN = parse_nrb("61 1090 1014 0000 0712 1981 2874")
PDF = CheckedFile(kind=Kind.PDF, sha256=sha256(b"%PDF").hexdigest(), size=4, clean_bytes=b"%PDF")


def publish(
    actor_of: Firm,
    kind: str,
    *,
    area_id: int | None = None,
    version: str = "1.0",
    valid_from: date | None = None,
    accept_by: date | None = None,
) -> str:
    """Publish terms that have been in force for a month, each further version for a day less."""
    role = Role.OPERATOR if actor_of.kind == "operator" else Role.NETWORK_MANAGER
    draft = services.TermsDraft(
        kind=kind,
        version=version,
        valid_from=valid_from or TODAY - timedelta(days=31 - int(version.partition(".")[0])),
        title=f"Regulamin {kind} (demo)",
        body=f"## Postanowienia\n\nTreść regulaminu {kind}, wersja {version}.\n",
        area_id=area_id,
        accept_by=accept_by,
    )
    return str(services.publish_terms(actor=actor_of.actor(role), draft=draft, at=AT))


def accept(provider: Firm, terms_uuid: str) -> None:
    """Open and accept terms as the owner."""
    owner = provider.actor(Role.OWNER)
    services.open_terms(actor=owner, terms_uuid=terms_uuid, at=AT)
    services.accept_terms(actor=owner, terms_uuid=terms_uuid, at=AT)


def finish_stage_two(operator: Firm, provider: Firm) -> None:
    """Confirm the data and accept the insurance service's terms (published if they are not yet)."""
    current = selectors.current_terms(kind=TermsKind.INSURANCE_SERVICE, on=TODAY)
    uuid = current.uuid if current else publish(operator, TermsKind.INSURANCE_SERVICE)
    registry.confirm_data(actor=provider.actor(Role.OWNER), at=AT)
    accept(provider, uuid)


def prepare_insurer(insurer: Firm, *areas: str) -> None:
    """Publish the insurer's general terms, ask for one document, open the areas with their terms."""
    manager = insurer.actor(Role.NETWORK_MANAGER)
    publish(insurer, TermsKind.GENERAL)
    services.require_document(actor=manager, code="OC", name="Polisa OC", at=AT)
    for code in areas:
        area = catalog.area(code=code)
        services.open_area(actor=manager, area_id=area.id, opens_on=TODAY, at=AT)
        publish(insurer, TermsKind.THEMATIC, area_id=area.id)


def ready_insurer(*areas: str) -> Firm:
    """Make an insurer whose terms, document and areas are in place."""
    cast.starter_catalog()
    made = cast.insurer()
    prepare_insurer(made, *areas)
    return made


def ready_clinic() -> Firm:
    """Make the platform's operator and a clinic that may begin co-operation."""
    made = cast.provider()
    finish_stage_two(cast.operator(), made)
    return made


def start(provider: Firm, insurer: Firm) -> str:
    """Open and accept the general terms; return the draft contract."""
    owner = provider.actor(Role.OWNER)
    terms = selectors.current_terms(kind=TermsKind.GENERAL, insurer_id=insurer.id, on=TODAY)
    assert terms is not None
    services.open_terms(actor=owner, terms_uuid=terms.uuid, at=AT)
    return str(services.start_cooperation(actor=owner, insurer_id=insurer.id, at=AT))


def parameters(starts_on: date = TODAY) -> services.Parameters:
    """Return parameters that are right."""
    return services.Parameters(
        starts_on=starts_on,
        iban=IBAN,
        contact_name="Owner 1 (demo)",
        contact_email="owner@example.org",
        contact_phone="+48600000013",
    )


def fill_in(provider: Firm, contract_uuid: str) -> None:
    """Give parameters and the document; one given before is replaced."""
    owner = provider.actor(Role.OWNER)
    services.set_parameters(actor=owner, contract_uuid=contract_uuid, parameters=parameters(), at=AT)
    (wanted,) = selectors.contract(owner, uuid=contract_uuid).documents
    if wanted.files:
        services.replace_document(
            actor=owner,
            contract_uuid=contract_uuid,
            file_uuid=UUID(wanted.files[0].uuid),
            upload=services.Upload(PDF, "oc.pdf"),
            at=AT,
        )
        return
    services.add_document(
        actor=owner, contract_uuid=contract_uuid, requirement_code="OC", file=PDF, name="oc.pdf", at=AT
    )


def offered(provider: Firm, insurer: Firm) -> str:
    """Send a complete offer; return the contract."""
    uuid = start(provider, insurer)
    fill_in(provider, uuid)
    services.send_offer(actor=provider.actor(Role.OWNER), contract_uuid=uuid, at=AT)
    return uuid


def active(provider: Firm, insurer: Firm) -> str:
    """Let the insurer accept a complete offer; return the contract."""
    uuid = offered(provider, insurer)
    services.accept_offer(actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=uuid, at=AT)
    return uuid


class Partners(NamedTuple):
    """An insurer and a clinic that co-operate, and their contract's uuid."""

    insurer: Firm
    clinic: Firm
    contract: str


def partners(*areas: str) -> Partners:
    """Make both sides of a co-operation; the clinic has accepted the first area's terms."""
    insurer, clinic = ready_insurer(*areas), ready_clinic()
    contract = active(clinic, insurer)
    accept_area(clinic, insurer, areas[0])
    return Partners(insurer, clinic, contract)


def accept_area(provider: Firm, insurer: Firm, code: str) -> None:
    """Accept the thematic terms of an area."""
    terms = selectors.current_terms(
        kind=TermsKind.THEMATIC, insurer_id=insurer.id, area_id=catalog.area(code=code).id, on=TODAY
    )
    assert terms is not None
    accept(provider, terms.uuid)


def sent_prices(provider: Firm, contract_uuid: str, code: str, prices: dict[int, int]) -> str:
    """Save and send prices (grosze by service id) from today; return the price list."""
    owner = provider.actor(Role.OWNER)
    uuid = services.save_prices(
        actor=owner, contract_uuid=contract_uuid, area_code=code, valid_from=TODAY, prices=prices, at=AT
    )
    services.send_price_list(actor=owner, price_list_uuid=str(uuid), at=AT)
    return str(uuid)


def contracted_prices(provider: Firm, insurer: Firm, contract_uuid: str, code: str) -> dict[int, int]:
    """Accept the area's terms and agree a price for every service of it; return grosze by service id."""
    accept_area(provider, insurer, code)
    prices = {row.id: row.demo_price_gr for row in catalog.services(area_id=catalog.area(code=code).id)}
    uuid = sent_prices(provider, contract_uuid, code, prices)
    services.accept_price_list(actor=insurer.actor(Role.NETWORK_MANAGER), price_list_uuid=uuid, at=AT)
    return prices
