"""What waits for people today, made through the product's own services: every list has something to do.

Applications wait for the operator; an offer and a price list wait for an insurer.
"""

import io
from dataclasses import asdict
from datetime import timedelta

from ols.accounts.permissions import Role
from ols.cli.demo_world import documents
from ols.cli.demo_world.counter_offers import leave_counter_offer
from ols.cli.demo_world.price_drafts import leave_price_draft
from ols.cli.demo_world.world import World
from ols.documents import content
from ols.kernel import days, generated, identifiers
from ols.kernel.actor import Actor
from ols.network import selectors as network_selectors
from ols.network import services as network
from ols.network.document_rules import Dates
from ols.onboarding import services as onboarding
from ols.registry import sample_extract
from ols.registry import selectors as registry

# Which of the joined clinics has sent what, by place; both have more to do with the first insurer.
_OFFERING, _REPRICING = 1, 2
_APPLICANTS = 2
_RAISED_PERCENT = 105
_EXTRACT_AGE_DAYS = 5
_POLICY_DAYS = 200


def leave_waiting(world: World) -> None:
    """Send the applications, the offer and the price list."""
    for place in range(_APPLICANTS):
        _apply(world, f"{world.size.facilities - place:012d}", is_moved=place == 1)
    if world.clinics:
        leave_price_draft(world)
        leave_counter_offer(world)
    if len(world.clinics) > _REPRICING:
        send_offer(world, _OFFERING)
        _send_prices(world)


def _apply(world: World, book: str, *, is_moved: bool) -> None:
    """Let a clinic of the register ask for access; one has moved since it was registered."""
    entry = registry.entry(register_book_no=book)
    draft = onboarding.ApplicationDraft(
        register_book_no=book,
        name=entry.name,
        nip=entry.nip,
        regon=entry.regon,
        krs=entry.krs,
        legal_form=entry.legal_form,
        street="ul. Nowa 12" if is_moved else entry.street,
        postal_code=entry.postal_code,
        city=entry.city,
        representative_name=f"{world.names.first_name()} {world.names.last_name()} (demo)",
        representative_function="Prezes zarządu",
        email=entry.email,
        phone=identifiers.parse_phone(entry.phone),
        extract_uuid=_extract(world, entry),
        terms_uuid=world.texts["platform", None, None].uuid,
    )
    onboarding.submit_application(
        actor=Actor.system("command"), draft=draft, submission_key=world.chance.uuid(), at=world.at
    )


def _extract(world: World, entry: registry.EntryRow) -> str:
    """Upload what the register says of the clinic, printed some days ago."""
    pdf = sample_extract.extract_pdf(asdict(entry), made_at=world.at - timedelta(days=_EXTRACT_AGE_DAYS))
    return onboarding.keep_extract(
        actor=Actor.system("command"),
        file=content.check_upload(io.BytesIO(pdf)),
        name="wypis-z-rejestru.pdf",
        at=world.at,
    )


def send_offer(world: World, place: int) -> str:
    """Let a clinic offer its services to the second insurer; return the contract."""
    clinic, insurer = world.clinics[place], world.insurers[1]
    owner, at = clinic.firm.actor(Role.OWNER), world.at
    terms = world.texts["general", insurer.id, None]
    network.open_terms(actor=owner, terms_uuid=terms.uuid, at=at)
    contract = str(network.start_cooperation(actor=owner, insurer_id=insurer.id, at=at))
    parameters = network.Parameters(
        starts_on=world.today,
        iban=generated.make_nrb(world.chance),
        contact_name=owner.name,
        contact_email=clinic.firm.people[Role.OWNER].email,
        contact_phone="+48600000011",
    )
    network.set_parameters(actor=owner, contract_uuid=contract, parameters=parameters, at=at)
    year = Dates(valid_until=world.today + timedelta(days=_POLICY_DAYS))
    documents.add(world, clinic, contract, "OC", year, at)
    fresh = Dates(issued_on=world.today - timedelta(days=_EXTRACT_AGE_DAYS))
    documents.add(world, clinic, contract, "RPWDL", fresh, at)
    network.send_offer(actor=owner, contract_uuid=contract, at=at)
    return contract


def _send_prices(world: World) -> None:
    """Let a clinic ask the first insurer for higher prices of consultations from next month on."""
    clinic, insurer = world.clinics[_REPRICING], world.insurers[0]
    owner, at = clinic.firm.actor(Role.OWNER), world.at
    contract = network_selectors.active_contract(owner, insurer_id=insurer.id)
    assert contract is not None
    grid = network_selectors.price_grid(owner, contract_uuid=contract.uuid, area_code="CONS", on=world.today)
    prices = {
        row.service_id: clinic.prices[insurer.id][row.service_id] * _RAISED_PERCENT // 100
        for row in grid.rows
    }
    uuid = network.save_prices(
        actor=owner,
        contract_uuid=contract.uuid,
        area_code="CONS",
        valid_from=days.add_months(world.today.replace(day=1), 1),
        prices=prices,
        at=at,
    )
    network.send_price_list(actor=owner, price_list_uuid=str(uuid), at=at)
