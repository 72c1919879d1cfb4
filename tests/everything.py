"""A world with an object of every kind in it, made through the services; and a stranger beside each firm."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.apps import apps
from tests import cast, scenes
from tests.onboarding import world as onboarding
from tests.registry import register_files
from tests.settlement import mock_bank

from ols.accounts import models as accounts
from ols.accounts import services as accounts_services
from ols.accounts.permissions import Permission
from ols.catalog import selectors as catalog
from ols.catalog import services as catalog_services
from ols.catalog.own_service import OwnService
from ols.claims import models as claim_rows
from ols.claims import services as claims
from ols.claims.types import ClaimDraft, DraftLine
from ols.coverage import models as coverage_rows
from ols.coverage import services as coverage
from ols.documents import selectors as documents
from ols.kernel import generated
from ols.kernel.identifiers import parse_nrb
from ols.network import services as network
from ols.onboarding import services as onboarding_services
from ols.plans import services as plans
from ols.registry import models as registry
from ols.settlement import selectors as payments
from ols.settlement import services as settlement

AREA = "CONS"
INSURER_IBAN = parse_nrb("27 1140 2004 0000 3002 0135 5387")
PESEL = generated.make_pesel(random.Random(3), birth=date(1985, 7, 15), sex="F")
POLICIES = (
    "policy_number;plan_code;holder_name;card_number;pesel;first_name;last_name;cover_from;cover_to\n"
    f"P/1;KOMFORT;Firma (demo);K-1;{PESEL};Anna;Kowalska (demo);01.01.2026;31.12.2026\n"
)


@dataclass
class Everything:
    """The firms that own everything, and for each kind a firm that owns nothing of it."""

    firms: dict[str, cast.Firm]
    strangers: dict[str, cast.Firm]


def make() -> Everything:
    """Let a clinic and an insurer come all the way to a paid report and one still open."""
    operator = cast.operator()
    register_files.load(register_files.rows())
    network.begin_draft(actor=operator.actor("operator"), code="platform", at=cast.AT)
    onboarding.publish_terms(operator)
    extract = onboarding_services.keep_extract(
        actor=onboarding.VISITOR, file=scenes.PDF, name="wypis.pdf", at=cast.AT
    )
    onboarding.submit(extract_uuid=extract)
    onboarding_services.start_draft(actor=onboarding.VISITOR, chosen="", values={"name": "Szkic"}, at=cast.AT)
    insurer, clinic = cast.insurer(), cast.provider()
    accounts.Organization.objects.filter(pk=insurer.id).update(iban=INSURER_IBAN)
    scenes.prepare_insurer(insurer, AREA, "NURS")
    network.begin_draft(actor=insurer.actor("network-manager"), code=AREA, at=cast.AT)
    _own_services_and_limits(insurer)
    scenes.finish_stage_two(operator, clinic)
    contract = scenes.active(clinic, insurer)
    prices = scenes.contracted_prices(clinic, insurer, contract, AREA)
    _counter_offer(insurer, clinic, contract)
    _plan(insurer, tuple(prices))
    coverage.import_policies(
        actor=insurer.actor("plan-manager"),
        insurer_id=insurer.id,
        file_name="policies.csv",
        content=POLICIES.encode(),
        at=cast.AT,
    )
    _paid_report(insurer, clinic)
    _claim(clinic)
    cover = coverage_rows.Coverage.objects.get()
    claims.open_draft(actor=clinic.actor("owner"), coverage_uuid=cover.uuid, at=cast.AT)
    network.ask_account_change(
        actor=clinic.actor("owner"), contract_uuid=contract, iban=INSURER_IBAN, reason="Nowy bank", at=cast.AT
    )
    _ask(clinic, "receptionist", Permission.SETTLEMENT_VIEW)
    _ask(insurer, "plan-manager", Permission.PAYMENT_VIEW)
    for firm in (clinic, insurer):
        for role in set(cast.ROLES[firm.kind]) - set(firm.people):
            firm.hire(role)
    strangers = {"insurer": cast.insurer(2), "provider": cast.provider(2)}
    _leaves_the_register(strangers["provider"])
    return Everything({"operator": operator, "insurer": insurer, "provider": clinic}, strangers)


def uuids(most: int = 3) -> dict[UUID, str]:
    """Return the outside identities of a few objects of every kind, each with its table."""
    return {
        uuid: model._meta.db_table
        for model in apps.get_models()
        if any(field.name == "uuid" for field in model._meta.fields)
        for uuid in model._default_manager.order_by("pk").values_list("uuid", flat=True)[:most]
    }


def _own_services_and_limits(insurer: cast.Firm) -> None:
    """Let the insurer have an own service, and changes of limits and needs that wait to be confirmed."""
    planner, area = insurer.actor("plan-manager"), catalog.area(code=AREA).id
    catalog_services.add_own_service(
        actor=planner, area_id=area, service=OwnService("OWN-1", "Porada (demo)"), at=cast.AT
    )
    own = catalog.own_service(planner, code="OWN-1")
    change = plans.LimitChange(area, cast.TODAY, {own.id: 100_00}, revision=0)
    plans.keep_limit_change(actor=planner, change=change, at=cast.AT)
    network.keep_need_import(
        actor=insurer.actor("network-manager"),
        needs={("14", area): 5},
        refused=(),
        file_name="potrzeby.csv",
        at=cast.AT,
    )


def _leaves_the_register(clinic: cast.Firm) -> None:
    """Let the clinic be an entity that the next file no longer has: the operator gets an alert."""
    book = "000000000003"
    entry = registry.RegisterEntry.objects.get(register_book_no=book)
    registry.Facility.objects.filter(organization_id=clinic.id).update(entry=entry)
    register_files.load(line for line in register_files.rows() if line["register_book_no"] != book)


def _counter_offer(insurer: cast.Firm, clinic: cast.Firm, contract: str) -> None:
    """Let the insurer answer a list line by line: it waits for the clinic."""
    scenes.accept_area(clinic, insurer, "NURS")
    service = catalog.services(area_id=catalog.area(code="NURS").id)[0].id
    uuid = scenes.sent_prices(clinic, contract, "NURS", {service: 5000})
    manager = insurer.actor("network-manager")
    answers = {service: network.LineDraft("countered", 4000)}
    seen = network.keep_line_answers(actor=manager, price_list_uuid=uuid, answers=answers, seen=0, at=cast.AT)
    network.answer_price_list(actor=manager, price_list_uuid=uuid, seen=seen, at=cast.AT)


def _ask(firm: cast.Firm, role: str, permission: str) -> None:
    accounts_services.request_access(actor=firm.actor(role), permission=permission, at=cast.AT)


def _plan(insurer: cast.Firm, service_ids: tuple[int, ...]) -> None:
    manager = insurer.actor("plan-manager")
    plan = plans.create_plan(actor=manager, code="KOMFORT", name="Komfort (demo)", at=cast.AT)
    for first_day, publish in ((date(2026, 1, 1), True), (date(2027, 1, 1), False)):
        terms = plans.draft_terms(
            actor=manager,
            plan_uuid=plan,
            valid_from=first_day,
            deductible_gr=0,
            sum_insured_gr=-1,
            filing_limit_days=30,
            at=cast.AT,
        )
        if publish:
            draft = plans.BenefitDraft("KONS", "Konsultacje", service_ids, count_limit=5, copay_gr=1000)
            plans.save_benefit(actor=manager, terms_uuid=terms, benefit_uuid=None, draft=draft, at=cast.AT)
            plans.publish_terms(actor=manager, terms_uuid=terms, at=cast.AT)


def _claim(clinic: cast.Firm, key: str = "open") -> UUID:
    cover = coverage_rows.Coverage.objects.get()
    answer = claims.authorize_claim(
        actor=clinic.actor("receptionist"),
        draft=ClaimDraft(cover.uuid, cast.TODAY, (DraftLine("CONS-001" if key == "open" else "CONS-002"),)),
        idempotency_key=key,
        at=cast.AT,
    )
    assert answer.claim_uuid is not None
    return answer.claim_uuid


def _paid_report(insurer: cast.Firm, clinic: cast.Firm) -> None:
    claim = _claim(clinic, "first")
    claims.confirm_claim(actor=clinic.actor("receptionist"), claim_uuid=claim, at=cast.AT)
    assert claim_rows.Claim.objects.get().status == "confirmed"
    accountant, preparer = clinic.actor("accountant"), insurer.actor("finance-preparer")
    report = settlement.generate_statement(
        actor=accountant,
        insurer_uuid=UUID(insurer.uuid),
        period_from=cast.TODAY,
        period_to=cast.TODAY,
        at=cast.AT,
    )
    settlement.confirm_statement(actor=accountant, uuid=report, at=cast.AT)
    batch = settlement.prepare_batch(
        actor=preparer, statement_uuids=[report], execution_on=cast.TODAY, at=cast.AT
    )
    settlement.approve_batch(actor=insurer.actor("finance-approver"), uuid=batch, at=cast.AT)
    file = documents.open_document(actor=preparer, uuid=str(payments.batch_file(preparer, uuid=batch)))
    with mock_bank.opened(iban=INSURER_IBAN, name="TU", now="2026-11-23T09:00") as bank:
        bank.pay(file.content)
        (statement,) = bank.statements()
    settlement.import_bank_statement(
        actor=preparer, content=statement, file_name="wyciag.xml", at=cast.AT + timedelta(days=7)
    )
