"""The demo world: small here, with everything the big one has."""

import dataclasses
import hashlib
import re
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.db import connection, models, transaction

from ols.accounts import codes
from ols.accounts import selectors as accounts
from ols.claims import services as claims
from ols.claims import types
from ols.cli import demo
from ols.cli.demo_world import build, check, insured, tables, waiting
from ols.cli.demo_world.world import Size
from ols.kernel import identifiers
from ols.settlement import selectors as settlement
from ols.settlement import services as settlement_services

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SIZE = Size(facilities=48, joined=9, insured=150, claims=600)
SEED = 5
UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


@pytest.fixture(scope="module")
def world(test_database, django_db_blocker, tmp_path_factory):
    """Build one world for all tests here; those that change rows roll back or only add."""
    assert connection.settings_dict["NAME"].startswith("test_")
    with django_db_blocker.unblock():
        yield build.build(size=SIZE, seed=SEED, at=AT)
        with transaction.atomic():
            tables.empty()
            build._load_catalog.__wrapped__()


def rows(label):
    return apps.get_model(label)._default_manager


def digest():
    """Return a hash of each table without what must differ: identities, ciphertexts, stored files' names."""
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("ols."):
            names = [field.attname for field in model._meta.concrete_fields if _is_comparable(field)]
            text = repr(list(model._default_manager.order_by("pk").values_list(*names)))
            found[model._meta.label] = hashlib.sha256(UUID.sub("uuid", text).encode()).hexdigest()
    return found


def _is_comparable(field):
    secret = isinstance(field, models.UUIDField | models.BinaryField)
    # A letter's payload holds a signed link.
    return not secret and field.name not in {"password", "storage_name", "payload"}


def actor(email):
    user = rows("accounts.User").get(email=email)
    return accounts.actor(user=user, organization_id=None, channel="web", ip=None)


def test_the_world_has_its_size(world):
    counts = {label: rows(label).count() for label in (
        "registry.RegisterEntry", "plans.InsurancePlan", "coverage.InsuredPerson", "claims.Claim",
    )}  # fmt: skip
    kinds = {
        kind: rows("accounts.Organization").filter(kind=kind).count()
        for kind in ("operator", "insurer", "provider")
    }
    assert counts == {
        "registry.RegisterEntry": 48,
        "plans.InsurancePlan": 3,
        "coverage.InsuredPerson": 150,
        "claims.Claim": 600,
    }
    assert kinds == {"operator": 1, "insurer": 2, "provider": 9}
    teryts = rows("registry.RegisterEntry").values_list("teryt", flat=True)
    assert len({teryt[:2] for teryt in teryts}) == 16


def test_the_ordered_size_is_the_default():
    assert dataclasses.astuple(Size()) == (400, 40, 5000, 20_000)


def test_everybody_is_invented_and_every_number_right(world):
    organizations = rows("accounts.Organization").all()
    assert [row.name for row in organizations if not row.name.endswith("(demo)")] == []
    assert [row.nip for row in organizations if identifiers.parse_nip(row.nip) != row.nip] == []
    people = list(rows("accounts.User").values_list("email", "name"))
    assert [one for one in people if not one[0].endswith("@example.org") or "(demo)" not in one[1]] == []
    insured_people = rows("coverage.InsuredPerson").values_list("last_name", flat=True)
    assert [name for name in insured_people if not name.endswith(" (demo)")] == []
    ibans = rows("network.Contract").values_list("iban", flat=True)
    assert [iban for iban in ibans if identifiers.parse_nrb(iban) != iban] == []
    licences = rows("registry.Practitioner").values_list("npwz", flat=True)
    assert [npwz for npwz in licences if identifiers.parse_npwz(npwz) != npwz] == []


def test_every_login_works(world):
    logins = demo.logins()
    assert len(logins) == 13
    found = rows("accounts.User").filter(email__in=[email for _, email, _ in logins])
    # One hash is everybody's, so one slow comparison is enough.
    assert found.count() == 13
    assert rows("accounts.User").values("password").distinct().count() == 1
    _, email, password = logins[0]
    assert authenticate(username=email, password=password) is not None


def test_staff_of_insurers_and_the_operator_have_codes_from_the_seed(world):
    with_codes = rows("mfa.Authenticator").filter(type="totp").values_list("user__email", flat=True)
    required = rows("accounts.User").filter(memberships__organization__kind__in=["insurer", "operator"])
    assert sorted(with_codes) == sorted(required.values_list("email", flat=True)) != []
    first = rows("mfa.Authenticator").select_related("user").order_by("id").first()
    assert codes.secret_of(first) == codes.secret_from(f"{SEED}:{first.user.email}")


def test_no_logins_outside_development(world, settings):
    settings.DEVELOPMENT = False
    assert demo.logins() == []


def test_all_money_agrees(world):
    assert check.problems() == []
    assert rows("claims.Claim").filter(status="confirmed", insurer_gr__gt=0).count() > 300
    assert rows("settlement.SettlementStatement").filter(status="paid").count() > 20


TAMPERED = {
    "claims.Claim": ("insurer_gr", "lines do not add up"),
    "claims.Usage": ("used_gr", "movements do not add up"),
    "settlement.SettlementStatement": ("total_gr", "gr in"),
    "settlement.AccountingDocument": ("total_gr", "its total is not its report's"),
    "settlement.Payment": ("amount_gr", "its amount is not its report's"),
    "settlement.PaymentBatch": ("total_gr", "its payments do not add up"),
    "settlement.BankStatement": ("closing_gr", "its entries do not lead"),
}


@pytest.mark.parametrize("label", TAMPERED)
def test_the_check_finds_a_changed_grosz(world, label):
    field, words = TAMPERED[label]
    changed = {field: models.F(field) - 1}
    if label == "claims.Claim":  # its own constraint would see the missing grosz
        changed["patient_gr"] = models.F("patient_gr") + 1
    with transaction.atomic():
        found = rows(label).filter(**{f"{field}__gt": 0}).order_by("-pk").first()
        rows(label).filter(pk=found.pk).update(**changed)
        problems = check.problems()
        transaction.set_rollback(True)
    assert any(words in problem for problem in problems), problems


def test_the_check_finds_a_decision_the_rules_do_not_make(world):
    with transaction.atomic():
        line = rows("claims.ClaimLine").filter(insurer_gr__gt=0).first()
        line.facts[1] += 100
        line.save(update_fields=["facts"])
        problems = check.problems()
        transaction.set_rollback(True)
    assert problems == [f"claim {line.claim_id}, line {line.position}: the rules decide otherwise"]


def test_the_check_finds_a_stray_booking(world):
    with transaction.atomic():
        posting = rows("ledger.Posting").filter(entry__kind="claim.decided").first()
        posting.pk = None
        posting.save(force_insert=True)
        problems = check.problems()
        transaction.set_rollback(True)
    assert any("booked" in problem for problem in problems), problems


def test_every_list_has_something_waiting(world):
    assert rows("onboarding.AccessApplication").filter(status="submitted").count() == 2
    assert rows("network.Contract").filter(status="offered").count() == 1
    assert rows("network.PriceList").filter(status="sent").count() == 1
    assert rows("network.PriceList").filter(status="countered", is_partial=True).count() == 1
    assert rows("network.PriceLineStep").filter(kind="countered").count() == 4
    statuses = set(rows("settlement.SettlementStatement").values_list("status", flat=True))
    assert statuses >= {"paid", "ordered", "confirmed"}
    assert set(rows("settlement.PaymentBatch").values_list("status", flat=True)) == {
        "prepared", "approved", "settled",
    }  # fmt: skip
    assert rows("settlement.BankEntry").filter(matched_by="").count() >= 2


@pytest.mark.parametrize("plan", insured.PEOPLE_TO_TRY)
def test_a_visitor_can_claim_at_once(world, plan):
    receptionist = actor("rejestracja@example.org")
    _, pesel = insured.PEOPLE_TO_TRY[plan]
    lookup = types.Lookup(pesel=pesel)
    found = claims.find_coverage(actor=receptionist, lookup=lookup, on=AT.date(), at=AT).found
    assert [row.is_in_force for row in found] == [True]
    draft = types.ClaimDraft(
        found[0].coverage_uuid, AT.date(), (types.DraftLine("CONS-001"), types.DraftLine("LAB-001"))
    )
    answer = claims.authorize_claim(actor=receptionist, draft=draft, idempotency_key=f"try-{plan}", at=AT)
    assert answer.status == "authorized"
    claims.confirm_claim(actor=receptionist, claim_uuid=answer.claim_uuid, at=AT)
    assert check.problems() == []


def test_the_clinic_can_report_what_is_due(world):
    accountant = actor("ksiegowosc@example.org")
    insurer = next(one for one in world.insurers if one.id in world.clinics[0].contracts)
    uuid = settlement_services.generate_statement(
        actor=accountant, insurer_uuid=insurer.uuid, period_from=date(2026, 10, 1), period_to=AT.date(), at=AT
    )
    settlement_services.confirm_statement(actor=accountant, uuid=uuid, at=AT)
    assert settlement.statement(accountant, uuid=uuid, today=AT.date()).row.status == "confirmed"
    assert check.problems() == []


def test_old_documents_are_written_when_opened(world):
    paid = rows("settlement.SettlementStatement").filter(status="paid", provider_id=world.clinics[0].firm.id)
    accountant = actor("ksiegowosc@example.org")
    for kind in ("pdf", "xml"):
        opened = settlement_services.open_accounting_document(
            actor=accountant, statement_uuid=paid.first().uuid, kind=kind, at=AT
        )
        assert opened.kind == kind


def test_a_failure_leaves_the_world_as_it_was(world, monkeypatch):
    before = digest()
    monkeypatch.setattr(waiting, "leave_waiting", _fail)
    with pytest.raises(RuntimeError, match="planted"):
        build.build(size=SIZE, seed=SEED + 1, at=AT)
    assert digest() == before


def _fail(_world):
    raise RuntimeError("planted")


def test_real_organizations_are_not_deleted(world, capsys):
    rows("accounts.Organization").create(
        kind="provider", name="Przychodnia prawdziwa", nip="5260001246", created_at=AT
    )
    before = rows("claims.Claim").count()
    assert demo.run([]) == 1
    assert "1 organizations that are not of a demo" in capsys.readouterr().err
    assert rows("claims.Claim").count() == before
    rows("accounts.Organization").filter(nip="5260001246").delete()


def test_no_demo_outside_development(world, settings, capsys):
    settings.DEVELOPMENT = False
    assert demo.run(["--rebuild"]) == 1
    assert "no development installation" in capsys.readouterr().err


def test_the_check_command_tells_what_it_found(world, capsys):
    assert demo.run(["--check"]) == 0
    assert capsys.readouterr().out == "Everything agrees to the grosz.\n"
    with transaction.atomic():
        rows("settlement.PaymentBatch").update(total_gr=models.F("total_gr") + 1)
        assert demo.run(["--check"]) == 1
        transaction.set_rollback(True)
    assert "its payments do not add up to its total" in capsys.readouterr().out


def test_the_same_seed_makes_the_same_world(world):
    build.build(size=SIZE, seed=SEED, at=AT)
    first, claim = digest(), rows("claims.Claim").get(pk=100).uuid
    build.build(size=SIZE, seed=SEED, at=AT)
    assert digest() == first
    assert rows("claims.Claim").get(pk=100).uuid == claim
    build.build(size=SIZE, seed=SEED + 1, at=AT)
    assert digest() != first
